"""Which figure stands beside a class: its own grade, the neighbours by name, a wider group, the municipality's own."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from builders import figure
from golden_figures import chosen
from test_library import TODAY, add_rows, asked, behaviour, found, topic
from test_library import folder as folder

from clicker import library, words
from clicker.lesson import Audience, Figure
from clicker.library.tables import Tables, read_tables
from clicker.safety import Declared
from clicker.safety.declared import NEVER_LIVE


def students(name: str = "alcohol-weekly", **changes: object) -> Declared:
    return Declared(topic(name, **changes), Audience.STUDENTS, ())


def tables() -> Tables:
    return read_tables(files("norms_data"))


def choice(declared: Declared, folder: Path | None = None) -> Figure | None:
    return library.figures_for(declared, TODAY, folder=folder).behaviour


def test_8th_grade_gets_both_neighbours_by_name_and_the_rules_their_range() -> None:
    both = found(topic("alcohol-weekly"), 8)
    assert [(one.population, one.low, one.high) for one in both.named] == [
        ("7. klasse", 3, 3),
        ("9. klasse", 22, 27),
    ]
    assert (both.low, both.high) == (3, 27)
    assert "grade" in both.differs


def test_both_neighbours_come_from_one_survey(folder: Path) -> None:
    add_rows(
        folder,
        {"grade": "7. klasse", "survey": "En", "indicator": "never_bullied_others", "year": "2025"},
        {"grade": "9. klasse", "survey": "En anden", "indicator": "never_bullied_others", "year": "2025"},
    )
    figure = found(topic(indicator="never_bullied_others"), 8, folder=folder)
    assert figure.named == ()


@pytest.mark.parametrize(("grade", "nearest"), [(6, "7. klasse"), (10, "9. klasse")])
def test_6th_and_10th_grade_get_the_nearest_grade_by_name(grade: int, nearest: str) -> None:
    figure = found(topic("alcohol-weekly"), grade)
    assert (figure.population, figure.named) == (nearest, ())
    assert "grade" in figure.differs


def test_the_own_grade_in_a_wider_group_goes_before_neighbours(folder: Path) -> None:
    add_rows(folder, {"grade": "7.-9. klasse", "year": "2025", "indicator": "alcohol_weekly"})
    assert found(topic("alcohol-weekly"), 8, folder=folder).population == "7.-9. klasse"


def test_one_neighbouring_grade_is_nearer_than_a_group_that_reaches_further(folder: Path) -> None:
    row = {"indicator": "never_bullied_others", "year": "2025"}
    add_rows(folder, row | {"grade": "7.-9. klasse"}, row | {"grade": "9. klasse", "year": "2020"})
    figure = found(topic(indicator="never_bullied_others"), 10, folder=folder)
    assert (figure.population, figure.differs[0]) == ("9. klasse", "grade")


def test_15_years_are_the_9th_grade_and_beside_the_8th(folder: Path) -> None:
    add_rows(folder, {"grade": "15-årige", "age_min": "15", "age_max": "15", "indicator": "drunk_weekly"})
    declared = topic(indicator="drunk_weekly")
    assert [found(declared, grade, folder=folder).differs[:1] for grade in (8, 9, 10)] == [
        ("age",),
        ("wording",),
        ("age",),
    ]


def test_a_grade_by_name_goes_before_the_same_people_by_age(folder: Path) -> None:
    row = {"indicator": "drunk_weekly", "age_min": "15", "age_max": "15"}
    add_rows(folder, row | {"grade": "15-årige", "year": "2025"}, row | {"grade": "9. klasse", "year": "2023"})
    for grade in (8, 9):
        assert found(topic(indicator="drunk_weekly"), grade, folder=folder).population == "9. klasse"


def test_both_sexes_around_the_class_go_before_one_sex_of_a_neighbour(folder: Path) -> None:
    row = {"indicator": "drunk_weekly", "year": "2025"}
    add_rows(folder, row | {"grade": "5. klasse", "sex": "male"}, row | {"grade": "5., 7. og 9. klasse"})
    figure = found(topic(indicator="drunk_weekly"), 6, folder=folder)
    assert (figure.population, figure.differs[0]) == ("5., 7. og 9. klasse", "grade")


def test_one_sex_of_the_one_neighbour_is_not_set_beside_both_of_the_other(folder: Path) -> None:
    girls = {"indicator": "drunk_weekly", "year": "2025", "sex": "female"}
    boys = girls | {"sex": "male"}
    add_rows(folder, girls | {"grade": "7. klasse"}, *({**one, "grade": "9. klasse"} for one in (girls, boys)))
    figure = found(topic(indicator="drunk_weekly"), 8, folder=folder)
    assert (figure.population, figure.named) == ("9. klasse", ())


def test_an_age_group_around_the_class_is_used_where_no_grade_is_near(folder: Path) -> None:
    add_rows(folder, {"grade": "15-17-årige", "age_min": "15", "age_max": "17", "indicator": "never_bullied_others"})
    figure = found(topic(indicator="never_bullied_others"), 10, folder=folder)
    assert (figure.population, figure.differs[0]) == ("15-17-årige", "age")


def test_an_age_group_that_is_too_wide_says_nothing_of_a_class(folder: Path) -> None:
    add_rows(folder, {"grade": "12-25-årige", "age_min": "12", "age_max": "25", "indicator": "never_bullied_others"})
    assert choice(asked(topic(indicator="never_bullied_others"), 10), folder) is None


def test_some_municipalities_give_way_to_the_country_and_are_named(folder: Path) -> None:
    row = {"indicator": "never_bullied_others", "grade": "10. klasse"}
    part = row | {"region": "44 kommuner", "year": "2025"}
    add_rows(
        folder, part, row | {"indicator": "alcohol_weekly", "year": "2020"}, part | {"indicator": "alcohol_weekly"}
    )
    alone = found(topic(indicator="never_bullied_others"), 10, folder=folder)
    assert (alone.region, "region" in alone.differs) == ("44 kommuner", True)
    assert found(topic("alcohol-weekly"), 10, folder=folder).region == "Danmark"


def test_a_region_does_not_stand_for_the_country(folder: Path) -> None:
    region = {"indicator": "never_bullied_others", "grade": "10. klasse", "region": "Region Syddanmark"}
    add_rows(folder, region)
    assert behaviour(topic(indicator="never_bullied_others"), 10, folder=folder) is None


def test_one_sex_of_the_own_grade_gives_way_to_both_of_a_neighbour(folder: Path) -> None:
    row = {"indicator": "never_bullied_others", "year": "2025"}
    add_rows(folder, row | {"grade": "10. klasse", "sex": "male"}, row | {"grade": "9. klasse"})
    assert found(topic(indicator="never_bullied_others"), 10, folder=folder).population == "9. klasse"


def test_p17_what_is_never_contrasted_live_has_no_figure() -> None:
    groups = {row["id"]: row["group"] for row in tables().rows["indicators"]}
    never = [name for name, group in groups.items() if group in NEVER_LIVE]
    assert never
    for name in never:
        for grade in range(5, 11):
            assert behaviour(topic(indicator=name), grade) is None


def test_youth_education_gets_its_two_schools_by_name(folder: Path) -> None:
    row = {"indicator": "alcohol_weekly", "age_min": "15", "age_max": "25", "year": "2019"}
    add_rows(folder, row | {"grade": "gymnasium", "value": "9"}, row | {"grade": "erhvervsskole", "value": "17"})
    both = choice(students(), folder)
    assert both is not None
    assert [one.population for one in both.named] == ["gymnasium", "erhvervsskole"]
    assert (both.low, both.high, both.differs) == (9, 17, ("wording",))


def test_pupils_figures_are_not_held_against_parents_or_staff() -> None:
    for audience in (Audience.PARENTS, Audience.STAFF):
        assert choice(Declared(topic("alcohol-weekly"), audience, (7,))) is None


def test_a_guess_about_a_grade_is_held_against_that_grade() -> None:
    declared = Declared(topic("alcohol-ever", indicator="alcohol_weekly", grades=(9,)), Audience.PARENTS, (5, 6))
    found = choice(declared)
    assert found is not None
    assert (found.population, "grade" in found.differs) == ("9. klasse", False)


def test_parents_are_held_against_parents(folder: Path) -> None:
    parents = topic(indicator="never_bullied_others")
    row = {"indicator": "never_bullied_others", "measure": "parent_report"}
    add_rows(
        folder,
        row | {"grade": "forældre til 16-20-årige", "age_min": "16", "age_max": "20"},
        row | {"grade": "forældre til 13-17-årige", "age_min": "13", "age_max": "17"},
    )
    found = choice(Declared(parents, Audience.PARENTS, (7, 8, 9)), folder)
    assert found is not None
    assert (found.population, found.differs[0]) == ("forældre til 13-17-årige", "age")
    assert choice(asked(topic(indicator="never_bullied_others"), 9), folder) != found


def test_a_limit_in_one_neighbour_reaches_down_to_nothing() -> None:
    from clicker.library.candidates import both

    spanned = both(figure(1, bound="<", population="7. klasse"), figure(5, population="9. klasse"))
    assert (spanned.low, spanned.high, spanned.bound) == (0, 5, "")


def test_the_sentence_names_both_neighbours_with_their_own_numbers() -> None:
    both = found(topic("alcohol-weekly"), 8)
    said = words.reference_sentence(topic("alcohol-weekly"), both, TODAY, "da")
    assert said == ("I hele landet: 97 af 100 (7. klasse) og 73-78 af 100 (9. klasse) drikker ikke alkohol hver uge")
    later = words.reference_sentence(topic("alcohol-weekly"), both, date(2030, 1, 1), "da")
    assert "97 af 100 (7. klasse, 2022) og 73-78 af 100 (9. klasse, 2022)" in later


def test_a_municipality_is_said_by_its_name() -> None:
    own = figure(5, owner="Eksempel Kommune", population="8. klasse", region="Eksempel Kommune")
    said = words.reference_sentence(topic("alcohol-weekly"), own, TODAY, "da")
    assert said == "8. klasse i Eksempel Kommune: 95 af 100 drikker ikke alkohol hver uge"
    old = words.reference_sentence(topic("alcohol-weekly"), own, date(2035, 1, 1), "da")
    assert old == "8. klasse i Eksempel Kommune, 2024: 95 af 100 drikker ikke alkohol hver uge"


def test_each_shipped_topic_and_grade_gets_the_figure_of_the_golden_file() -> None:
    golden = Path(__file__).parent / "golden" / "figures.csv"
    assert chosen().splitlines() == golden.read_text(encoding="utf-8").splitlines()
