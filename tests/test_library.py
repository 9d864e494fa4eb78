"""Reading content: good files are used, bad ones are explained, and the right figure is chosen."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clicker import library
from clicker.lesson import Audience, Figure, Figures, Topic
from clicker.safety import Declared

DATA = Path(__file__).parent.parent / "norms_data"
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content, with one lesson of it, that a test may spoil."""
    others = [path.name for path in (DATA / "lessons").iterdir() if path.name != "klasse-7.yaml"]
    shutil.copytree(DATA, tmp_path / "content", ignore=shutil.ignore_patterns(*others))
    return tmp_path / "content"


def spoil(folder: Path, old: str, new: str, name: str = "lessons/klasse-7.yaml") -> list[library.Problem]:
    """The problems after one replacement in one file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(library.problems(folder=folder))


def add_rows(folder: Path, *changes: dict[str, object]) -> None:
    """Figures like the one of 7th grade's ever alcohol, changed, below those that are there."""
    path = folder / "figures.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    model = next(row for row in rows if row["id"] == "alcohol_ever_a_13_13_2018_prev_bt_2019_alk")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(model), lineterminator="\n")
        writer.writerows([model | {"id": f"added_{number}"} | change for number, change in enumerate(changes)])


def topic(name: str = "alcohol-ever", **changes: Any) -> Topic:
    return replace(library.lesson("klasse-7").topic(name), **changes)


def asked(chosen: Topic, *grades: int) -> Declared:
    return Declared(chosen, Audience.PUPILS, grades)


def behaviour(chosen: Topic, *grades: int, today: date = TODAY, folder: Path | None = None) -> Figure | None:
    return library.figures_for(asked(chosen, *grades), today, folder=folder).behaviour


def found(chosen: Topic, *grades: int, today: date = TODAY, folder: Path | None = None) -> Figure:
    figure = behaviour(chosen, *grades, today=today, folder=folder)
    assert figure is not None
    return figure


# Lessons


def test_a_lesson_is_found_by_its_id() -> None:
    assert library.lesson("klasse-7").grades == (7,)


def test_an_unknown_lesson_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        library.lesson("klasse-77")


def test_a_folder_of_ones_own_is_read(folder: Path) -> None:
    assert [lesson.id for lesson in library.lessons(folder=folder)] == ["klasse-7"]
    assert library.problems(folder=folder) == ()


def test_a_folder_with_lessons_only_has_no_problem(folder: Path) -> None:
    for name in ("figures", "indicators", "sources"):
        (folder / f"{name}.csv").unlink()
    assert library.problems(folder=folder) == ()
    assert behaviour(topic(), 7, folder=folder) is None


def test_a_saved_change_is_read_again(folder: Path) -> None:
    assert library.lesson("klasse-7", folder).version == 2
    spoil(folder, "version: 2", "version: 12")
    assert library.lesson("klasse-7", folder).version == 12


def test_grades_are_listed_in_the_order_of_numbers(folder: Path) -> None:
    text = (folder / "lessons/klasse-7.yaml").read_text(encoding="utf-8")
    for name in ("klasse-10", "klasse-8"):
        (folder / f"lessons/{name}.yaml").write_text(text.replace("id: klasse-7", f"id: {name}", 1), encoding="utf-8")
    assert [lesson.id for lesson in library.lessons(folder=folder)] == ["klasse-7", "klasse-8", "klasse-10"]


# Problems of lessons


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("audience: pupils", "audience: elever", "audience", "write one of: pupils, students, parents, staff"),
        ("title: Hvad gør", "titel: Hvad gør", "titel", "this key is unknown"),
        ("title: Hvad gør", "titel: Hvad gør", "", "“title” is missing"),
        ("grade: 7", "grade: syvende", "grade", "not a list"),
        ("grade: 7", "grade: 17", "grade", "write 10 or less"),
        ("told: true", "told: ja", "told", "true or false"),
        ("minutes: 3", "minutes: tre", "steps.1.minutes", "not a whole number"),
        ("- show: left-handed", "- vis: left-handed", "steps.6", "exactly one of say, ask, show"),
        ("- show: left-handed", "- show: right-handed", "steps.6", "there is no topic “right-handed”"),
        ("id: klasse-7", "id: klasse-8", "id", "not the file's name"),
        ("id: speak-up", "id: left-handed", "topics.left-handed", "two topics have this id"),
        ("id: speak-up", "id: Speak up", "topics.Speak up.id", "a-z, 0-9 and single hyphens"),
        ("version: 2", "version: 2\nversion: 3", "version", "stands twice"),
        ("indicator: alcohol_weekly", "indicator: alkohol", "topics.alcohol-weekly.indicator", "indicators.csv"),
        ("{others} andre", "{andre} andre", "topics.left-handed.others", "nothing is filled in for {andre}"),
        ("again: [alcohol-weekly", "again: [expected", "steps.15", "no wording for asking again"),
        ("ask: [left-handed]", "ask: [left-handed, expected]", "steps.4", "asked in two steps"),
        ("others_100: Hvor", "others_101: Hvor", "topics.left-handed.others_101", "this key is unknown"),
        ("type: yes_no", "type: one_of", "topics.left-handed.own", "“options” is missing"),
    ],
)
def test_a_mistake_in_a_lesson_is_explained(folder: Path, old: str, new: str, key: str, says: str) -> None:
    problems = spoil(folder, old, new)
    assert any(problem.key == key and says in str(problem) for problem in problems), problems


def test_a_topic_that_asks_nothing_is_a_problem(folder: Path) -> None:
    path = folder / "lessons/klasse-7.yaml"
    text = path.read_text(encoding="utf-8")
    bare = "  - {id: bare, title: Tomt, group: class, polarity: neutral, sensitivity: S0, why_neutral: Ingenting}\n"
    path.write_text(text.replace("topics:\n", "topics:\n" + bare, 1), encoding="utf-8")
    assert any(
        problem.key == "topics.bare" and "asks nothing" in str(problem) for problem in library.problems(folder=folder)
    )


def test_a_count_needs_wording_for_a_full_hall(folder: Path) -> None:
    problems = spoil(folder, "    others_100: Hvor mange ud af 100 her skriver med venstre hånd?\n", "")
    assert [problem.key for problem in problems] == ["topics.left-handed.others_100"]


def test_a_broken_safety_rule_is_a_problem_with_its_line(folder: Path) -> None:
    (problem,) = spoil(folder, "sensitivity: S2", "sensitivity: S0")
    lines = (folder / "lessons/klasse-7.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].strip() == "sensitivity: S0"
    assert "a topic about alcohol is declared S0; write S2" in str(problem)


def test_a_problem_is_one_sentence_with_file_line_and_key(folder: Path) -> None:
    (problem,) = spoil(folder, "audience: pupils", "audience: elever")
    assert str(problem) == (
        "lessons/klasse-7.yaml, line 5, audience: “elever” is not one of the words used here; "
        "write one of: pupils, students, parents, staff."
    )


def test_all_mistakes_are_listed_at_once(folder: Path) -> None:
    spoil(folder, "audience: pupils", "audience: elever")
    spoil(folder, "period: ever", "period: altid")
    problems = spoil(
        folder, "alcohol_weekly_m_15_15_2022_prev_blaakors_hbsc22,alcohol_weekly,27", ",x,27 %", "figures.csv"
    )
    assert {(problem.file, problem.key) for problem in problems} == {
        ("figures.csv", "id"),
        ("figures.csv", "value"),
        ("lessons/klasse-7.yaml", "audience"),
        ("lessons/klasse-7.yaml", "topics.ecig-ever.period"),
    }


def test_text_that_is_not_yaml_names_the_line(folder: Path) -> None:
    (problem,) = spoil(folder, "version: 2", "version: [2")
    assert problem.line >= 2
    assert "not YAML" in str(problem)


def test_an_empty_file_is_a_problem(folder: Path) -> None:
    (folder / "lessons/tom.yaml").write_text("", encoding="utf-8")
    (problem,) = library.problems(folder=folder)
    assert problem.file == "lessons/tom.yaml"


def test_a_file_in_another_encoding_is_a_problem(folder: Path) -> None:
    (folder / "lessons/gammel.yaml").write_bytes("title: Hvad gør".encode("cp1252"))
    (problem,) = library.problems(folder=folder)
    assert "save the file in UTF-8" in str(problem)


def test_a_bad_lesson_is_not_used_and_the_rest_works(folder: Path) -> None:
    (folder / "lessons/tom.yaml").write_text("id: tom\n", encoding="utf-8")
    assert library.problems(folder=folder)
    assert [lesson.id for lesson in library.lessons(folder=folder)] == ["klasse-7"]
    assert behaviour(topic(), 7, folder=folder) is not None


def test_yes_is_a_word_and_not_a_truth_value(folder: Path) -> None:
    options = "type: one_of, options: [Nej, Ja], yes: [1]}"
    assert spoil(folder, "type: yes_no}", options) == []
    assert library.lesson("klasse-7", folder).topic("left-handed").own.yes == (1,)  # type: ignore[union-attr]


# Problems of tables


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("alcohol_weekly,27,percent,", "alcohol_weekly,27,procent,", "unit", "percent_approx"),
        ("alcohol_weekly,27,percent,", "alcohol_weekly,127,percent,", "value", "a number from 0 to 100"),
        ("alcohol_weekly,27,percent,", "alcohol_weekly,cirka 27,percent,", "value", "digits only"),
        ("alcohol_weekly,27,percent,", "alkohol,27,percent,", "indicator", "not in indicators.csv"),
        (",blaakors_hbsc22,", ",blaakors,", "source_id", "not in sources.csv"),
        ("Danmark,2022,", "Danmark,,", "year", "the cell is empty"),
        (",male,", ",drenge,", "sex", "write one of: all, male, female"),
        ("alcohol_weekly_f_15_15_2022", "alcohol_weekly_m_15_15_2022", "id", "already the name of row 2"),
        ("9. klasse,male", "9,5. klasse,male", "", "the row has 21 cells, not 20"),
        ("id,indicator,value", "id,indikator,value", "indicator", "the column is missing"),
        ("id,indicator,value", "id,indikator,value", "indikator", "unknown or stands twice"),
    ],
)
def test_a_mistake_in_the_figures_is_explained(folder: Path, old: str, new: str, key: str, says: str) -> None:
    problems = spoil(folder, old, new, "figures.csv")
    assert any(problem.key == key and says in str(problem) for problem in problems), problems


def test_a_row_is_named_by_its_line(folder: Path) -> None:
    (problem,) = spoil(folder, "alcohol_weekly,22,percent,", "alcohol_weekly,22,pct,", "figures.csv")
    assert (problem.file, problem.line) == ("figures.csv", 3)


@pytest.mark.parametrize("name", ["figures.csv", "indicators.csv", "sources.csv"])
def test_a_broken_table_leaves_the_lessons_in_use(folder: Path, name: str) -> None:
    spoil(folder, "id,", "navn,", name)
    assert [lesson.id for lesson in library.lessons(folder=folder)] == ["klasse-7"]
    assert behaviour(topic(), 7, folder=folder) is None


def test_a_missing_table_is_a_problem(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    assert [str(problem) for problem in library.problems(folder=folder)] == [
        "sources.csv: the file is missing; put it back beside the other tables."
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_table_saved_by_a_danish_spreadsheet_is_read(folder: Path, encoding: str) -> None:
    path = folder / "figures.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[1][2] = "27,5"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    assert library.problems(folder=folder) == ()
    figure = found(topic("alcohol-weekly"), 9, folder=folder)
    assert (figure.low, figure.high, figure.source) == (22, 27.5, "Skolebørnsundersøgelsen")


# Which figure


def test_ever_alcohol_in_7th_grade_is_a_third_in_2018() -> None:
    figure = found(topic(), 7)
    assert (figure.low, figure.high, figure.year, figure.parts, figure.approximate) == (33, 33, 2018, "", True)
    assert (figure.population, figure.source, figure.differs) == ("7. klasse", "Skolebørnsundersøgelsen", ("wording",))


def test_boys_and_girls_alone_are_a_range() -> None:
    figure = found(topic("alcohol-weekly"), 9)
    assert (figure.low, figure.high, figure.year, figure.parts) == (22, 27, 2022, "drenge og piger hver for sig")


def test_of_two_waves_the_newest_is_used() -> None:
    assert found(topic("alcohol-weekly"), 7).year == 2022


def test_a_total_goes_before_boys_and_girls(folder: Path) -> None:
    add_rows(folder, {"indicator": "alcohol_weekly", "year": "2022", "value": "3", "valid_until": "2028"})
    assert found(topic("alcohol-weekly"), 7, folder=folder).id == "added_0"


def test_an_unexpired_figure_goes_before_an_expired_total(folder: Path) -> None:
    add_rows(folder, {"indicator": "alcohol_weekly", "year": "2019", "value": "9", "valid_until": "2025"})
    assert found(topic("alcohol-weekly"), 7, folder=folder).year == 2022


def test_one_sex_alone_gives_way_and_is_named(folder: Path) -> None:
    add_rows(folder, {"sex": "female", "year": "2025", "valid_until": "2031"})
    assert found(topic(), 7, folder=folder).year == 2018
    add_rows(folder, {"id": "other", "indicator": "never_bullied_others", "sex": "female", "grade": "3. klasse"})
    figure = found(topic(indicator="never_bullied_others"), 3, folder=folder)
    assert (figure.parts, figure.differs) == ("piger", ("sex", "wording"))


def test_two_surveys_are_never_put_together(folder: Path) -> None:
    boys = {
        "indicator": "never_bullied_others",
        "sex": "male",
        "grade": "3. klasse",
        "survey": "Den ene",
        "value": "80",
    }
    girls = boys | {"sex": "female", "survey": "Den anden", "value": "90"}
    add_rows(folder, boys, girls)
    figure = found(topic(indicator="never_bullied_others"), 3, folder=folder)
    assert figure.low == figure.high == 80


def test_of_two_equal_figures_the_upper_one_is_used() -> None:
    assert found(topic(), 9).low == 80


def test_a_neighbouring_grade_is_named_as_such() -> None:
    figure = found(topic("alcohol-weekly"), 6)
    assert (figure.population, figure.differs) == ("7. klasse", ("grade", "wording"))


def test_the_own_grade_goes_before_a_newer_neighbour(folder: Path) -> None:
    add_rows(folder, {"grade": "8. klasse", "year": "2026", "valid_until": "2032"})
    assert found(topic(), 7, folder=folder).differs == ("wording",)


def test_a_band_that_holds_the_grade_is_not_the_grade() -> None:
    figure = found(topic(indicator="never_bullied_others"), 7)
    assert (figure.population, figure.side, figure.differs) == ("4.-9. klasse", "healthy", ("grade", "wording"))


def test_a_class_of_two_grades_has_a_figure_of_one_by_name() -> None:
    assert found(topic("alcohol-weekly"), 5, 6).differs == ("grade", "wording")


@pytest.mark.parametrize("audience", [Audience.PARENTS, Audience.STAFF])
def test_grown_ups_who_guess_about_pupils_get_the_figure_of_those_pupils(audience: Audience) -> None:
    chosen = topic("alcohol-weekly", own=None, approve=None, grades=(9,))
    figure = library.figures_for(Declared(chosen, audience, (5, 6)), TODAY).behaviour
    assert figure is not None
    assert figure.population == "9. klasse"
    assert "grade" not in figure.differs


@pytest.mark.parametrize("grades", [(), (9,)])
def test_what_grown_ups_answer_for_themselves_is_not_held_against_a_pupil_s_figure(grades: tuple[int, ...]) -> None:
    chosen = topic("alcohol-weekly", grades=grades)
    assert library.figures_for(Declared(chosen, Audience.PARENTS, (9,)), TODAY) == Figures()


@pytest.mark.parametrize("grades", [(3,), ()])
def test_no_figure_of_a_distant_grade(grades: tuple[int, ...]) -> None:
    assert behaviour(topic("alcohol-weekly"), *grades) is None


def test_a_topic_without_indicator_has_no_figure() -> None:
    assert library.figures_for(asked(topic("expected"), 7), TODAY) == Figures()
    assert behaviour(topic("expected"), 7) is None


def test_other_countries_are_not_the_country(folder: Path) -> None:
    add_rows(folder, {"region": "Europa (HBSC)", "year": "2026"})
    assert found(topic(), 7, folder=folder).region == "Danmark"


def test_vapes_are_used_for_eight_years() -> None:
    figure = found(topic("ecig-ever"), 7, today=date(2026, 12, 31))
    assert (figure.low, figure.high, figure.year, figure.valid_until, figure.fast) == (5, 11, 2018, 2021, True)


def test_vapes_older_than_eight_years_are_not_used() -> None:
    assert behaviour(topic("ecig-ever"), 7, today=date(2027, 1, 1)) is None


def test_an_expired_figure_of_another_kind_is_still_given() -> None:
    assert found(topic(), 7, today=date(2030, 1, 1)).valid_until == 2024


@pytest.mark.parametrize(("unit", "bound"), [("percent_gt", ">"), ("percent_lt", "<"), ("percent", "")])
def test_a_limit_keeps_its_direction(folder: Path, unit: str, bound: str) -> None:
    add_rows(folder, {"indicator": "never_bullied_others", "unit": unit, "value": "40"})
    figure = found(topic(indicator="never_bullied_others"), 7, folder=folder)
    assert (figure.low, figure.high, figure.bound) == (40, 40, bound)


def test_less_than_one_beside_one_is_a_range_from_nothing() -> None:
    figure = found(topic("alcohol-weekly"), 5)
    assert (figure.low, figure.high, figure.bound) == (0, 1, "")


def test_less_than_one_for_both_is_a_limit(folder: Path) -> None:
    spoil(
        folder,
        "1,percent,prevalence,11,11,5. klasse,male",
        "1,percent_lt,prevalence,11,11,5. klasse,male",
        "figures.csv",
    )
    figure = found(topic("alcohol-weekly"), 5, folder=folder)
    assert (figure.low, figure.high, figure.bound) == (1, 1, "<")


def test_an_attitude_is_held_against_approval_only(folder: Path) -> None:
    add_rows(folder, {"measure": "own_approval", "value": "20", "year": "2025"}, {"measure": "perceived_approval"})
    chosen = topic(attitude_indicator="alcohol_ever")
    figures = library.figures_for(asked(chosen, 7), TODAY, folder=folder)
    assert figures.attitude is not None
    assert figures.behaviour is not None
    assert (figures.attitude.low, figures.behaviour.low) == (20, 33)
