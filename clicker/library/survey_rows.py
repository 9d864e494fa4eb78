"""One row of a survey's file becomes one row of figures, or a reason for each cell that is in the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from clicker.library.problem import Problem, Values
from clicker.library.survey_cells import (
    Refused,
    Scale,
    aged,
    count_of,
    number_of,
    people_of,
    percent_of,
    sex_of,
    year_of,
)
from clicker.library.survey_file import Sheet
from clicker.library.survey_known import Known
from clicker.library.survey_reading import Reading, Typed
from clicker.library.tables import schema_of, typed_row
from clicker.safety.declared import N_

COLUMNS: tuple[str, ...] = tuple(one["name"] for one in schema_of("figures")["fields"])
SOURCE = "own"
FAST_VALID, VALID = 3, 6  # years
LONGEST_TEXT = 500
LONGEST_NAME = 60
_MOST_SUGGESTED = 30
# How letters that are not a-z stand in an id; the others lose their marks.
_SPELT = {"\u00e6": "ae", "\u00f8": "oe", "\u00e5": "aa"}
# Who reads the file by itself may have a better remedy for these.
UNKNOWN_INDICATOR = N_("“{given}” is not a known indicator")
NEVER_USED = N_("no lesson asks about “{given}”, so the figure could never be shown")
Part = Mapping[str, str]
Cells = Mapping[str, str]


def valid_until(year: int, *, fast: bool) -> int:
    """The last year in which a figure of that year counts as current."""
    return year + (FAST_VALID if fast else VALID)


def slug(text: str) -> str:
    """The text in the letters of an id: a-z, 0-9 and _."""
    spelt = "".join(_SPELT.get(letter, letter) for letter in unicodedata.normalize("NFC", text.lower()))
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class RowReader:
    """Reads one file row by row, by its columns or by a `Reading`."""

    def __init__(self, sheet: Sheet, reading: Reading | None, typed: Typed, known: Known, this_year: int) -> None:
        self._sheet = sheet
        self._reading = reading
        self._columns = {name: name for name in sheet.header} if reading is None else reading.columns()
        self._typed = typed
        self._known = known
        self._this_year = this_year
        # Looking for similar words is slow; a file without any known one must not hold everything up.
        self._nearest = lru_cache(maxsize=None)(known.nearest)

    def rows(self) -> Iterator[tuple[int, Part]]:
        """Row number and what stands in the columns that are read, by part or by our column."""
        places = {part: self._sheet.header.index(column) for part, column in self._columns.items()}
        for number, cells in self._sheet.rows:
            yield number, {part: cells[place] for part, place in places.items()}

    def unused(self, given: Part) -> bool:
        """Whether the person said that this question is not used."""
        return self._reading is not None and self._reading.indicators.get(given.get("question", "")) == ""

    def row(self, number: int, given: Part, scale: Scale) -> tuple[dict[str, str], list[Problem]]:
        """All cells of a figure, and every reason why the row cannot be one."""
        wrong: list[Problem] = []
        row = dict.fromkeys(COLUMNS, "") | (dict(given) if self._reading is None else {})
        readers = {
            "indicator": self._indicator,
            "value": lambda cells: _value(cells, scale),
            "grade": self._people,
            "sex": self._sex,
            "year": self._year,
            "n": self._count,
            "region": self._region,
            "survey": self._survey,
            "wording": self._texts,
        }
        for part, read in readers.items():
            try:
                row |= read(given)
            except Refused as refused:
                wrong.append(self.problem(number, part, refused.what, refused.remedy, refused.values))
        if not wrong:
            wrong = self._completed(number, row)
        return row, wrong

    def problem(self, number: int, part: str, what: str, remedy: str, values: Values) -> Problem:
        """A problem of a cell: the column by its name in the file, or by ours where the file has none."""
        part = "question" if part in ("indicator", "wording") and self._reading else part
        return Problem(self._sheet.file, number, self._columns.get(part, part), what, remedy, values)

    def _indicator(self, given: Part) -> Cells:
        text = given.get("indicator" if self._reading is None else "question", "")
        text = (self._reading.indicators.get(text) if self._reading else "") or text
        name = self._known.indicator(text)
        if name is not None:
            return {"indicator": name}
        if not text and self._reading and not self._reading.question:
            raise Refused(N_("nobody can see what was asked"), N_("say which indicator all rows are about"))
        if not text:
            raise Refused(N_("the cell is empty"), N_("fill it in"))
        if text in self._known.never:
            raise Refused(NEVER_USED, N_("leave the row out"), given=text)
        nearest = self._nearest(text) if self._nearest.cache_info().misses < _MOST_SUGGESTED else []
        if nearest:
            remedy = N_("is it one of these: {nearest}?")
            raise Refused(UNKNOWN_INDICATOR, remedy, given=text, nearest=", ".join(nearest))
        remedy = N_("write one that “clicker figures list” shows, or leave the row out")
        raise Refused(UNKNOWN_INDICATOR, remedy, given=text)

    def _people(self, given: Part) -> Cells:
        text = given.get("grade", "") or self._where_no_column(
            "grade", self._reading.one_grade if self._reading else ""
        )
        ages = [given.get("age_min", ""), given.get("age_max", "")]
        if not text and all(age.isascii() and age.isdigit() for age in ages):
            return {"grade": aged(*map(int, ages)).grade}
        if not text:
            raise Refused(N_("nobody can see which grade was asked"), N_("write the grade"))
        people = people_of(text)
        if people.one_class:
            _as_large_as_a_grade(text, given.get("n", ""))
        low, high = people.ages or ages
        return {"grade": people.grade, "age_min": str(low), "age_max": str(high)}

    def _sex(self, given: Part) -> Cells:
        if "sex" not in self._columns:
            return {"sex": "all"}
        if not given["sex"]:
            raise Refused(N_("the cell is empty"), N_("fill it in"))
        return {"sex": sex_of(given["sex"])}

    def _year(self, given: Part) -> Cells:
        text = given.get("year", "") or self._where_no_column("year", self._typed.year)
        if not text:
            raise Refused(N_("nobody can see the year of the survey"), N_("write the year of the survey"))
        return {"year": str(year_of(text, self._this_year))}

    def _count(self, given: Part) -> Cells:
        if given.get("n"):
            return {"n": str(count_of(given["n"]))}
        smallest = self._where_no_column("n", self._typed.smallest)
        if not smallest:
            what = N_("nobody can see how many answered")
            raise Refused(what, N_("add the number, or write how many answered in the smallest group"))
        count_of(smallest)
        return {"n": ""}

    def _where_no_column(self, part: str, typed: str | int | None) -> str:
        """What the person typed for all rows; an empty cell of a column that was chosen stays empty."""
        chosen = self._reading is not None and part in self._columns
        return "" if chosen or typed is None else str(typed)

    def _region(self, given: Part) -> Cells:
        text, own = given.get("region", ""), self._typed.municipality
        if text and text.casefold() != own.casefold():
            what = N_("the row is about {given}, not about {own}")
            raise Refused(what, N_("leave it out, or leave the cell empty"), given=text, own=own)
        return {"region": own}

    def _survey(self, given: Part) -> Cells:
        name = given.get("survey", "") or self._typed.survey
        if len(name) > LONGEST_NAME:
            raise Refused(N_("the text is too long"), N_("use at most {most} letters"), most=LONGEST_NAME)
        return {"survey": name}

    def _texts(self, given: Part) -> Cells:
        if any(len(text) > LONGEST_TEXT for text in given.values()):
            raise Refused(N_("the text is too long"), N_("use at most {most} letters"), most=LONGEST_TEXT)
        return {"wording": given.get("question", "")} if self._reading else {}

    def _completed(self, number: int, row: dict[str, str]) -> list[Problem]:
        """Fill in what follows from the other cells; what the schema of figures still has against the row."""
        until = str(valid_until(int(row["year"]), fast=row["indicator"] in self._known.fast))
        if row["valid_until"] not in ("", until):
            what, remedy = N_("a figure of {year} counts until {until}"), N_("leave the cell empty")
            return [self.problem(number, "valid_until", what, remedy, {"year": row["year"], "until": until})]
        row["valid_until"] = until
        row["source_id"] = SOURCE
        row["measure"] = row["measure"] or self._known.measures[row["indicator"]]
        who = (slug(row["grade"]), row["sex"], row["year"])
        parts = (SOURCE, slug(row["region"]), row["indicator"], row["measure"], *who)
        row["id"] = "_".join(parts)
        _typed, wrong = typed_row(self._sheet.file, number, COLUMNS, [row[name] for name in COLUMNS], "figures")
        return [self.problem(number, one.key, one.what, one.remedy, one.values) for one in wrong]


def _value(given: Part, scale: Scale) -> Cells:
    number = number_of(given.get("value", ""))
    value, unit = percent_of(number, scale, given["value"])
    written = given.get("unit", "")
    if number.mark and written not in ("", unit):
        raise Refused(N_("“{given}” and the unit contradict each other"), N_("leave one out"), given=given["value"])
    return {"value": value, "unit": written or unit}


def _as_large_as_a_grade(text: str, count: str) -> None:
    """A figure of one class is refused: with so few, single pupils could be meant."""
    try:
        count_of(count)
    except Refused:
        what = N_("“{given}” is one class: a figure of a small group can tell about single pupils")
        raise Refused(what, N_("use the figure of the whole grade"), given=text) from None
