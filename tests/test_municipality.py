"""Two municipalities' own surveys: the one that is chosen before class stands on the wall and in what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import ask, lesson, risk_topic, show
from classroom import Classroom, Clock, disagreeing, first, guess, table

from clicker import library, words
from clicker.lesson import Audience, Figure, Figures, Lesson, Move, Phase, Step, StepKind, phase
from clicker.library.own_figures import figures_text
from clicker.library.survey_rows import COLUMNS
from clicker.report import build, csv_bytes
from clicker.report.results import topic_results
from clicker.room import Opening, Rooms, UnknownSurvey, own_content, own_figures
from clicker.room.screens import WallFacts
from clicker.safety import Declared, results, shown_from_data
from clicker.words.country import reference_label

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)
UNKNOWN = "We do not know the exact words of their question."
TESTBY, NABOBY = "Testby Kommune", "Naboby"
ALCOHOL = risk_topic(indicator="alcohol_weekly")
# Nobody does it, everybody guesses that five do, nobody finds it all right.
CALM = table({"others": guess(5), "own": first(0), "approve": disagreeing(99)})


def held_lesson() -> Lesson:
    frame = Step(StepKind.SAY, title="Ramme")
    return lesson(ALCOHOL, steps=(frame, ask("alcohol-weekly"), show("alcohol-weekly")))


def row(place: str, value: str, **changes: str) -> dict[str, str]:
    """One row of a survey of that place; 7th grade, all, 2025."""
    given = {
        "indicator": "alcohol_weekly",
        "value": value,
        "grade": "7. klasse",
        "sex": "all",
        "year": "2025",
    } | changes
    rest = {"measure": "prevalence", "unit": "percent", "survey": f"{place}s profil", "valid_until": "2031"}
    name = "_".join(("own", place[0], given["grade"][0], given["sex"], given["year"])).lower()
    return dict.fromkeys(COLUMNS, "") | rest | given | {"id": name, "region": place, "source_id": "own"}


def store_survey(rooms: Rooms, place: str, *rows: dict[str, str]) -> None:
    rooms.write(lambda tx: own_figures.add_figures(tx, place, rows, NOW))


@pytest.fixture
def both(rooms: Rooms) -> Rooms:
    """Two municipalities: 8 and 6 percent."""
    store_survey(rooms, TESTBY, row(TESTBY, "8"))
    store_survey(rooms, NABOBY, row(NABOBY, "6"))
    return rooms


def opened(rooms: Rooms, municipality: str = "", group: str = "7.B") -> Classroom:
    return Classroom.open(rooms, held_lesson(), municipality=municipality, group=group)


def figures_of(run: Classroom) -> tuple[Figure | None, Figure | None]:
    run.hold(CALM, until=Move.EVALUATE)
    shown = shown_from_data(run.rooms.read(lambda tx: tx.results(run.run_id))["alcohol-weekly", 1])
    return shown.figure, shown.beside


def on_the_wall(run: Classroom) -> WallFacts:
    """What the wall says of the country's press."""
    run.hold(CALM, until=Move.EVALUATE)
    for _ in range(9):
        facts = run.screen("wall")
        assert isinstance(facts, WallFacts)
        if phase(run.snapshot.run) is Phase.COUNTRY:
            return facts
        run.press(run.next_press())
    raise AssertionError("the wall never came to the country")


def test_the_chosen_municipality_stands_beside_the_country(both: Rooms) -> None:
    country, beside = figures_of(opened(both, TESTBY))
    assert country is not None
    assert beside is not None
    assert (country.owner, beside.owner, beside.high) == ("", TESTBY, 8)


def test_the_wall_names_the_chosen_municipality_and_no_other(both: Rooms) -> None:
    said = str(on_the_wall(opened(both, TESTBY)))
    assert "In Testby Kommune, 7. klasse: 92 of 100" in said
    assert NABOBY not in said


def test_without_a_choice_no_municipality_stands_on_the_wall(both: Rooms) -> None:
    country, beside = figures_of(opened(both))
    assert country is not None
    assert (country.owner, beside) == ("", None)


def test_one_alone_is_not_taken_either_where_none_was_chosen(rooms: Rooms) -> None:
    store_survey(rooms, TESTBY, row(TESTBY, "8"))
    assert figures_of(opened(rooms))[1] is None


def test_several_municipalities_without_a_choice_are_none(both: Rooms) -> None:
    own, declared = both.read(own_content), Declared(ALCOHOL, Audience.PUPILS, (7,))
    assert municipal(library.figures_for(declared, TODAY, own)) is None
    assert municipal(library.figures_for(declared, TODAY, own.of(""))) is None
    assert municipal(library.figures_for(declared, TODAY, own.of("Fjernby"))) is None
    found = municipal(library.figures_for(declared, TODAY, own.of(NABOBY)))
    assert found is not None
    assert found.owner == NABOBY


def municipal(figures: Figures) -> Figure | None:
    return figures.municipal_behaviour


def test_a_municipality_without_figures_cannot_be_chosen(both: Rooms) -> None:
    with pytest.raises(UnknownSurvey):
        both.create(Opening(held_lesson(), "Skolen", "7.B", municipality="Fjernby"))


def test_the_choice_is_kept_as_the_survey_is_spelt(both: Rooms) -> None:
    card = both.create(Opening(held_lesson(), "Skolen", "7.B", municipality="testby kommune"))
    assert record(both, card.id).municipality == TESTBY


def record(rooms: Rooms, run_id: str) -> Any:
    return rooms.read(lambda tx: tx.run(run_id))


def test_p5_a_survey_that_changes_later_changes_nothing_evaluated(both: Rooms) -> None:
    run = opened(both, TESTBY)
    run.hold(CALM, until=Move.EVALUATE)
    kept = both.read(lambda tx: tx.results(run.run_id))
    store_survey(both, TESTBY, row(TESTBY, "1"))
    assert both.read(lambda tx: tx.results(run.run_id)) == kept
    both.write(lambda tx: own_figures.remove_figures(tx, TESTBY))
    assert both.read(lambda tx: tx.results(run.run_id)) == kept
    run.hold(CALM)
    report = both.read(lambda tx: build(tx, run.run_id, today=TODAY, lang="en"))
    assert "In Testby Kommune, 7. klasse: 92 of 100" in csv_bytes(report).decode("utf-8-sig")


def test_a_survey_deleted_before_the_answers_are_counted_stands_nowhere(both: Rooms) -> None:
    run = opened(both, TESTBY)
    both.write(lambda tx: own_figures.remove_figures(tx, TESTBY))
    country, beside = figures_of(run)
    assert country is not None
    assert beside is None


def proposed(rooms: Rooms, *twins: str) -> str:
    return rooms.read(lambda tx: own_figures.preselected(tx, twins))


def test_the_only_municipality_is_proposed(rooms: Rooms) -> None:
    assert proposed(rooms) == ""
    store_survey(rooms, TESTBY, row(TESTBY, "8"))
    assert proposed(rooms) == TESTBY


def test_of_several_the_last_that_was_chosen_is_proposed(both: Rooms, clock: Clock) -> None:
    assert proposed(both) == ""
    opened(both, TESTBY, group="7.A")
    assert proposed(both) == TESTBY
    clock.forward(days=1)
    opened(both, NABOBY, group="7.B")
    assert proposed(both) == NABOBY


def test_a_municipality_that_is_gone_is_not_proposed(both: Rooms) -> None:
    opened(both, TESTBY)
    both.write(lambda tx: own_figures.remove_figures(tx, TESTBY))
    assert proposed(both) == NABOBY


def test_a_twin_is_proposed_the_municipality_of_its_class(both: Rooms, clock: Clock) -> None:
    run = opened(both, TESTBY, group="7.A")
    clock.forward(days=1)
    opened(both, NABOBY, group="7.B")
    assert proposed(both, run.run_id) == TESTBY


def result_of(run: Classroom) -> dict[str, Any]:
    """The one topic of results.json, when the country has been on the wall."""
    on_the_wall(run)
    (entry,) = run.rooms.read(lambda tx: topic_results(tx, run.run_id, "en"))
    return entry


def test_both_figures_stand_in_the_results(both: Rooms) -> None:
    entry = result_of(opened(both, TESTBY))
    town = {"name": TESTBY, "value": 8.0, "unit": "percent", "year": 2025, "source": "Testby Kommunes profil"}
    assert entry["municipality"] == town
    assert (entry["figure"]["value"], entry["figure"]["source"]) == (3.0, "Skolebørnsundersøgelsen")


def test_a_municipality_that_stands_alone_is_not_called_the_country_in_the_results(both: Rooms) -> None:
    store_survey(both, TESTBY, row(TESTBY, "9", indicator="theft_repeated"))
    stealing = risk_topic("stealing", indicator="theft_repeated", group="crime")
    held = lesson(stealing, steps=(Step(StepKind.SAY, title="Ramme"), ask("stealing"), show("stealing")))
    entry = result_of(Classroom.open(both, held, municipality=TESTBY))
    assert entry["figure"] is None
    assert (entry["municipality"]["name"], entry["municipality"]["value"]) == (TESTBY, 9.0)


def test_a_kept_result_names_both_figures(both: Rooms) -> None:
    run = opened(both, TESTBY)
    run.hold(CALM, until=Move.EVALUATE)
    shown = shown_from_data(both.read(lambda tx: tx.results(run.run_id))["alcohol-weekly", 1])
    assert shown.figure is not None
    assert shown.beside is not None
    kept = results(shown, Declared(ALCOHOL, Audience.PUPILS, (7,)))
    assert {one.figure_id for one in kept if one.n} == {f"{shown.figure.id}+{shown.beside.id}"}


def test_the_report_names_both_figures(both: Rooms) -> None:
    run = opened(both, TESTBY)
    run.hold(CALM)
    (finding,) = both.read(lambda tx: build(tx, run.run_id, today=TODAY, lang="en")).findings
    country, town = finding.references
    assert country.said.text.startswith("In the whole country, 7. klasse: 97 of 100")
    assert town.said.text.startswith("In Testby Kommune, 7. klasse: 92 of 100")
    assert town.source == "Asked: 7. klasse (Testby Kommune), 2025. Source: Testby Kommunes profil. " + UNKNOWN


def own_of(*rows: dict[str, str]) -> library.Own:
    return library.Own(figures=((TESTBY, figures_text(rows)),))


def town_for(grade: int, *rows: dict[str, str]) -> Figure:
    """The municipality's figure for that grade."""
    found = municipal(library.figures_for(Declared(ALCOHOL, Audience.PUPILS, (grade,)), TODAY, own_of(*rows)))
    assert found is not None
    return found


def test_8th_grade_gets_the_municipalitys_both_neighbours_by_name() -> None:
    found = town_for(8, row(TESTBY, "3"), row(TESTBY, "25", grade="9. klasse"))
    assert [(one.population, one.low) for one in found.named] == [("7. klasse", 3), ("9. klasse", 25)]
    assert (found.low, found.high, found.owner) == (3, 25, TESTBY)
    said = words.reference_sentence(ALCOHOL, found, TODAY, "en")
    assert said == "In Testby Kommune: 97 of 100 (7. klasse) and 75 of 100 (9. klasse) drikker ikke alkohol hver uge"
    line = words.source_line(found, TODAY, "en")
    assert line.startswith("Nearest figures: 7. klasse and 9. klasse (Testby Kommune), 2025. Source: ")


def test_one_sex_of_the_municipality_is_said() -> None:
    boys = row(TESTBY, "9", sex="male", year="2024")
    girls = row(TESTBY, "5", sex="female")
    found = town_for(7, boys, girls)
    assert (found.low, found.high, found.parts) == (5, 5, "piger")
    said = words.reference_sentence(ALCOHOL, found, TODAY, "en")
    assert said == "In Testby Kommune, 7. klasse (piger): 95 of 100 drikker ikke alkohol hver uge"


def test_the_wall_says_who_was_asked_in_the_municipality_too(rooms: Rooms) -> None:
    store_survey(rooms, TESTBY, row(TESTBY, "5", sex="female"))
    facts = on_the_wall(opened(rooms, TESTBY))
    assert "In Testby Kommune, 7. klasse (piger): 95 of 100" in facts.line
    assert "Asked: 7. klasse (piger, Testby Kommune), 2025. Source: Testby Kommunes profil." in facts.source


def test_a_long_name_stands_in_the_sentence_and_not_in_the_mark() -> None:
    found = town_for(7, row(TESTBY, "8"))
    names = (TESTBY, "Ringkøbing-Skjern Kommune")
    labels = [reference_label(replace(found, owner=name), named=False, healthy=True, lang="en") for name in names]
    assert labels == ["Testby Kommune: 92 of 100", "The municipality: 92 of 100"]
