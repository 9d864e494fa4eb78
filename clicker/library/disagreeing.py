"""Where two accounts of the same thing disagree, and which of them the program shows.

Both are kept and neither is averaged. Compared is only what has the same indicator, measure, people and place, at
most three years apart. Numbers that overlap agree: a rounded number reaches half a step to both sides, boys and girls
apart reach from the lower to the higher. Two reports of one survey disagree as soon as they do not overlap; two
surveys where they are also more than five points apart somewhere, because two samples never give the very same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations

from clicker.lesson import Account, Audience, Disagreement, Figure, Polarity, Published, Sensitivity, Topic, Why
from clicker.library.figures import BEHAVIOUR, choose
from clicker.library.fits import taken
from clicker.library.published import accounts
from clicker.library.tables import Tables
from clicker.safety import Declared

YEARS_APART = 3
POINTS_APART = 5
AGES_APART = 1
# A survey named with more words behind a comma is a report of the survey named without them.
_REPORT = re.compile(r"\s*[,(:].*")
Chosen = Callable[[Published], Iterable[Figure]]


def disagreeing(rows: Iterable[Published], today: date, chosen: Chosen) -> tuple[Disagreement, ...]:
    """Every pair of accounts that disagree, newest first; `chosen` gives what is shown to the people of a row."""
    asked: dict[str, list[Account]] = {}
    for account in accounts(rows):
        asked.setdefault(account.first.indicator.id, []).append(account)
    pairs = [
        (one, other)
        for same in asked.values()
        for one, other in combinations(same, 2)
        if comparable(one, other) and disagree(one, other)
    ]
    pairs.sort(key=lambda pair: -max(account.first.year for account in pair))
    return tuple(_told(one, other, today, chosen) for one, other in pairs)


def comparable(one: Account, other: Account) -> bool:
    """Whether both tell of the same thing, the same people and nearly the same time."""
    a, b = one.first, other.first
    asked = (a.indicator.id, a.measure, a.region, a.whose) == (b.indicator.id, b.measure, b.region, b.whose)
    again = a.survey == b.survey and a.year != b.year
    return asked and not again and _same_people(a, b) and abs(a.year - b.year) <= YEARS_APART and _both(one, other)


def _both(one: Account, other: Account) -> bool:
    """One sex alone is compared with the same sex only."""
    alone = [account.sexes for account in (one, other) if account.sexes in (("female",), ("male",))]
    return not alone or one.sexes == other.sexes


def _same_people(one: Published, other: Published) -> bool:
    """The same grade or school by name; groups named by age are compared with a grade by their ages."""
    if one.grade == other.grade and one.grade:
        return True
    if (one.grades and other.grades) or not (_by_age(one) and _by_age(other)):
        return False
    ages = ((one.age_min, other.age_min), (one.age_max, other.age_max))
    return all(a is not None and b is not None and abs(a - b) <= AGES_APART for a, b in ages)


def _by_age(row: Published) -> bool:
    """Whether the people are all of an age, and not those of one kind of school or household."""
    return row.grade[:1].isdigit() or not row.grade


def disagree(one: Account, other: Account) -> bool:
    """Whether two comparable accounts cannot both be right."""
    (low, high), (other_low, other_high) = one.reach, other.reach
    overlap = low < other_high and other_low < high
    if same_survey(one, other):
        return not overlap
    apart = max(abs(one.ends[0] - other.ends[1]), abs(one.ends[1] - other.ends[0])) > POINTS_APART
    return (not overlap and apart) or _same_sex_apart(one, other)


def _same_sex_apart(one: Account, other: Account) -> bool:
    values = {row.sex: row for row in one.rows}
    return any(
        row.sex in values and _gap(row, values[row.sex]) > POINTS_APART for row in other.rows if row.sex != "all"
    )


def _gap(one: Published, other: Published) -> float:
    """0 where their reaches meet, else how far the numbers are apart."""
    return 0 if one.meets(other) else abs(one.value - other.value)


def same_survey(one: Account, other: Account) -> bool:
    """Whether they are two reports of one survey in one year."""
    names = {_REPORT.sub("", account.first.survey).casefold() for account in (one, other)}
    return len(names) == 1 and one.first.year == other.first.year


def _told(one: Account, other: Account, today: date, chosen: Chosen) -> Disagreement:
    figures = list(chosen(one.first)) or list(chosen(other.first))
    for account, against in ((one, other), (other, one)):
        names = {row.id for row in account.rows}
        if any(names & set(figure.id.split("+")) for figure in figures):
            return Disagreement(one, other, same_survey(one, other), account, _why(account, against, today))
    instead = f"{figures[0].source}, {figures[0].year}" if figures else ""
    return Disagreement(one, other, same_survey(one, other), None, None, instead)


def _why(shown: Account, other: Account, today: date) -> Why:
    """The first thing that speaks for the one that is shown, in the order of choosing."""
    for why, better in _REASONS:
        ranks = [better(account, today) for account in (shown, other)]
        if ranks[0] != ranks[1]:
            return why if ranks[0] > ranks[1] else Why.FIRST
    return Why.FIRST


# What speaks for an account, the strongest first: the same order in which figures are chosen.
_REASONS: tuple[tuple[Why, Callable[[Account, date], int]], ...] = (
    (Why.NUMBER, lambda account, _today: all(row.unit != "percent_gt" for row in account.rows)),
    (Why.UNEXPIRED, lambda account, today: today.year <= min(row.valid_until for row in account.rows)),
    (Why.WHOLE, lambda account, _today: account.sexes == ("all",)),
    (Why.NEWER, lambda account, _today: account.first.year),
    (Why.EXACT, lambda account, _today: all(row.unit != "percent_approx" for row in account.rows)),
    (Why.PRIMARY, lambda account, _today: any(row.source.primary for row in account.rows)),
)


def chosen_from(tables: Tables, today: date) -> Chosen:
    """What the program shows of a row's indicator to the row's own people."""

    def chosen(row: Published) -> Iterable[Figure]:
        name, group = row.indicator.id, row.indicator.group
        done, held = (name, None) if row.measure in BEHAVIOUR else (None, name)
        topic = Topic("", "", group, Polarity.RISK, Sensitivity.S2, indicator=done, attitude_indicator=held)
        return taken(choose(tables, (), Declared(topic, _audience(row), row.grades), today))

    return chosen


def _audience(row: Published) -> Audience:
    """Parents by their name in the tables; who is in no grade is in youth education or older."""
    if row.measure.startswith("parent_"):
        return Audience.PARENTS
    return Audience.PUPILS if row.grades else Audience.STUDENTS


def concerning(found: Iterable[Disagreement], grades: Iterable[int], neighbour: int = 1) -> tuple[Disagreement, ...]:
    """Those about one of the grades; where there is none, those about the grades beside them."""
    listed, wanted = tuple(found), set(grades)
    for within in range(neighbour + 1):
        near = tuple(one for one in listed if any(abs(a - b) <= within for a in one.one.first.grades for b in wanted))
        if near:
            return near
    return ()
