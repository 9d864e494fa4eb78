"""What the forms of an own survey carry from step to step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from clicker.library.survey_cells import Scale
from clicker.library.survey_file import Sheet
from clicker.library.survey_reading import PARTS, Reading, Typed, questions

# What a select says for "not used"; an empty choice means that nothing was chosen yet.
NOT_USED = "-"
MOST_QUESTIONS = 60


@dataclass(frozen=True)
class Filled:
    """The fields as text. `columns` is part to column of the file; `chosen` the indicator of each question, in the
    order of the file."""

    municipality: str
    survey: str
    token: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    one_grade: str = ""
    year: str = ""
    smallest: str = ""
    scale: str = ""
    chosen: tuple[str, ...] = ()

    def typed(self) -> Typed:
        """What the person says beside the file."""
        return Typed(self.municipality, self.survey, _whole(self.year), _whole(self.smallest), self._scale())

    def reading(self, sheet: Sheet) -> Reading:
        """How the file is to be read."""
        texts = questions(sheet, self._columns_only()) if self.columns.get("question") else ("",)
        told = dict(zip(texts, self.chosen, strict=False))
        indicators = {text: "" if name == NOT_USED else name for text, name in told.items() if name}
        return Reading(**self.columns, one_grade=self.one_grade, indicators=indicators, scale=self._scale())

    def questions(self, sheet: Sheet) -> tuple[str, ...]:
        """The texts that need an indicator; one empty text where all numbers are about the same."""
        return questions(sheet, self._columns_only()) or ("",)

    def all_chosen(self, sheet: Sheet) -> bool:
        """Whether every question has its indicator, or is said not to be used."""
        return len(self.chosen) == len(self.questions(sheet)) and all(self.chosen)

    def carried(self, *besides: str) -> Iterator[tuple[str, str]]:
        """Names and values of hidden fields, without those that the page itself asks for."""
        fields = {
            "municipality": self.municipality,
            "survey": self.survey,
            "token": self.token,
            **self.columns,
            "one_grade": self.one_grade,
            "typed_year": self.year,
            "smallest": self.smallest,
            "scale": self.scale,
            "told_for": self.columns.get("question", ""),
        }
        yield from ((name, value) for name, value in fields.items() if value and name not in besides)
        if "indicator" not in besides:
            yield from (("indicator", name) for name in self.chosen)

    def _columns_only(self) -> Reading:
        return Reading(**self.columns)  # type: ignore[arg-type]

    def _scale(self) -> Scale:
        return Scale(self.scale) if self.scale in list(Scale) else Scale.UNSAID


def filled(form: MultiDict[str, str], municipality: str, survey: str, token: str) -> Filled:
    """The fields of a form that was sent. What was said about the questions of another column is forgotten."""
    same = form.get("told_for", "") == form.get("question", "")
    return Filled(
        municipality,
        survey,
        token,
        {part: form.get(part, "") for part in PARTS if form.get(part)},
        " ".join(form.get("one_grade", "")[:40].split()),
        form.get("typed_year", "").strip()[:4],
        form.get("smallest", "").strip()[:6],
        form.get("scale", ""),
        tuple(form.getlist("indicator")[:MOST_QUESTIONS]) if same else (),
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
