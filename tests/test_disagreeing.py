"""Where two surveys disagree: what is compared, when it counts as a disagreement, and which one is shown."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clicker import library, words
from clicker.lesson import Account, Disagreement, Figure, Indicator, Published, Source, Whose, Why
from clicker.library.disagreeing import comparable, concerning, disagree, disagreeing
from clicker.library.published import accounts

TODAY = date(2026, 11, 22)
DATA = Path(__file__).parent.parent / "norms_data"
CANNABIS = Indicator("cannabis_ever", "Har prøvet hash", "Ever used cannabis", "cannabis", "risk", "ever", False)
PAGE = Source("page", "En side", "Et hus", "https://example.org", "not seen")


def row(value: float, **changes: Any) -> Published:
    """What a survey of 9th grade in 2018 says of cannabis."""
    values: dict[str, Any] = {
        "id": f"row_{value:g}_{changes.get('survey', '')}_{changes.get('year', '')}_{changes.get('sex', '')}",
        "indicator": CANNABIS,
        "value": value,
        "unit": "percent",
        "measure": "prevalence",
        "age_min": 15,
        "age_max": 15,
        "grade": "9. klasse",
        "sex": "all",
        "region": "Danmark",
        "year": 2018,
        "n": None,
        "ci_low": None,
        "ci_high": None,
        "wording": "",
        "survey": "HBSC",
        "source": PAGE,
        "valid_until": 2024,
        "notes": "",
    }
    return Published(**(values | changes))


def total(value: float, **changes: Any) -> Account:
    return Account((row(value, **changes),))


def apart(boys: float, girls: float, **changes: Any) -> Account:
    return Account((row(boys, sex="male", **changes), row(girls, sex="female", **changes)))


ESPAD: dict[str, Any] = {"survey": "ESPAD", "year": 2019, "valid_until": 2025}
WHO: dict[str, Any] = {"survey": "HBSC, WHO's rapport"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (apart(16, 5), total(17, **ESPAD)),
        (total(80), total(82, **WHO)),
        (total(57.1), total(56, source=Source("b", "", "", "", ""))),
        (total(65), total(73, **ESPAD)),
        (apart(26, 18), apart(33, 20, **ESPAD)),
        (total(40), total(46, unit="percent_gt", **ESPAD)),
    ],
    ids=["total outside boys and girls", "reports of one survey", "pages of one survey", "points", "boys", "limit"],
)
def test_what_cannot_both_be_right_disagrees(one: Account, other: Account) -> None:
    assert comparable(one, other)
    assert disagree(one, other)
    assert disagree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (apart(23, 11), total(12, **ESPAD)),
        (total(65), total(70, **ESPAD)),
        (total(12), total(12.4, **WHO)),
        (apart(3, 3), total(4, **ESPAD)),
        (total(70, unit="percent_approx"), total(73, **ESPAD)),
        (total(40), total(33, unit="percent_gt", **ESPAD)),
        (total(1), total(1, unit="percent_lt", **WHO)),
    ],
    ids=["total within boys and girls", "five points", "rounded", "small", "about", "limit below", "less than one"],
)
def test_what_may_both_be_right_agrees(one: Account, other: Account) -> None:
    assert comparable(one, other)
    assert not disagree(one, other)
    assert not disagree(other, one)


@pytest.mark.parametrize(
    "changes",
    [
        {"year": 2022},
        {"survey": "HBSC", "year": 2019},
        {"grade": "7. klasse", "age_min": 13, "age_max": 13},
        {"region": "Region Nordjylland"},
        {"measure": "own_approval"},
        {"whose": Whose.MUNICIPALITY},
        {"sex": "male"},
        {"grade": "gymnasium"},
        {"grade": "15-25-årige", "age_max": 25},
    ],
    ids=str,
)
def test_other_people_times_and_questions_are_not_compared(changes: dict[str, Any]) -> None:
    assert not comparable(total(17), total(60, **({"survey": "ESPAD", "year": 2019} | changes)))


def test_an_age_is_compared_with_the_grade_of_that_age() -> None:
    assert comparable(total(17), total(60, survey="SFI", grade="15-16-årige", age_max=16))


def test_boys_and_girls_of_one_survey_are_one_account() -> None:
    told = accounts([row(16, sex="male"), row(5, sex="female"), row(17, **ESPAD)])
    assert [account.sexes for account in told] == [("female", "male"), ("all",)]


def test_what_two_pages_repeat_is_one_account() -> None:
    again = row(80, id="again", source=Source("b", "Anden side", "B", "", ""))
    (told,) = accounts([row(80), again])
    assert len(told.rows) == 2


def figure(name: str) -> Figure:
    return Figure(name, "cannabis_ever", "prevalence", "risk", 17, 17, "9. klasse", 2019, "ESPAD", "", 2025)


def judged(one: Account, other: Account, shown: Account | None, today: date = TODAY) -> Disagreement:
    """The one disagreement of two accounts, where the program shows one of them or another figure."""
    name = shown.first.id if shown else "third"
    (found,) = disagreeing([*one.rows, *other.rows], today, lambda _row: [figure(name)])
    return found


@pytest.mark.parametrize(
    ("shown", "other", "why"),
    [
        (total(17, **ESPAD), apart(16, 5), Why.WHOLE),
        (total(40, valid_until=2030), total(60, **ESPAD), Why.UNEXPIRED),
        (total(40, **ESPAD), total(60), Why.NEWER),
        (total(80), total(82, **WHO), Why.FIRST),
        (total(80), total(70, unit="percent_approx", **WHO), Why.EXACT),
        (total(80, source=Source("own", "", "", "", "", primary=True)), total(82, **WHO), Why.PRIMARY),
        (total(30), total(46, unit="percent_gt", **ESPAD), Why.NUMBER),
    ],
    ids=lambda value: value.value if isinstance(value, Why) else "",
)
def test_the_reason_is_the_first_that_speaks_for_the_shown_one(shown: Account, other: Account, why: Why) -> None:
    found = judged(other, shown, shown)
    assert found.shown == shown
    assert found.why is why


def test_a_third_figure_is_named() -> None:
    found = judged(total(17, **ESPAD), apart(16, 5), None)
    assert (found.shown, found.why, found.instead) == (None, None, "ESPAD, 2019")


def test_those_beside_a_grade_count_only_where_nobody_asked_it() -> None:
    seventh = {"grade": "7. klasse", "age_min": 13, "age_max": 13}
    found = disagreeing(
        [row(17), row(60, **ESPAD), row(3, **seventh), row(30, **seventh, **ESPAD)], TODAY, lambda _row: []
    )
    told = {grade: [one.one.first.grade for one in concerning(found, (grade,))] for grade in (5, 7, 8, 9)}
    assert told == {5: [], 7: ["7. klasse"], 8: ["9. klasse", "7. klasse"], 9: ["9. klasse"]}


# The surveys that are known to disagree


def said(indicator: str, *grades: int, lang: str = "da") -> list[str]:
    found = library.disagreements(indicator, grades, TODAY)
    return [f"{words.disagreement_headline(one, lang)}: {words.disagreement_sentence(one, lang)}" for one in found]


def test_cannabis_at_fifteen_is_told_two_ways() -> None:
    (told,) = said("cannabis_ever", 9)
    assert told == (
        "To undersøgelser er ikke enige: 9. klasse, 15 år: Skolebørnsundersøgelsen siger 16\u00a0% af drengene og"
        " 5\u00a0% af pigerne i 2018. ESPAD siger 17\u00a0% i 2019. Programmet viser ESPAD, 2019, fordi den har ét tal"
        " for alle."
    )


def test_two_reports_of_one_survey_differ_on_ever_alcohol() -> None:
    told = said("alcohol_ever", 9)[0]
    assert told.startswith("To rapporter om samme undersøgelse er ikke enige: 9. klasse, 15 år:")
    assert all(part in told for part in ("80\u00a0%", "82\u00a0%", "Programmet viser Skolebørnsundersøgelsen, 2018"))


def test_it_is_said_in_english_too() -> None:
    (told,) = said("cannabis_ever", 9, lang="en")
    assert told.startswith("Two surveys disagree: ")
    assert "because it has one number for all." in told


def test_nothing_is_said_of_a_grade_that_is_far_away() -> None:
    assert said("cannabis_ever", 5) == []


def test_bullying_is_asked_in_two_ways_and_each_names_the_other() -> None:
    one, other = (library.related(name) for name in ("bullied_2plus_month", "bullied_school_year"))
    assert [related.indicator.id for related in (*one, *other)] == ["bullied_school_year", "bullied_2plus_month"]
    assert one[0].note == other[0].note != ""


def test_a_related_indicator_that_is_unknown_is_a_problem(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "content")
    table = tmp_path / "content" / "related.csv"
    table.write_text(table.read_text(encoding="utf-8") + "lost,alcohol_ever,alcohol_never,\n", encoding="utf-8")
    (problem,) = library.problems(folder=tmp_path / "content")
    assert (problem.file, problem.key) == ("related.csv", "other")


def test_a_package_without_related_indicators_is_whole(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "content")
    (tmp_path / "content" / "related.csv").unlink()
    assert library.problems(folder=tmp_path / "content") == ()
    assert library.related("bullied_2plus_month", tmp_path / "content") == ()
