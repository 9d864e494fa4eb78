"""What a cell of a survey means: a share, a grade, a sex, a year, a number of answers. Never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from clicker.library.survey_words import survey_words
from clicker.safety.declared import N_

SMALLEST_GROUP = 50
FIRST_YEAR = 1980
_PLAIN = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+")
_COUNT = re.compile(r"(?:n ?= ?)?([0-9][0-9., ]*)", re.IGNORECASE)
_GRADES = re.compile(r"([0-9]{1,2})\.? ?(?:[-–] ?([0-9]{1,2})\.?)?")
_ONE_CLASS = re.compile(r"([0-9]{1,2})\.? ?[^\W\d_]")
_AGES = re.compile(r"([0-9]{1,2})(?: ?[-–] ?([0-9]{1,2}))?(?:-| )?([^\W\d_]+)")
_LOWEST, _HIGHEST = 0, 10
_YOUNGEST, _OLDEST = 6, 25  # years


class Scale(StrEnum):
    """What plain numbers are. A number with a percent sign is percent on both."""

    UNSAID = ""
    PERCENT = "percent"
    SHARE = "share"


class Refused(Exception):
    """The cell cannot be used. `what` and `remedy` are message ids, their {placeholders} filled from `values`."""

    def __init__(self, what: str, remedy: str, **values: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.values = values


@dataclass(frozen=True)
class Number:
    """A number as printed, before anybody says whether it is percent: `mark` is "", "approx", "lt" or "gt"."""

    value: Decimal
    mark: str
    signed: bool


def number_of(text: str) -> Number:
    """The number in a cell such as "12,5 %", "<1" or "about 33". Raises Refused."""
    words, left, mark = survey_words(), text.lower(), ""
    for name, starts in (("approx", words.about), ("lt", words.less), ("gt", words.more)):
        found = _first(left, starts)
        if found:
            mark, left = name, left[len(found) :].strip()
            break
    sign = next((word for word in words.percent if left.endswith(word)), "")
    left = left.removesuffix(sign).strip()
    if not _PLAIN.fullmatch(left):
        if not text:
            raise Refused(N_("the cell is empty"), N_("fill it in"))
        raise Refused(N_("“{given}” is not one number"), N_("write one number from 0 to 100"), given=text)
    return Number(Decimal(left.replace(",", ".")), mark, bool(sign))


def _first(text: str, starts: Iterable[str]) -> str:
    """Which of the words the text begins with, as a word of its own."""
    return next((word for word in starts if text.startswith(word) and not _runs_on(word, text)), "")


def _runs_on(word: str, text: str) -> bool:
    return word[-1].isalpha() and text[len(word) : len(word) + 1].isalpha()


def asks_scale(numbers: Iterable[Number]) -> bool:
    """Whether the plain numbers may as well be shares as percent: there are some, and all are at most 1."""
    plain = [number.value for number in numbers if not number.signed]
    return bool(plain) and max(plain) <= 1


def percent_of(number: Number, scale: Scale, given: str) -> tuple[str, str]:
    """The value in percent with a decimal point and at most two decimals, and its unit. Raises Refused."""
    shares = scale is Scale.SHARE and not number.signed
    if shares and number.value > 1:
        what = N_("“{given}” is more than 1, so it is no share")
        raise Refused(what, N_("write a share from 0 to 1, or read the numbers as percent"), given=given)
    value = number.value * 100 if shares else number.value
    if value > 100:
        raise Refused(N_("{given} cannot be right"), N_("write one number from 0 to 100"), given=given)
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rounded:f}", f"percent_{number.mark}" if number.mark else "percent"


@dataclass(frozen=True)
class People:
    """Who was asked: `grade` as screens print it, ages in years where they are said, and whether the cell names one
    single class ("7.a")."""

    grade: str
    ages: tuple[int, int] | None = None
    one_class: bool = False


def people_of(text: str) -> People:
    """The people that a cell such as "7. klasse", "7", "7.a", "7-9" or "15-17 years" names. Raises Refused."""
    words, left = survey_words(), text.lower().strip()
    if left in words.grade_names:
        return People(words.grade_names[left])
    for word in words.range_words:
        left = left.replace(f" {word} ", "-")
    found = _AGES.fullmatch(left)
    if found and found[3] in words.age_marks:
        return aged(int(found[1]), int(found[2] or found[1]))
    left = _without(left, words.grade_marks)
    found = _GRADES.fullmatch(left)
    if found:
        low, high = int(found[1]), int(found[2] or found[1])
        if _LOWEST <= low <= high <= _HIGHEST:
            return People(f"{low}. klasse" if low == high else f"{low}.-{high}. klasse")
    alone = _ONE_CLASS.fullmatch(left)
    if alone and int(alone[1]) <= _HIGHEST:
        return People(f"{int(alone[1])}. klasse", one_class=True)
    raise Refused(
        N_("“{given}” is no grade that is known here"), N_("write it as “{example}”"), given=text, example="7. klasse"
    )


def aged(low: int, high: int) -> People:
    """People of these ages, the younger first. Raises Refused."""
    if not _YOUNGEST <= low <= high <= _OLDEST:
        what = N_("{given} cannot be right")
        remedy = N_("write a number from {least} to {most}")
        raise Refused(what, remedy, given=f"{low}-{high}", least=_YOUNGEST, most=_OLDEST)
    name = survey_words().age_marks[0]
    return People(f"{low}-{name}" if low == high else f"{low}-{high}-{name}", (low, high))


def _without(text: str, marks: Sequence[str]) -> str:
    """Without the word for grade, before or behind."""
    for mark in marks:
        if text.endswith(mark) and not text.removesuffix(mark)[-1:].isalpha():
            return text.removesuffix(mark).strip()
        if text.startswith(mark) and not _runs_on(mark, text):
            return text.removeprefix(mark).strip()
    return text


def sex_of(text: str) -> str:
    """all, male or female. Raises Refused."""
    found = survey_words().sexes.get(text.lower().strip())
    if found is None:
        what = N_("“{given}” is not one of the words used here")
        raise Refused(what, N_("write one of: {allowed}"), given=text, allowed=", ".join(survey_words().sex_examples))
    return found


def year_of(text: str, this_year: int) -> int:
    """The year of the survey. Raises Refused."""
    if not re.fullmatch(r"[0-9]{4}", text):
        raise Refused(N_("“{given}” is not one year"), N_("write the year of the survey with four digits"), given=text)
    if not FIRST_YEAR <= int(text) <= this_year:
        values: dict[str, str | int] = {"given": text, "least": FIRST_YEAR, "most": this_year}
        raise Refused(N_("{given} cannot be right"), N_("write a number from {least} to {most}"), **values)
    return int(text)


def count_of(text: str) -> int:
    """How many answered. Raises Refused, also where they are too few for a figure that says nothing of persons."""
    found = _COUNT.fullmatch(text.strip())
    digits = found[1].strip() if found else ""
    whole = re.sub(r"[.,]0+$", "", digits) if not _THOUSANDS.fullmatch(digits) else re.sub(r"[., ]", "", digits)
    if not (whole.isascii() and whole.isdigit() and len(whole) < 8):
        raise Refused(N_("“{given}” is not a number of answers"), N_("write how many answered"), given=text)
    if int(whole) < SMALLEST_GROUP:
        raise Refused(
            N_("only {given} answered: a figure of a small group can tell about single pupils"),
            N_("leave it out; a group must be at least {least}"),
            given=int(whole),
            least=SMALLEST_GROUP,
        )
    return int(whole)
