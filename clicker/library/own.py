"""What an installation adds to the content that came with the program: its own lessons and its own survey."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Own:
    """Own content as the texts of its files, (name, text) each: lessons in YAML, figures as CSV with the columns of
    `figures.csv`. The name of a lesson is its id; the name of figures is the municipality's."""

    lessons: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()

    def of(self, municipality: str) -> Own:
        """The same with the figures of that municipality alone; without any where it is "" or not kept."""
        return replace(self, figures=tuple(one for one in self.figures if one[0] == municipality))


NOTHING = Own()
