"""How a survey's file is read: which column is what, and what the person says beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from clicker.library.survey_cells import Refused, Scale, people_of, sex_of, year_of
from clicker.library.survey_file import Sheet
from clicker.library.survey_words import survey_words

# What a column can be.
PARTS = ("value", "question", "grade", "sex", "year", "n")
# Up to here a heading of four digits is a year.
LAST_YEAR = 2099


@dataclass(frozen=True)
class Reading:
    """How a file of a form of its own is read: which column (by name) is what; "" where it is not in the file.

    `indicators` leads from the texts of the question column to ids; "" means that the text is not used. Without a
    question column the text "" leads to the indicator of all rows. `one_grade` is the grade of all rows.
    """

    value: str = ""
    question: str = ""
    grade: str = ""
    sex: str = ""
    year: str = ""
    n: str = ""
    one_grade: str = ""
    indicators: Mapping[str, str] = field(default_factory=dict)
    scale: Scale = Scale.UNSAID

    def columns(self) -> dict[str, str]:
        """Part to column, only those that are in the file."""
        return {part: getattr(self, part) for part in PARTS if getattr(self, part)}

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has all columns that are named."""
        return bool(self.value) and set(self.columns().values()) <= set(sheet.header)


def reading_text(reading: Reading) -> str:
    """The reading as text to keep."""
    return json.dumps(asdict(reading), ensure_ascii=False)


def reading_from(text: str) -> Reading:
    """The kept reading."""
    kept = json.loads(text)
    return Reading(**kept | {"scale": Scale(kept["scale"])})


@dataclass(frozen=True)
class Typed:
    """What the person says beside the file. `survey` is the name that screens print. `smallest` is how many answered
    at least in every group, for a file without numbers of answers; it is not kept as anybody's n."""

    municipality: str
    survey: str
    year: int | None = None
    smallest: int | None = None
    scale: Scale = Scale.UNSAID


def first_guess(sheet: Sheet) -> Reading:
    """Columns whose names say what they are, whole or by one word: a proposal to look at, never more."""
    found: dict[str, Any] = {}
    for alike in (_same, _holds):
        for part, words in survey_words().columns.items():
            left = (name for name in sheet.header if name not in found.values() and alike(name.casefold(), words))
            if part not in found and (name := next(left, "")):
                found[part] = name
    return Reading(**found)


def spread(sheet: Sheet) -> tuple[str, ...]:
    """The columns that are headed by a grade, a sex or a year: numbers stand side by side there, not one in each row.

    None where there are fewer than two.
    """
    found = tuple(name for name in sheet.header if any(_is(read, name) for read in (_grade, sex_of, _year)))
    return found if len(found) > 1 else ()


def _grade(name: str) -> object:
    """A bare number may be anything. Raises Refused."""
    return None if name.isdecimal() else people_of(name)


def _year(name: str) -> object:
    return year_of(name, LAST_YEAR)


def _is(read: Callable[[str], object], name: str) -> bool:
    try:
        return read(name) is not None
    except Refused:
        return False


def _same(name: str, words: Sequence[str]) -> bool:
    return name in words


def _holds(name: str, words: Sequence[str]) -> bool:
    return not set(words).isdisjoint(name.split())


def questions(sheet: Sheet, reading: Reading) -> tuple[str, ...]:
    """The different texts of the question column, in the order of the file; none without such a column."""
    if not reading.question:
        return ()
    return tuple(dict.fromkeys(text for _number, text in sheet.column(reading.question) if text))
