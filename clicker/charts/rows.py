"""Rows for the charts' datasets, from plain numbers that have passed the rules of what may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from clicker.charts.places import YearPoint, place_of

GUESS, OWN, COUNTRY = "guess", "own", "country"
# Figures that may stand beside the country's: of the other neighbouring grade, and of the municipality.
NEIGHBOUR, MUNICIPALITY = "neighbour", "municipality"
BESIDE = (NEIGHBOUR, MUNICIPALITY)
REFERENCES = (COUNTRY, *BESIDE)
BEFORE, AFTER = "before", "after"
RANGE = "range"
# How many surveys of one picture over years can be told apart, and whom a line is about.
LOOKS = ("0", "1", "2", "3")
SEXES = ("all", "male", "female")

Row = Mapping[str, str | float | None]
Datasets = dict[str, list[Row]]


@dataclass(frozen=True)
class Mark:
    """One mark on the axis, in the axis' unit: a number where low equals high, else a range. The label is shown."""

    role: str
    low: float
    high: float
    label: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"a mark goes from low to high, not from {self.low} to {self.high}")


@dataclass(frozen=True)
class People:
    """So many of so many people, one figure each; the country has a label only."""

    role: str
    count: int
    of: int
    label: str

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of} are no people")


@dataclass(frozen=True)
class Line:
    """One topic of the summary, everything out of a hundred: guess, answer from low to high, country from low to high.

    Without a guess or a country it is None. The labels are the numbers as they are written.
    """

    title: str
    guess: float | None
    low: float
    high: float
    country: tuple[float, float] | None
    guess_label: str
    own_label: str


def histogram_rows(counts: Sequence[int], step: int, marks: Sequence[Mark] = ()) -> Datasets:
    """Datasets of `histogram`: counts[i] people guessed i * step. Raises ValueError for a foreign or repeated role."""
    guesses: list[Row] = [{"x": index * step, "n": count} for index, count in enumerate(counts)]
    return {"guesses": guesses, "marks": _rows(marks, (GUESS, OWN, *REFERENCES))}


def bars_rows(marks: Sequence[Mark]) -> Datasets:
    """Dataset of `bars`. Raises ValueError for a foreign or repeated role."""
    return {"marks": _rows(marks, (GUESS, OWN, *REFERENCES))}


def icons_rows(people: Sequence[People]) -> Datasets:
    """Dataset of `icons`. Raises ValueError for a foreign or repeated role."""
    return {"marks": _rows(people, (GUESS, OWN, COUNTRY))}


def summary_rows(lines: Sequence[Line], legend: Sequence[tuple[str, str]]) -> Datasets:
    """Datasets of `summary`: its lines in the order of showing, and the legend's (role, text) from left to right.

    The legend's sign of an answer is a range where every answer is one.
    """
    letters = max(len(line.title) for line in lines)
    texts = [text for _role, text in legend]
    answer = OWN if any(line.low == line.high for line in lines) else RANGE
    return {
        "topics": [_line(place, line, letters) for place, line in enumerate(lines)],
        "ticks": [{"number": number, "letters": letters} for number in range(0, 101, 25)],
        "legend": [
            {
                "role": answer if role == OWN else role,
                "label": text,
                "place": place,
                "before": len("".join(texts[:place])),
            }
            for place, (role, text) in enumerate(legend)
        ],
    }


def _line(place: int, line: Line, letters: int) -> Row:
    country = line.country or (None, None)
    values = {name: value for name, value in asdict(line).items() if name != "country"}
    return {"row": place, "letters": letters, **values, "country_low": country[0], "country_high": country[1]}


def before_after_rows(marks: Sequence[Mark]) -> Datasets:
    """Dataset of `before_after`. Raises ValueError for a foreign or repeated role."""
    return {"marks": _rows(marks, (BEFORE, AFTER, OWN))}


def share_rows(low: int, high: int, n: int, label: str) -> Datasets:
    """Dataset of `share`: at least low, at most high of n people. Raises ValueError unless 0 <= low <= high <= n."""
    if not 0 <= low <= high <= n or n == 0:
        raise ValueError(f"{low}-{high} of {n} is not a share")
    return {"parts": [{"low": low, "high": high, "n": n, "label": label}]}


def rounds_rows(
    choices: Sequence[str], first: Sequence[int], second: Sequence[int], heads: tuple[str, str]
) -> Datasets:
    """Datasets of `rounds`: how many chose each choice in either vote. Raises ValueError where a vote has other
    choices; a bar's share is of the largest number of both."""
    if not len(choices) == len(first) == len(second):
        raise ValueError("both votes are on the same choices")
    most = max(1, *first, *second)
    return {
        "choices": [{"row": row, "words": words} for row, words in enumerate(choices)],
        "heads": [{"vote": vote, "label": label} for vote, label in enumerate(heads)],
        "bars": [
            {"vote": vote, "row": row, "votes": votes, "share": votes / most}
            for vote, counts in enumerate((first, second))
            for row, votes in enumerate(counts)
        ],
    }


def years_rows(points: Sequence[YearPoint]) -> Datasets:
    """Dataset of `over_years`: each value with where it is printed. Raises ValueError for an unknown sex."""
    if any(point.sex not in SEXES for point in points):
        raise ValueError(f"the sexes are {SEXES}")
    return {
        "points": [
            {**asdict(point), "look": LOOKS[point.look % len(LOOKS)], "place": place_of(number, points)}
            for number, point in enumerate(points)
        ]
    }


def _rows(marks: Sequence[Mark] | Sequence[People], roles: Sequence[str]) -> list[Row]:
    given = [mark.role for mark in marks]
    if len(set(given)) != len(given) or not set(given) <= set(roles):
        raise ValueError(f"each mark once, out of {', '.join(roles)}; not {', '.join(given)}")
    return [asdict(mark) for mark in marks]
