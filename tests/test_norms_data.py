"""The content that comes with the program: valid, readable for a 7th grade, and asking what it says it asks."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clicker import library
from clicker.lesson import Audience
from clicker.safety import Declared
from clicker.safety.declared import NEVER_LIVE
from clicker.words.numbers import percent_of_hundred

DATA = Path(__file__).parent.parent / "norms_data"
TODAY = date(2026, 11, 22)
# Rows of the research of 2026; those that became no figure stand in left_out.csv.
RESEARCHED = 273
POPULATION = re.compile(
    r"\d\.(?:-\d\.)? klasse|(?:\d\., )?\d\. og \d\. klasse|gymnasium|erhvervsskole|ungdomsuddannelse"
    r"|(?:forældre til |hjemmeboende )?\d+(?:-\d+)?-årige|unge under \d+ år"
    r"|elever i (?:grundskolen, der ryger|9\. klasse, der drikker alkohol)"
)
DISAGREE = (
    ("cannabis_ever_m_15_15_2018_prev_nordicwelfare_2019", "cannabis_ever_a_15_16_2019_prev_kd_2020_espad"),
    ("alcohol_ever_a_15_15_2018_prev_bt_2019_alk", "alcohol_ever_a_15_15_2018_prev_politiken_2020_who"),
    ("binge_last_30d_a_15_16_2015_prev_kd_2020_espad", "binge_last_30d_a_15_16_2015_prev_espad_dk_2015"),
    ("bullied_2plus_month_a_11_15_2018_prev_sdu_ut17_2019", "bullied_school_year_a_10_16_2017_prev_faktalink_mob"),
)


@pytest.mark.filterwarnings("ignore")
def test_the_data_package_is_valid_for_everybody() -> None:
    import frictionless

    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_shipped_content_has_no_problems() -> None:
    assert [str(problem) for problem in library.problems()] == []


def test_every_lesson_file_is_used() -> None:
    assert {lesson.id for lesson in library.lessons()} == {path.stem for path in (DATA / "lessons").glob("*.yaml")}


def table(name: str) -> list[dict[str, str]]:
    """A table of the package as it is written, without what the program makes of it."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def figures() -> list[dict[str, str]]:
    return table("figures")


@pytest.fixture(scope="module")
def indicators() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in table("indicators")}


def test_every_researched_row_is_a_figure_or_left_out_for_a_reason(figures: list[dict[str, str]]) -> None:
    left = table("left_out")
    ids = [row["id"] for row in (*figures, *left)]
    assert len(ids) == len(set(ids)) == RESEARCHED
    assert all(row["reason"].endswith(".") for row in left)


def test_every_source_and_every_indicator_is_used(figures: list[dict[str, str]]) -> None:
    for name, column in (("sources", "source_id"), ("indicators", "indicator")):
        assert {row["id"] for row in table(name)} == {row[column] for row in figures}


def test_a_figure_has_the_columns_of_its_schema_and_no_copied_text(figures: list[dict[str, str]]) -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    columns = {part["name"]: [field["name"] for field in part["schema"]["fields"]] for part in package["resources"]}
    assert {name: list(table(name)[0]) for name in columns} == columns
    assert [row["id"] for row in figures if len(row["notes"]) > 200] == []


def test_a_figure_is_current_for_six_years_and_of_vapes_and_pouches_for_three(
    figures: list[dict[str, str]], indicators: dict[str, dict[str, str]]
) -> None:
    for row in figures:
        years = 3 if indicators[row["indicator"]]["fast"] == "yes" else 6
        assert int(row["valid_until"]) == int(row["year"]) + years, row["id"]


def test_what_counts_vapes_snus_and_pouches_ages_fast(indicators: dict[str, dict[str, str]]) -> None:
    fast = {name for name, row in indicators.items() if row["fast"] == "yes"}
    assert fast == {name for name, row in indicators.items() if row["group"] == "nicotine"}
    assert fast == {name for name in indicators if re.match(r"ecig|snus|smokeless_nicotine|any_tobacco_nicotine", name)}


def test_a_figure_says_in_danish_who_was_asked(figures: list[dict[str, str]]) -> None:
    for row in figures:
        assert POPULATION.fullmatch(row["grade"]), (row["id"], row["grade"])
        assert row["survey"], row["id"]
        assert row["indicator"].startswith("parent_") == row["grade"].startswith("forældre til "), row["id"]


def test_a_share_of_only_those_who_do_it_reaches_no_class(figures: list[dict[str, str]]) -> None:
    topic = library.lesson("klasse-7").topic("alcohol-ever")
    for row in figures:
        if ", der " in row["grade"]:
            for grade in (8, 9, 10):
                asked = Declared(replace(topic, indicator=row["indicator"]), Audience.PUPILS, (grade,))
                assert library.figures_for(asked, TODAY).behaviour is None, row["id"]


def test_an_interval_and_a_number_of_answers_are_the_groups_own(figures: list[dict[str, str]]) -> None:
    for row in figures:
        assert row["n"] or not (row["ci_low"] or row["ci_high"]), row["id"]
        assert not (row["n"] and row["sex"] != "all"), f"{row['id']}: the number of both sexes beside one of them"


def test_a_number_made_of_words_is_said_with_ca_or_as_a_limit_and_the_notes_tell_why(
    figures: list[dict[str, str]],
) -> None:
    for row in figures:
        if row["unit"] in {"percent_approx", "percent_gt"}:
            assert "Kilden skriver" in row["notes"], row["id"]
    assert sum(row["unit"] == "percent_approx" for row in figures) == 20


def test_a_number_made_of_words_that_reaches_a_wall_is_said_with_ca(figures: list[dict[str, str]]) -> None:
    topic = library.lesson("klasse-7").topic("alcohol-ever")
    rough = {row["id"] for row in figures if row["unit"] == "percent_approx"}
    said = set()
    for indicator in {row["indicator"] for row in figures if row["id"] in rough}:
        for grade in (7, 9):
            asked = Declared(replace(topic, indicator=indicator), Audience.PUPILS, (grade,))
            figure = library.figures_for(asked, TODAY).behaviour
            if figure is not None and rough & set(figure.id.split("+")):
                assert "ca." in percent_of_hundred(figure, healthy=True, lang="da").casefold(), figure.id
                said.add(indicator)
    assert {"alcohol_ever", "alcohol_last_30d", "ecig_last_30d"} <= said


def test_every_source_says_who_published_it_where_and_on_what_terms() -> None:
    for row in table("sources"):
        assert row["licence"], row["id"]
        assert row["publisher"], row["id"]
        assert row["url"].startswith("http"), row["id"]


def test_surveys_that_disagree_name_each_other(figures: list[dict[str, str]]) -> None:
    notes = {row["id"]: row["notes"] for row in figures}
    for one, other in DISAGREE:
        assert notes[one], one
        assert notes[other], other


def test_what_was_asked_under_corona_or_of_volunteers_is_flagged(figures: list[dict[str, str]]) -> None:
    for row in figures:
        if row["survey"] in {"Ungeprofilundersøgelsen", "Red Barnet"}:
            assert "Ikke repræsentativ" in row["notes"], row["id"]
        if row["source_id"] in {"navisen_2021_ungeprofil", "faktalink_mob2"} or (
            row["source_id"] == "sst_2022_narko" and row["year"] == "2021"
        ):
            assert "corona" in row["notes"], row["id"]


def test_no_lesson_asks_what_the_table_keeps_from_classes(indicators: dict[str, dict[str, str]]) -> None:
    kept = {name for name, row in indicators.items() if row["group"] in NEVER_LIVE}
    assert {row["group"] for row in indicators.values()} >= NEVER_LIVE
    for lesson in library.lessons():
        for topic in lesson.topics:
            assert not kept & {topic.indicator, topic.attitude_indicator}, (lesson.id, topic.id)


def test_the_group_of_an_indicator_is_one_that_topics_have_or_one_that_no_topic_has() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for part in package["resources"] for field in part["schema"]["fields"]}
    lesson = json.loads((DATA / "lesson.schema.json").read_text(encoding="utf-8"))
    topics = set(lesson["$defs"]["topic"]["properties"]["group"]["enum"])
    assert set(fields["group"]["constraints"]["enum"]) == topics | NEVER_LIVE
