"""`clicker figures list`, and which shipped topics a published number fits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_command import clicker, sentences

from clicker import library
from clicker.cli.figures import list_figures
from clicker.lesson import Fit, Whose
from clicker.library.fits import usable_for
from clicker.library.published import published_rows
from clicker.library.tables import Row, read_tables

DATA = Path(__file__).parent.parent / "norms_data"
TODAY = date(2026, 11, 22)
WEEKLY_BOYS_7 = "alcohol_weekly_m_13_13_2022_prev_blaakors_hbsc22"


def listed(capsys: pytest.CaptureFixture[str], **asked: Any) -> tuple[int, str, str]:
    """Exit status, output and complaints of the command."""
    given: dict[str, Any] = {"indicator": None, "grade": None, "as_json": False, "lang": "da", "today": TODAY}
    status = list_figures(**(given | asked))
    said = capsys.readouterr()
    return status, said.out, said.err


def as_data(capsys: pytest.CaptureFixture[str], **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(listed(capsys, as_json=True, **asked)[1])
    return found


def test_every_figure_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, complaints = listed(capsys)
    assert (status, complaints) == (0, "")
    assert len(sentences(out)) == len(library.figure_rows())


def test_a_line_says_how_much_of_whom_when_and_by_whom(capsys: pytest.CaptureFixture[str]) -> None:
    _status, out, _complaints = listed(capsys, indicator="alcohol_weekly", grade="9")
    assert sentences(out)[0].startswith(
        "alcohol_weekly (Drikker alkohol hver uge): 27 % · 9. klasse, 15 år, drenge · 2022 · "
        "Skolebørnsundersøgelsen · gælder til 2028"
    )
    assert "gælder til 2024 · ældre tal" in out


def test_a_grade_is_also_found_where_it_is_one_of_several(capsys: pytest.CaptureFixture[str]) -> None:
    grades = {row["grade"] for row in as_data(capsys, grade="8")}
    assert {"8. klasse", "4.-9. klasse", "5. og 8. klasse", "8.-9. klasse"} <= grades
    assert "9. klasse" not in grades


def test_a_kind_of_school_is_asked_for_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["grade"] for row in as_data(capsys, grade="Gymnasium")} == {"gymnasium"}


def test_no_figure_of_a_grade_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, grade="2") == (0, "", "Der er ingen tal om 2. klasse.\n")
    assert as_data(capsys, grade="2") == []


def test_json_has_every_column_and_what_follows_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    columns = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    rows = as_data(capsys)
    assert len(rows) == len(library.figure_rows())
    assert all(list(row) == [*columns, "source", "expired", "usable_for"] for row in rows)
    assert all(set(row["source"]) == {"publisher", "title", "url", "licence"} for row in rows)


def test_json_tells_expired_from_current(capsys: pytest.CaptureFixture[str]) -> None:
    rows = as_data(capsys, indicator="alcohol_weekly")
    assert all(row["expired"] is (row["valid_until"] < 2026) for row in rows)
    assert {row["expired"] for row in rows} == {True, False}


def test_json_names_the_topics_a_figure_fits(capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = [row for row in as_data(capsys) if row["id"] == WEEKLY_BOYS_7]
    (seventh,) = [fit for fit in row["usable_for"] if fit["lesson"] == "klasse-7"]
    assert seventh == {"lesson": "klasse-7", "topic": "alcohol-weekly", "differs": ["wording"]}


@pytest.mark.parametrize(("lang", "word"), [("da", "Der er ingen indikator"), ("en", "There is no indicator")])
def test_an_unknown_indicator_is_one_sentence_with_the_nearest(
    capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    status, out, complaints = listed(capsys, indicator="alcohol_wekly", lang=lang)
    assert (status, out) == (1, "")
    (line,) = sentences(complaints)
    assert line.startswith(word)
    assert "alcohol_weekly" in line


def test_a_name_like_no_other_still_gets_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert "alcohol_" in listed(capsys, indicator="zzz")[2]


def test_the_command_is_found_by_its_words() -> None:
    done = clicker("figures", "list", "--indicator", "cannabis_ever", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert {row["indicator"] for row in json.loads(done.stdout)} == {"cannabis_ever"}


def test_the_command_needs_to_know_what_to_do() -> None:
    assert clicker("figures").returncode == 2


# Fits


@pytest.fixture(scope="module")
def fits() -> dict[str, tuple[Fit, ...]]:
    return dict(library.usable_for(TODAY))


def seventh(fits: dict[str, tuple[Fit, ...]]) -> set[str]:
    return {name for name, found in fits.items() if any(fit.lesson == "klasse-7" for fit in found)}


def test_boys_and_girls_fit_together_and_are_not_called_one_sex(fits: dict[str, tuple[Fit, ...]]) -> None:
    girls = WEEKLY_BOYS_7.replace("_m_", "_f_")
    assert {WEEKLY_BOYS_7, girls} <= seventh(fits)
    assert "sex" not in fits[WEEKLY_BOYS_7][0].differs


def test_older_waves_fit_too(fits: dict[str, tuple[Fit, ...]]) -> None:
    assert WEEKLY_BOYS_7.replace("2022", "2014") in seventh(fits)


def test_a_figure_of_other_countries_fits_nothing(fits: dict[str, tuple[Fit, ...]]) -> None:
    abroad = {row.id for row in library.figure_rows() if row.region in ("Europa (HBSC)", "ESPAD-landene")}
    assert abroad
    assert abroad.isdisjoint(fits)


def test_what_is_fitted_is_what_the_choice_takes(fits: dict[str, tuple[Fit, ...]]) -> None:
    """Whatever is chosen for a shipped topic today is listed as fitting it."""
    from clicker.library.fits import taken
    from clicker.safety import Declared

    for lesson in library.lessons():
        for topic in lesson.topics:
            for figure in taken(library.figures_for(Declared(topic, lesson.audience, lesson.grades), TODAY)):
                for name in figure.id.split("+"):
                    assert (lesson.id, topic.id) in [(fit.lesson, fit.topic) for fit in fits[name]]


def test_vapes_older_than_eight_years_fit_nothing() -> None:
    ecig = {row.id for row in library.figure_rows() if row.indicator.id == "ecig_ever"}
    assert ecig & set(library.usable_for(TODAY))
    assert ecig.isdisjoint(library.usable_for(date(2027, 1, 1)))


# The municipality's own


@pytest.fixture
def municipal() -> Row:
    """What a municipality found among its own 7th grades."""
    cells = dict(next(row for row in library.figure_rows() if row.id == WEEKLY_BOYS_7).cells)
    own = {"id": "own_1", "sex": "all", "region": "Nordby Kommune", "survey": "Nordbys egen", "source_id": "own"}
    return Row("Nordby Kommune", 2, cells | own | {"value": 4.0, "year": 2025, "n": 312})


def test_an_own_row_is_the_municipalitys_and_its_own_source(municipal: Row) -> None:
    tables = read_tables(DATA)
    row = published_rows(tables, [municipal])[-1]
    assert (row.whose, row.value, row.source.title, row.source.url) == (Whose.MUNICIPALITY, 4, "Nordbys egen", "")


def test_an_own_row_without_a_known_indicator_is_left_out(municipal: Row) -> None:
    lost = replace(municipal, cells={**municipal.cells, "indicator": "lost"})
    tables = read_tables(DATA)
    assert len(published_rows(tables, [lost])) == len(published_rows(tables))
    assert "own_1" not in usable_for(tables, library.lessons(), TODAY, [lost])


def test_an_own_row_fits_the_topics_of_its_grade(municipal: Row) -> None:
    found = usable_for(read_tables(DATA), library.lessons(), TODAY, [municipal])["own_1"]
    assert ("klasse-7", "alcohol-weekly") in [(fit.lesson, fit.topic) for fit in found]
