"""Whom a figure was asked of, and how near they are to the people in the room."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clicker.lesson import Audience
from clicker.library.tables import Row
from clicker.safety import Declared

# Pupils of a grade are so many years older than its number when the school year begins, and a year more at its end.
BEFORE_SCHOOL = 6
# An age group broader than this says nothing of one grade.
WIDEST = 5
# Nor does a group of more grades than this say anything of the grade beside it.
WIDEST_NEIGHBOUR = 3
# In the first year of youth education.
STUDENTS = (16, 17)
SCHOOLS = ("gymnasium", "erhvervsskole")
EXACT, WITHIN, NEIGHBOUR, AROUND = range(4)
_BETWEEN = re.compile(r"(\d+)\.-(\d+)\. klasse")
_NUMBER = re.compile(r"(\d+)\.")


@dataclass(frozen=True)
class Nearness:
    """How near: `kind` EXACT, WITHIN a wider group of grades, a NEIGHBOUR grade or a group AROUND the class that does
    not name it; then `rank`, less is nearer. `above` tells the neighbour above from the one below, `by_age` people who
    are told by their age alone."""

    kind: int
    rank: int = 0
    above: bool = False
    by_age: bool = False

    @property
    def differs(self) -> tuple[str, ...]:
        if self.kind == EXACT:
            return ()
        return ("age",) if self.by_age else ("grade",)


def nearness(row: Row, declared: Declared) -> Nearness | None:
    """How near the row's people are to those whom the topic asks or guesses about; None where too far."""
    topic, people = declared.topic, str(row["grade"] or "")
    parents = people.startswith("forældre")
    if topic.grades:
        # What a group answers for itself is not held against the pupils whom it guesses about.
        return None if parents or not topic.only_guessed else _near_grades(row, people, topic.grades)
    match declared.audience:
        case Audience.PARENTS:
            return _near_ages(row, _ages(declared.grades), people) if parents and declared.grades else None
        case Audience.STAFF:
            return None
        case Audience.STUDENTS:
            return None if parents else _near_students(row, people)
    return None if parents or not declared.grades else _near_grades(row, people, declared.grades)


def _near_grades(row: Row, people: str, grades: tuple[int, ...]) -> Nearness | None:
    named = _grades(people)
    if not named:
        return _near_years(row, grades) or _near_ages(row, _ages(grades), people)
    if named == set(grades):
        return Nearness(EXACT)
    if named & set(grades):
        return Nearness(WITHIN, len(named))
    if len(named) > WIDEST_NEIGHBOUR:
        return None
    if min(named) < min(grades) and max(grades) < max(named):
        return Nearness(AROUND)
    above, below = min(named) - max(grades), min(grades) - max(named)
    return _neighbour(above, below, len(named))


def _neighbour(above: int, below: int, width: int, *, by_age: bool = False) -> Nearness | None:
    """The grade beside it; one alone is nearer than a group that reaches further away.

    Of two that are equally far the older goes first: it shows more of the risk, so the rules let it through less
    easily.
    """
    if above == 1:
        return Nearness(NEIGHBOUR, 2 * width, above=True, by_age=by_age)
    return Nearness(NEIGHBOUR, 2 * width + 1, by_age=by_age) if below == 1 else None


def _near_years(row: Row, grades: tuple[int, ...]) -> Nearness | None:
    """Pupils of one year of age are those of one grade, as surveys of school children choose them: 15 years are the
    9th. They stand behind every group that is named by its grade."""
    if row["age_min"] is None or row["age_min"] != row["age_max"] or any(one in row["grade"] for one in SCHOOLS):
        return None
    grade = row["age_min"] - BEFORE_SCHOOL
    return _neighbour(grade - max(grades), min(grades) - grade, WIDEST_NEIGHBOUR + 1, by_age=True)


def _ages(grades: tuple[int, ...]) -> tuple[int, int]:
    return min(grades) + BEFORE_SCHOOL, max(grades) + BEFORE_SCHOOL + 1


def _grades(people: str) -> set[int]:
    """The grades that the words name: "7. klasse", "4.-9. klasse", "5., 7. og 9. klasse"."""
    if not people.endswith("klasse"):
        return set()
    between = _BETWEEN.fullmatch(people)
    if between:
        return set(range(int(between[1]), int(between[2]) + 1))
    return {int(number) for number in _NUMBER.findall(people)}


def _near_students(row: Row, people: str) -> Nearness | None:
    if people in SCHOOLS:
        return Nearness(EXACT, SCHOOLS.index(people), above=people == SCHOOLS[1])
    if people == "ungdomsuddannelse":
        return Nearness(WITHIN)
    return None if people.endswith("klasse") else _near_ages(row, STUDENTS, people)


def _near_ages(row: Row, ages: tuple[int, int], people: str) -> Nearness | None:
    """Only where no school or grade is named: the very ages, or a group around them that is not too wide.

    The ages in a figure about parents are their children's.
    """
    low, high = row["age_min"], row["age_max"]
    if low is None or high is None or any(school in people for school in SCHOOLS):
        return None
    if ages[0] <= low and high <= ages[1]:
        return Nearness(EXACT, 2)
    covers = low <= ages[0] and ages[1] <= high
    return Nearness(AROUND, high - low, by_age=True) if covers and high - low <= WIDEST else None
