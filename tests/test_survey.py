"""A municipality's own survey: files as spreadsheets really save them, every reason for refusing a row, and keeping."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clicker import library
from clicker.lesson import Audience
from clicker.library import Known, Own
from clicker.library.own_figures import figures_text
from clicker.library.survey import Survey, has_own_columns, read_survey
from clicker.library.survey_cells import (
    People,
    Refused,
    Scale,
    count_of,
    number_of,
    people_of,
    percent_of,
    sex_of,
    year_of,
)
from clicker.library.survey_file import Sheet, Unreadable, sheet_of, text_of
from clicker.library.survey_known import known_from
from clicker.library.survey_reading import Reading, Typed, first_guess, questions, reading_from, reading_text
from clicker.library.survey_rows import slug, valid_until
from clicker.library.tables import Row, Tables
from clicker.room import NothingToKeep, TooManyFigures, UnknownSurvey, own_content, own_figures
from clicker.safety import Declared
from clicker.store import Store

DATA = Path(__file__).parent.parent / "norms_data"
THIS_YEAR = 2026
NOW = datetime(2026, 11, 22, 9)
TYPED = Typed("Testby Kommune", "Ungeprofil")
TABLE = (
    "Spørgsmål;Klassetrin;Køn;Procent;Antal\n"
    "Drikker alkohol hver uge;7. klasse;Drenge;12,5;1.234\n"
    "Drikker alkohol hver uge;9. klasse;Piger;25,5;98\n"
)
READ = [("7. klasse", "male", "12.5", "1234"), ("9. klasse", "female", "25.5", "98")]
OURS = "indicator,value,grade,sex,year,n\nalcohol_weekly,12.5,7. klasse,all,2025,812\n"


@pytest.fixture(scope="module")
def known() -> Known:
    return library.known_indicators()


def sheet(raw: bytes | str) -> Sheet:
    return sheet_of("tal.csv", text_of("tal.csv", raw if isinstance(raw, bytes) else raw.encode()))


def mapped(raw: bytes | str, known: Known, typed: Typed | None = None, **changes: object) -> Survey:
    """The file read by the names of its columns."""
    table = sheet(raw)
    reading = replace(first_guess(table), **changes)  # type: ignore[arg-type]
    return read_survey(table, reading, typed or replace(TYPED, year=2025), known, THIS_YEAR)


def ours(raw: bytes | str, known: Known, **typed: object) -> Survey:
    """A file with our own columns."""
    return read_survey(sheet(raw), None, replace(TYPED, **typed), known, THIS_YEAR)  # type: ignore[arg-type]


def short(survey: Survey) -> list[tuple[str, str, str, str]]:
    assert survey.refused == ()
    return [(row["grade"], row["sex"], row["value"], row["n"]) for row in survey.rows]


def reasons(survey: Survey) -> list[tuple[int, str, str]]:
    """Row, column, and what is wrong."""
    assert not [row for row in survey.rows if not row["id"]]
    return [(one.line, one.key, one.what.format(**one.values)) for one in survey.refused]


# Files as they come


@pytest.mark.parametrize(
    "raw",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.encode("utf-16"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("12,5", "12.5").replace("25,5", '"25,5"').replace(";", ",").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        ("sep=;\n" + TABLE).encode(),
        ("Ungeprofilen 2025;;;;\n\n" + TABLE).encode(),
        ("Ungeprofilen 2025\nTrukket 1.9.2025;;\n" + TABLE).encode(),
        TABLE.replace("\n", "\n;;;;\n").encode(),
        TABLE.replace("\n", ";;\n").encode(),
        TABLE.replace("12,5", "12,5 %").replace("25,5", "25,50%").encode(),
        TABLE.replace("12,5", " 12,5\u00a0pct. ").encode(),
        TABLE.replace("1.234", "1 234").encode(),
        TABLE.replace("1.234", "1\u202f234").encode(),
        TABLE.replace("1.234", "n=1234").encode(),
        TABLE.replace("7. klasse", "7").replace("9. klasse", "9.").encode(),
        TABLE.replace("7. klasse", "7. kl.").replace("9. klasse", "9.klasse").encode(),
        TABLE.replace("7. klasse", "7.a").replace("9. klasse", "Klasse 9").encode(),
        TABLE.replace("Drenge", "dreng").replace("Piger", "K").encode(),
        TABLE.replace("Drenge", "M").replace("Piger", "Pige").encode(),
    ],
    ids=range(25),
)
def test_a_table_is_read_as_a_spreadsheet_saved_it(raw: bytes, known: Known) -> None:
    assert short(mapped(raw, known)) == READ


def test_cells_may_hold_the_separator_and_line_breaks(known: Known) -> None:
    raw = TABLE.replace("Spørgsmål", '"Spørgsmål"').replace("Drikker alkohol hver uge", '"Drikker\nalkohol; hver uge"')
    survey = mapped(raw, known, indicators={"Drikker alkohol; hver uge": "alcohol_weekly"})
    assert short(survey) == READ
    assert survey.rows[0]["wording"] == "Drikker alkohol; hver uge"


def test_rows_are_counted_as_the_spreadsheet_shows_them(known: Known) -> None:
    raw = "Ungeprofilen\n\n" + TABLE.replace("12,5", "mange") + "\n;;;;\n" + TABLE.split("\n")[1].replace("7.", "88.")
    assert [(row, column) for row, column, _what in reasons(mapped(raw, known))] == [(4, "Procent"), (8, "Klassetrin")]


def test_columns_without_a_name_or_with_the_same_get_the_letter() -> None:
    assert sheet("Emne;;Pct;Pct\na;b;1;2\n").header == ("Emne", "(B)", "Pct (C)", "Pct (D)")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04rest", "this is a workbook, not a CSV file"),
        (b"\xd0\xcf\x11\xe0rest", "this is a workbook, not a CSV file"),
        (b"", "no table with at least two columns was found"),
        (b"only one\ncolumn\n", "no table with at least two columns was found"),
        (b"a;b\0\n", "the letters cannot be read"),
        (b"\xff\xfea", "the letters cannot be read"),
        (b"\x81;\x8d\n", "the letters cannot be read"),
        (b"a;b\n" * 5002, "the table is too large: 5001 rows and 2 columns"),
        (b";".join([b"a"] * 61), "the table is too large: 0 rows and 61 columns"),
        (b"x" * 1_000_001, "the file is too large"),
        (b'a;b\n"' + b"x" * 200_000, "the rows cannot be told apart"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(raw: bytes, what: str) -> None:
    with pytest.raises(Unreadable) as error:
        sheet(raw)
    problem = error.value.problem
    assert problem.what.format(**problem.values) == what


# Cells


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12,5", "12.5", "percent"),
        ("12.50 %", "12.5", "percent"),
        ("0", "0", "percent"),
        ("100", "100", "percent"),
        ("ca. 33", "33", "percent_approx"),
        ("Ca 33 %", "33", "percent_approx"),
        ("~33", "33", "percent_approx"),
        ("<1", "1", "percent_lt"),
        ("< 1,5 %", "1.5", "percent_lt"),
        ("under 1", "1", "percent_lt"),
        (">60", "60", "percent_gt"),
        ("over 60 procent", "60", "percent_gt"),
        ("33,333", "33.33", "percent"),
    ],
)
def test_a_number_is_read_as_printed(text: str, value: str, unit: str) -> None:
    assert percent_of(number_of(text), Scale.PERCENT, text) == (value, unit)


@pytest.mark.parametrize(
    "text", ["", "-", "..", "mange", "-5", "5-7", "12,5,1", "=1+1", "+5", "@A1", "overalt", "1e2", "٣"]
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        number_of(text)


@pytest.mark.parametrize("text", ["100,1", "812", "> 101"])
def test_more_than_everybody_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        percent_of(number_of(text), Scale.PERCENT, text)


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(["", " %", "%", " pct."]))
def test_every_share_of_all_comes_back(hundredths: int, comma: bool, sign: str) -> None:
    text = f"{hundredths / 100:.2f}".replace(".", "," if comma else ".") + sign
    value, unit = percent_of(number_of(text), Scale.PERCENT, text)
    assert (round(float(value) * 100), unit) == (hundredths, "percent")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("7. klasse", People("7. klasse")),
        ("7", People("7. klasse")),
        ("07. Klasse", People("7. klasse")),
        ("klassetrin 7", People("7. klasse")),
        ("7. årgang", People("7. klasse")),
        ("7-9", People("7.-9. klasse")),
        ("7. - 9. klasse", People("7.-9. klasse")),
        ("7. til 9. klasse", People("7.-9. klasse")),
        ("0. klasse", People("0. klasse")),
        ("Gymnasiet", People("gymnasium")),
        ("7.a", People("7. klasse", one_class=True)),
        ("15-17-årige", People("15-17-årige", (15, 17))),
        ("15 til 17 år", People("15-17-årige", (15, 17))),
        ("15 år", People("15-årige", (15, 15))),
        ("7 B", People("7. klasse", one_class=True)),
    ],
)
def test_grades_are_written_in_many_ways(text: str, people: People) -> None:
    assert people_of(text) == people


@pytest.mark.parametrize(
    "text", ["alle", "11. klasse", "9-7", "7. klasse og 8. klasse", "77", "a7", "klasse", "3 år", "17-15 år"]
)
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        people_of(text)


def this_year(text: str) -> int:
    return year_of(text, THIS_YEAR)


def test_sexes_years_and_counts_that_are_none_are_refused() -> None:
    for read in (
        lambda: sex_of("x"),
        lambda: year_of("24/25", 2026),
        lambda: year_of("2027", 2026),
        lambda: count_of("få"),
    ):
        with pytest.raises(Refused):
            read()


# Rows


def test_a_row_without_what_can_be_derived_is_completed(known: Known) -> None:
    (row,) = ours(OURS, known).rows
    assert row == {
        "id": "own_testby_kommune_alcohol_weekly_prevalence_7_klasse_all_2025",
        "indicator": "alcohol_weekly",
        "value": "12.5",
        "unit": "percent",
        "measure": "prevalence",
        "age_min": "",
        "age_max": "",
        "grade": "7. klasse",
        "sex": "all",
        "region": "Testby Kommune",
        "year": "2025",
        "n": "812",
        "ci_low": "",
        "ci_high": "",
        "wording": "",
        "survey": "Ungeprofil",
        "source_id": "own",
        "locator": "",
        "valid_until": "2031",
        "notes": "",
    }


def test_what_ages_fast_counts_for_three_years(known: Known) -> None:
    (row,) = ours(OURS.replace("alcohol_weekly", "ecig_ever"), known).rows
    assert row["valid_until"] == "2028"
    assert valid_until(2025, fast=False) == 2031


@pytest.mark.parametrize(
    ("old", "new", "column", "what"),
    [
        ("812", "49", "n", "only 49 answered: a figure of a small group can tell about single pupils"),
        ("812", "", "n", "nobody can see how many answered"),
        ("12.5", "101", "value", "101 cannot be right"),
        ("12.5", "", "value", "the cell is empty"),
        ("7. klasse", "alle", "grade", "“alle” is no grade that is known here"),
        ("7. klasse", "", "grade", "nobody can see which grade was asked"),
        ("all,", "x,", "sex", "“x” is not one of the words used here"),
        ("all,", ",", "sex", "the cell is empty"),
        ("2025", "25", "year", "“25” is not one year"),
        ("2025", "2027", "year", "2027 cannot be right"),
        ("2025", "", "year", "nobody can see the year of the survey"),
        ("alcohol_weekly", "", "indicator", "the cell is empty"),
        ("alcohol_weekly", "alkohol", "indicator", "“alkohol” is not a known indicator"),
    ],
)
def test_a_cell_that_cannot_be_used_refuses_its_row(old: str, new: str, column: str, what: str, known: Known) -> None:
    survey = ours(OURS.replace(old, new, 1), known)
    assert survey.rows == ()
    assert reasons(survey) == [(2, column, what)]


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("region", "Danmark", "the row is about Danmark, not about Testby Kommune"),
        ("valid_until", "2040", "a figure of 2025 counts until 2031"),
        ("unit", "many", "“many” is not one of the words used here"),
        ("measure", "hearsay", "“hearsay” is not one of the words used here"),
        ("ci_low", "x", "“x” is not a number of the kind used here"),
        ("survey", "x" * 61, "the text is too long"),
        ("notes", "x" * 501, "the text is too long"),
        ("surprise", "x", "the column “surprise” is unknown or stands twice"),
    ],
)
def test_an_optional_column_is_checked_too(column: str, cell: str, what: str, known: Known) -> None:
    header, row, _end = OURS.split("\n")
    survey = ours(f"{header},{column}\n{row},{cell}\n", known)
    assert survey.rows == ()
    assert [said for _row, _column, said in reasons(survey)] == [what]


def test_every_reason_of_a_row_is_listed(known: Known) -> None:
    survey = ours("indicator;value;grade;sex;year;n\nnothing;x;y;z;1;2\n", known)
    assert [column for _row, column, _what in reasons(survey)] == ["indicator", "value", "grade", "sex", "year", "n"]


def test_good_rows_are_taken_beside_refused_ones(known: Known) -> None:
    survey = ours(OURS + "alcohol_weekly,9,9. klasse,all,2025,12\n", known)
    assert [row["grade"] for row in survey.rows] == ["7. klasse"]
    assert survey.refused_rows == 1


def test_what_no_lesson_asks_about_is_refused(known: Known) -> None:
    assert "sex_ever" in known.never
    assert reasons(ours(OURS.replace("alcohol_weekly", "sex_ever"), known)) == [
        (2, "indicator", "no lesson asks about “sex_ever”, so the figure could never be shown")
    ]


def test_the_nearest_indicators_are_named(known: Known) -> None:
    (problem,) = ours(OURS.replace("alcohol_weekly", "alcohol_wekly"), known).refused
    assert str(problem.values["nearest"]).startswith("alcohol_weekly")


def test_an_indicator_may_be_named_by_its_danish_label(known: Known) -> None:
    (row,) = ours(OURS.replace("alcohol_weekly", "drikker alkohol hver uge"), known).rows
    assert row["indicator"] == "alcohol_weekly"


def test_the_same_pupils_twice_are_refused_once(known: Known) -> None:
    survey = ours(OURS + OURS.split("\n")[1], known)
    assert [row["value"] for row in survey.rows] == ["12.5"]
    assert [what for _row, _column, what in reasons(survey)] == ["row 2 is about the same pupils and the same question"]


def test_rows_that_contradict_each_other_are_all_refused(known: Known) -> None:
    survey = ours(OURS + OURS.split("\n")[1].replace("12.5", "13"), known)
    assert survey.rows == ()
    told = "row {} gives another number for the same pupils and the same question"
    assert reasons(survey) == [(2, "value", told.format(3)), (3, "value", told.format(2))]


def test_ages_may_stand_in_place_of_the_grade(known: Known) -> None:
    (row,) = ours("indicator,value,age_min,age_max,year,n\nalcohol_weekly,12.5,13,15,2025,812\n", known).rows
    assert (row["grade"], row["age_min"], row["sex"]) == ("13-15-årige", "13", "all")


def test_a_single_class_is_refused_whatever_is_said_of_the_smallest_group(known: Known) -> None:
    text = OURS.replace("7. klasse", "7.a").replace("812", "")
    (problem,) = ours(text, known, smallest=60).refused
    assert problem.what.format(**problem.values).startswith("“7.a” is one class")


def test_how_many_answered_may_be_said_for_the_smallest_group_and_is_nobodys_n(known: Known) -> None:
    assert short(ours(OURS.replace("812", ""), known, smallest=60)) == [("7. klasse", "all", "12.5", "")]
    (problem,) = ours(OURS.replace("812", ""), known, smallest=49).refused
    assert problem.values["given"] == 49


# Percent or share


def test_numbers_of_at_most_one_are_asked_about(known: Known) -> None:
    survey = ours(OURS.replace("12.5", "0.125"), known)
    assert survey.asks_scale
    assert survey.rows == ()


@pytest.mark.parametrize(("scale", "value"), [(Scale.PERCENT, "0.13"), (Scale.SHARE, "12.5")])
def test_the_answer_decides(scale: Scale, value: str, known: Known) -> None:
    assert [row["value"] for row in ours(OURS.replace("12.5", "0.125"), known, scale=scale).rows] == [value]


def test_a_percent_sign_needs_no_question_and_stays_percent(known: Known) -> None:
    text = OURS.replace("12.5", "0.5 %")
    assert [row["value"] for row in ours(text, known).rows] == ["0.5"]
    assert [row["value"] for row in ours(text, known, scale=Scale.SHARE).rows] == ["0.5"]


def test_one_number_above_one_makes_all_percent(known: Known) -> None:
    text = OURS + "alcohol_weekly,0.5,8. klasse,all,2025,812\n"
    assert [row["value"] for row in ours(text, known).rows] == ["12.5", "0.5"]


def test_more_than_one_is_no_share(known: Known) -> None:
    (problem,) = ours(OURS, known, scale=Scale.SHARE).refused
    assert problem.what == "“{given}” is more than 1, so it is no share"


# A reading of one's own


def test_a_first_guess_goes_by_names_alone() -> None:
    assert first_guess(sheet("Skole;Køn;%\na;b;1\n")).columns() == {"value": "%", "sex": "Køn"}
    named = "Andel i procent;Antal svar;Klassen;Svar\n1;2;3;4\n"
    assert first_guess(sheet(named)).columns() == {"value": "Andel i procent", "n": "Antal svar"}


def test_questions_are_told_once_each() -> None:
    table = sheet(TABLE)
    assert questions(table, first_guess(table)) == ("Drikker alkohol hver uge",)
    assert questions(table, Reading(value="Procent")) == ()


def test_a_question_is_about_what_was_said(known: Known) -> None:
    survey = mapped(TABLE, known, indicators={"Drikker alkohol hver uge": "alcohol_ever"})
    assert {row["indicator"] for row in survey.rows} == {"alcohol_ever"}
    assert {row["wording"] for row in survey.rows} == {"Drikker alkohol hver uge"}


def test_a_question_that_is_not_used_is_left_out_without_a_word(known: Known) -> None:
    survey = mapped(TABLE + "Kan lide skolen;x;y;z;w\n", known, indicators={"Kan lide skolen": ""})
    assert short(survey) == READ
    assert survey.left_out == 1


def test_all_rows_may_be_about_the_same(known: Known) -> None:
    survey = mapped("Procent;Antal\n12;80\n", known, one_grade="9. klasse", indicators={"": "alcohol_weekly"})
    assert short(survey) == [("9. klasse", "all", "12", "80")]


@pytest.mark.parametrize(("column", "old"), [("Klassetrin", "9. klasse"), ("Antal", "98")])
def test_an_empty_cell_of_a_chosen_column_is_not_filled_by_what_was_typed(column: str, old: str, known: Known) -> None:
    typed = replace(TYPED, year=2025, smallest=60)
    survey = mapped(TABLE.replace(old, ""), known, typed, one_grade="8. klasse")
    assert [(row, where) for row, where, _what in reasons(survey)] == [(3, column)]


def test_a_reading_that_names_no_column_of_the_file_is_refused(known: Known) -> None:
    survey = mapped(TABLE, known, value="Andel")
    assert reasons(survey) == [(1, "Andel", "the column is missing")]
    assert [column for _row, column, _what in reasons(mapped(TABLE, known, value=""))] == ["value"]


def test_a_reading_is_kept_as_text() -> None:
    reading = Reading(value="Pct", question="Emne", indicators={"Vape": "ecig_ever", "Skole": ""}, scale=Scale.PERCENT)
    assert reading_from(reading_text(reading)) == reading


def test_our_columns_are_recognised() -> None:
    assert has_own_columns(sheet(OURS))
    assert not has_own_columns(sheet(TABLE))


def test_indicators_measured_otherwise_are_not_offered() -> None:
    def row(table: str, **cells: object) -> Row:
        return Row(table, 2, {"label_da": "x", "fast": False, "group": "alcohol"} | cells)

    names = ("mean", "both", "attitude", "new")
    measured = {"mean": ["mean"], "both": ["own_approval", "prevalence"], "attitude": ["own_approval"]}
    figures = tuple(row("figures", indicator=name, measure=one) for name, all_of in measured.items() for one in all_of)
    found = known_from(Tables({"indicators": tuple(row("i", id=name) for name in names), "figures": figures}))
    assert found.measures == {"both": "prevalence", "attitude": "own_approval", "new": "prevalence"}


@pytest.mark.parametrize(
    ("text", "plain"), [("Æbleø Kommune", "aebleoe_kommune"), ("Århus", "aarhus"), ("Café / Süd", "cafe_sud")]
)
def test_an_id_has_plain_letters(text: str, plain: str) -> None:
    assert slug(text) == plain


# Keeping


def keep(store: Store, survey: Survey, municipality: str = "Testby Kommune") -> own_figures.Added:
    return store.write(lambda tx: own_figures.add_figures(tx, municipality, survey.rows, NOW))


def test_what_is_kept_is_read_back_as_figures(store: Store, known: Known) -> None:
    keep(store, mapped(TABLE, known))
    rows = library.own_figures(store.read(own_content))
    assert [(row["value"], row["n"], row["source_id"]) for row in rows] == [(12.5, 1234, "own"), (25.5, 98, "own")]
    assert library.problems(store.read(own_content)) == library.problems()


def test_the_same_id_replaces_and_the_others_stay(store: Store, known: Known) -> None:
    keep(store, ours(OURS, known))
    keep(store, ours(OURS.replace("2025", "2024"), known))
    added = keep(store, ours(OURS.replace("12.5", "9"), known), "testby kommune")
    assert added == own_figures.Added("Testby Kommune", new=0, replaced=1, stayed=1)
    (stored,) = store.read(own_figures.stored_surveys)
    assert (stored.years, [row["value"] for row in stored.rows]) == ((2024, 2025), ["9", "12.5"])


def test_nothing_is_not_kept(store: Store) -> None:
    with pytest.raises(NothingToKeep):
        keep(store, Survey())


def test_a_municipality_does_not_grow_without_end(store: Store, known: Known) -> None:
    (row,) = ours(OURS, known).rows
    many = tuple(dict(row) | {"id": f"{row['id']}_{number}"} for number in range(5_000))
    keep(store, Survey(rows=many))
    with pytest.raises(TooManyFigures):
        keep(store, ours(OURS, known))


def test_figures_are_removed_by_their_municipality(store: Store, known: Known) -> None:
    keep(store, ours(OURS, known))
    store.write(lambda tx: own_figures.remove_figures(tx, "TESTBY kommune"))
    assert store.read(own_figures.stored_surveys) == ()
    with pytest.raises(UnknownSurvey):
        store.write(lambda tx: own_figures.remove_figures(tx, "Testby Kommune"))


def test_a_reading_is_found_by_the_name_of_the_survey(store: Store) -> None:
    reading = Reading(value="Pct", one_grade="9. klasse")
    store.write(lambda tx: own_figures.keep_reading(tx, "Ungeprofil", reading, NOW))
    assert store.read(lambda tx: own_figures.kept_reading(tx, "ungeprofil")) == reading
    assert store.read(own_figures.kept_readings) == ("Ungeprofil",)
    assert store.read(own_content) == Own()


def test_an_indicator_that_is_gone_is_told_and_left_out(known: Known) -> None:
    rows: tuple[Mapping[str, str], ...] = ours(OURS, known).rows
    own = Own(figures=(("Testby", figures_text([dict(rows[0]) | {"indicator": "gone"}])),))
    assert library.own_figures(own) == ()
    assert [problem.what for problem in library.problems(own)][-1] == "“{given}” is not a known indicator"


def test_a_kept_text_with_a_broken_row_is_told_and_the_row_left_out(known: Known) -> None:
    rows = ours(OURS, known).rows
    own = Own(figures=(("Testby", figures_text([*rows, dict(rows[0]) | {"value": "many"}])),))
    assert len(library.own_figures(own)) == 1
    assert [(problem.file, problem.line, problem.key) for problem in library.problems(own)][-1] == (
        "Testby",
        3,
        "value",
    )


def test_an_own_figure_stands_beside_the_countrys(known: Known) -> None:
    own = Own(figures=(("Testby Kommune", figures_text(ours(OURS, known).rows)),))
    topic = library.lesson("klasse-7").topic("alcohol-weekly")
    figures = library.figures_for(Declared(topic, Audience.PUPILS, (7,)), date(2026, 11, 22), own)
    assert figures.municipal_behaviour is not None
    assert (figures.municipal_behaviour.high, figures.municipal_behaviour.owner) == (12.5, "Testby Kommune")
    assert figures.behaviour is not None
    assert figures.behaviour.owner == ""


@pytest.mark.filterwarnings("ignore")
def test_what_is_kept_fits_the_published_schema(known: Known, tmp_path: Path) -> None:
    import frictionless

    folder = tmp_path / "norms"
    shutil.copytree(DATA, folder)
    (folder / "figures.csv").write_text(figures_text(mapped(TABLE, known).rows), encoding="utf-8")
    sources = list(csv.reader(io.StringIO((DATA / "sources.csv").read_text(encoding="utf-8"))))
    own = dict.fromkeys(sources[0], "x") | {"id": "own", "year": "2025", "primary": "yes"}
    (folder / "sources.csv").write_text(",".join(sources[0]) + "\n" + ",".join(own.values()) + "\n", encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_published_figures_are_no_municipalitys_own(known: Known) -> None:
    survey = ours((DATA / "figures.csv").read_bytes(), known, smallest=60)
    assert survey.rows == ()
    assert {what.split(",")[0] for _row, column, what in reasons(survey) if column == "region"} >= {
        "the row is about Danmark"
    }
