"""The parents' evening as the twin of its class: what is asked, what stands on wall and phones, what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import attitude_topic, figure, guesses_topic, judged, neutral_topic, risk_topic
from classroom import SKIP, Classroom, Clock, Quiet, Rule, guess, table
from finished_classes import ALCOHOL, HELD, year_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parents import CLASS, evening, hold_class, klass, meet, of_attitude, of_children, parents, pupils
from watched import Told, Watched, _connected

from clicker import library
from clicker.lesson import Audience, Figures, Move, Phase, Run, Sensitivity, Topic, Verdict
from clicker.report import build, csv_bytes, posters
from clicker.report.own_child import OwnChild, over_meetings
from clicker.report.results import topic_results
from clicker.room import Loop, Rooms
from clicker.room.children import children_beside
from clicker.room.phone_screen import phone_facts
from clicker.room.voting import Taps
from clicker.safety import Banded, Shown, shown_to_data
from clicker.store import Store, Transaction
from clicker.web import Config, create_app, live_of
from clicker.web.addresses import Addresses

Looks = list[tuple[str, Any]]


def looking(run: Classroom) -> tuple[Looks, Callable[[], None]]:
    """The wall after each press, in the language of the rooms."""
    walls: Looks = []

    def look() -> None:
        from clicker.room import facts

        wall = facts(run.snapshot, "wall", today=run.rooms.today(), lang="da")
        walls.append((wall.view, wall))

    return walls, look


def asked(run: Classroom) -> list[str]:
    return [topic.id for topic in run.snapshot.run.lesson.asked_topics()]


# What is asked


def test_parents_are_asked_what_their_class_may_answer_in_the_class_s_words(rooms: Rooms) -> None:
    run = meet(hold_class(rooms))
    assert asked(run) == ["coffee", "children-alcohol", "children-speak-up", "children-ok"]
    topic = run.snapshot.run.lesson.topic("children-alcohol")
    assert (topic.unhealthy, topic.grades, str(topic.sensitivity)) == ("drikker alkohol hver uge", (7,), "S2")
    assert run.snapshot.run.children == CLASS


def test_a_guess_counts_the_children_of_the_class(rooms: Rooms) -> None:
    run = meet(hold_class(rooms))
    run.hold(parents(), until=Move.OPEN)
    prompts = {one.address: one for one in phone_facts(run.snapshot, "da").prompts}
    about = prompts["children-alcohol.children.1"]
    assert about.text == "Hvor mange af de 24 børn?"
    assert [token for token, _ in about.choices] == [*(f"{number:03d}" for number in range(25)), SKIP]
    assert about.choices[-1][1] == "Ved ikke"


def test_the_parents_own_questions_come_first(rooms: Rooms) -> None:
    content = evening(of_children(), neutral_topic("coffee"), risk_topic("party"))
    run = meet(hold_class(rooms), content=content)
    run.hold(parents(), until=Move.OPEN)
    kinds = [one.address.split(".")[1] for one in phone_facts(run.snapshot, "da").prompts]
    assert kinds == ["others", "own", "others", "own", "approve", "children"]


def test_what_the_class_was_not_asked_or_not_shown_is_taken_out_and_the_consultant_is_told(rooms: Rooms) -> None:
    held = hold_class(rooms, klass(9), pupils(risk_topic(), attitude_topic()))
    run = meet(held, content=evening(neutral_topic("coffee"), of_children(), of_children("else", "gone", title="X")))
    assert asked(run) == ["coffee"]
    assert run.screen("consultant_private").children == (
        "Not asked, because the class was not asked about it: X.",
        "Not asked, because the number that parents would guess may not be shown: Børnene.",
    )
    assert run.screen("consultant").children == ()


def test_a_question_of_another_kind_is_not_the_same_question(rooms: Rooms) -> None:
    held = hold_class(rooms, content=pupils(risk_topic()))
    run = meet(held, content=evening(neutral_topic("coffee"), of_attitude("children-ok", "alcohol-weekly")))
    assert asked(run) == ["coffee"]


def test_without_a_class_the_lesson_runs_as_it_did(rooms: Rooms) -> None:
    run = Classroom.open(rooms, evening())
    assert asked(run) == ["coffee"]
    assert run.screen("consultant_private").children == ()


# What is shown


def test_guess_children_and_when_they_answered_stand_on_the_wall(rooms: Rooms) -> None:
    run = meet(hold_class(rooms))
    walls, look = looking(run)
    run.hold(parents(), look=look)
    shown = [wall for view, wall in walls if view == "reveal" and wall.topic == "Børnene"]
    guessed, answered = shown[:2]
    assert "9 af 24" in guessed.title
    assert answered.title == "Mindst 21 af de 24 elever, der svarede, drikker ikke alkohol hver uge"
    assert answered.line.startswith("Vi gættede på, at 9 af de 24 børn drikker alkohol hver uge. ")
    assert "0-3" not in repr(answered)  # P11: only the sentence
    assert answered.source == "Klassen svarede den 2. marts 2026."
    speak_up = next(
        wall for _view, wall in walls if wall.title.startswith("Mindst 21 af de 24 elever, der svarede, ville")
    )
    assert dict(speak_up.rows)["Børnene"] == "21-24"
    assert "Svaret er 21-24 af 24." in speak_up.line


def test_a_phone_shows_its_own_guess_beside_the_children_s_answer(rooms: Rooms) -> None:
    run = meet(hold_class(rooms))
    run.hold(parents(), until=Move.EVALUATE)
    while run.screen("wall").topic != "Børnene" or run.screen("wall").view != "reveal":
        run.press(run.next_press())
    now = run.mine(3).now
    assert now is not None
    assert (now.title, [row.value for row in now.rows]) == ("Børnene", ["9 of 24"])
    run.press(Move.REVEAL)
    now = run.mine(3).now
    assert now is not None
    assert "At least 21 of the 24 pupils who answered drikker ikke alkohol hver uge." in now.line
    assert [row.role for row in now.rows] == ["guess"]


def test_at_the_end_the_sentence_about_the_children_is_said_once_more(rooms: Rooms) -> None:
    run = meet(hold_class(rooms))
    walls, look = looking(run)
    run.hold(parents(), look=look)
    assert "Mindst 21 af de 24 elever, der svarede, drikker ikke alkohol hver uge." in walls[-1][1].lines


def test_the_report_says_what_parents_saw_and_no_number_of_s2_stands_alone(rooms: Rooms, store: Store) -> None:
    run = meet(hold_class(rooms))
    run.hold(parents())
    report = store.read(lambda tx: build(tx, run.run_id, today=rooms.today(), lang="da"))
    found = {one.topic: one for one in report.findings}
    alcohol = found["children-alcohol"].children
    assert alcohol is not None
    assert alcohol.text.startswith("Mindst 21 af de 24 elever, der svarede, drikker ikke alkohol hver uge.")
    assert alcohol.text.endswith("Klassen svarede den 2. marts 2026.")
    assert (alcohol.low, alcohol.high, alcohol.of) == (None, None, None)
    speak_up = found["children-speak-up"].children
    assert speak_up is not None
    assert (speak_up.low, speak_up.high, speak_up.of) == (21, 24, 24)
    assert "Børnene" in csv_bytes(report).decode("utf-8-sig")


def test_with_two_classes_parents_guess_out_of_a_hundred_and_see_the_country_alone(
    store: Store, loop: Loop, clock: Clock
) -> None:
    rooms = Rooms(store, loop, choose_figures=lambda *_: Figures(figure(8)), lang="en", clock=clock)
    rooms.open_for(Quiet())
    content = pupils(risk_topic(indicator="alcohol_weekly"), neutral_topic())
    classes = [hold_class(rooms, content=content, group=group) for group in ("7.A", "7.B")]
    run = meet(*classes, content=evening(of_children(), neutral_topic("coffee")), group="7. klasse")
    assert run.screen("consultant_private").children == (
        "The children's answers are not shown: of two classes each could subtract its own from the sum.",
    )
    run.hold(parents(40))
    shown = run.snapshot.shown["children-alcohol"]
    assert shown.reveals == (Phase.GUESSES, Phase.COUNTRY)
    assert shown.children is None
    assert shown.guesses is not None
    assert shown.guesses.top == 100


def year(rooms: Rooms, *ks: int) -> list[Classroom]:
    return [hold_class(rooms, klass(k), group=f"7.{letter}") for k, letter in zip(ks, "ABCDE", strict=False)]


def test_p12_of_three_classes_parents_see_the_sum_and_what_it_counts(rooms: Rooms) -> None:
    run = meet(*year(rooms, 1, 2, 3), group="7. klasse")
    walls, look = looking(run)
    run.hold(parents(40), look=look)
    titles = [wall.title for view, wall in walls if view == "reveal"]
    assert "Mindst 63 af de 72, der svarede i 3 klasser, drikker ikke alkohol hver uge" in titles
    assert not any("årgang" in title or "skolen" in title for title in titles)


def test_p12_once_three_classes_are_shown_a_fourth_is_not_put_to_them(rooms: Rooms, clock: Clock) -> None:
    classes = year(rooms, 1, 2, 3, 0)
    meet(*classes[:3], group="7. klasse").hold(parents(40))
    clock.forward(weeks=7)
    run = meet(*classes, group="Hele 7. klasse")
    assert run.screen("consultant_private").children[-1] == (
        "The children's answers are not shown: they were shown in another group of classes before."
    )
    run.hold(parents(40))
    assert run.snapshot.shown.get("children-alcohol") is None or (
        run.snapshot.shown["children-alcohol"].children is None
    )


def poster_of(*classes: Classroom) -> posters.Publication:
    """The classes' alcohol on a poster."""
    rooms, runs = classes[0].rooms, [one.run_id for one in classes]
    key = next(one.key for one in rooms.read(lambda tx: posters.sift(tx, runs)) if one.key.startswith("alcohol-weekly"))
    return rooms.write(lambda tx: posters.publish(tx, runs, key, rooms.now()))


def shown_to_parents(*classes: Classroom, until: Move | None = None) -> Classroom:
    group = classes[0].snapshot.group if len(classes) == 1 else "7. klasse"
    run = meet(*classes, group=group, content=evening(neutral_topic("coffee"), of_children()))
    run.hold(parents(9 if len(classes) == 1 else 40), **({"until": until} if until else {}))
    return run


def children_seen(run: Classroom) -> bool:
    shown = run.snapshot.shown.get("children-alcohol")
    return shown is not None and shown.children is not None


@pytest.mark.parametrize("more", [slice(0, 4), slice(1, 4), slice(2, 5)], ids=str)
def test_p12_what_parents_saw_stands_on_no_poster_with_other_classes(rooms: Rooms, more: slice) -> None:
    classes = year(rooms, 1, 2, 3, 0, 1)
    assert children_seen(shown_to_parents(*classes[:3]))
    with pytest.raises(posters.Overlaps):
        poster_of(*classes[more])
    assert poster_of(*classes[:3]).runs == tuple(sorted(one.run_id for one in classes[:3]))


def test_p12_what_stands_on_a_poster_is_not_shown_to_parents_with_other_classes(rooms: Rooms, clock: Clock) -> None:
    classes = year(rooms, 1, 2, 3, 0)
    poster_of(*classes)
    run = shown_to_parents(*classes[:3])
    assert not children_seen(run)
    clock.forward(weeks=7)
    assert children_seen(shown_to_parents(*classes))


def test_p12_a_poster_that_is_made_before_the_counting_is_counted_in(rooms: Rooms) -> None:
    classes = year(rooms, 1, 2, 3, 0)
    run = shown_to_parents(*classes[:3], until=Move.CLOSE)
    poster_of(*classes)
    run.hold(parents(40))
    assert not children_seen(run)


def test_p12_an_evening_that_was_thrown_away_may_have_shown_its_classes(rooms: Rooms) -> None:
    classes = year(rooms, 1, 2, 3, 0)
    run = shown_to_parents(*classes[:3], until=Move.FINISH)
    rooms.discard(run.run_id)
    with pytest.raises(posters.Overlaps):
        poster_of(*classes)


def test_p12_a_hidden_class_is_in_no_sum_and_makes_no_other_group(rooms: Rooms) -> None:
    classes = year(rooms, 1, 2, 3, 20)
    assert children_seen(shown_to_parents(*classes))
    assert len(poster_of(*classes[:3]).runs) == 3


def test_p11_what_one_class_showed_its_parents_leaves_the_poster_of_several_free(rooms: Rooms) -> None:
    classes = year(rooms, 1, 2, 3)
    assert children_seen(shown_to_parents(classes[0]))
    poster_of(*classes)
    assert children_seen(shown_to_parents(classes[1]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 6), min_size=3)), min_size=2, max_size=6))
def test_p12_what_parents_and_posters_have_shown_is_one_partition(
    store: Store, moves: list[tuple[bool, set[int]]]
) -> None:
    """In whatever order: of all that was shown no two groups of classes overlap."""
    runs = year_of(store, ALCOHOL, (0, 1, 2, 3, 1, 2, 0))
    key = store.read(lambda tx: posters.sift(tx, runs))[0].key
    topic = of_children(sensitivity=Sensitivity.S2)

    def hold_all(tx: Transaction) -> list[frozenset[str]]:
        shown = []
        tx.keep_setting("posters", "[]")
        for place, (poster, chosen) in enumerate(moves):
            classes = frozenset(runs[number] for number in chosen)
            try:
                if poster:
                    posters.publish(tx, sorted(classes), key, HELD)
            except posters.Overlaps:
                continue
            if poster or keep_evening(tx, f"evening-{place}", classes, topic):
                shown.append(classes)
        for place in range(len(moves)):
            tx.delete_run(f"evening-{place}")
        return shown

    groups = store.write(hold_all)
    assert groups
    assert all(one == other or not one & other for one in groups for other in groups)


def keep_evening(tx: Transaction, run_id: str, classes: frozenset[str], topic: Topic) -> bool:
    """An evening of these classes as it is kept; whether it showed their children's answers."""
    children = children_beside(tx, classes, topic)
    if children is None:
        return False
    first = tx.run(min(classes))
    assert first is not None
    twin = {"twin": {"kind": "parents", "runs": sorted(classes)}}
    tx.add_run(replace(first, id=run_id, code="EFGH", run=Run(evening(topic)), choices=twin))
    shown = Shown(topic.id, Verdict.SHOW, (Phase.GUESSES, Phase.CHILDREN), children=children)
    tx.keep_result(run_id, topic.id, 1, shown_to_data(shown))
    return True


def test_a_class_deleted_before_the_counting_is_not_shown(rooms: Rooms) -> None:
    held = hold_class(rooms)
    run = meet(held)
    run.hold(parents(), until=Move.CLOSE)
    rooms.discard(held.run_id)
    run.hold(parents())
    assert run.snapshot.shown["children-alcohol"].reveals == ()


def test_more_than_31_children_are_guessed_out_of_a_hundred(rooms: Rooms) -> None:
    run = meet(hold_class(rooms, klass(others=guess(10), others_approve=guess(10)), size=33))
    run.hold(parents(40), until=Move.OPEN)
    types = {one.address: len(one.choices) for one in phone_facts(run.snapshot, "da").prompts}
    assert types["children-alcohol.children.1"] == 22


# What can be known of a class


@pytest.fixture
def evenings(tmp_path: Path, loop: Loop, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[bytes]]:
    """Everything that an evening tells and keeps, of a class in which so many drink every week."""

    def hold(k: int) -> list[bytes]:
        names = iter(("class", "evening"))
        codes = iter(("CDFG", "HJKM"))
        monkeypatch.setattr("clicker.room.opening.new_id", lambda: next(names))
        monkeypatch.setattr("clicker.room.opening.new_code", lambda _live: next(codes))
        store = Store(f"sqlite:///{tmp_path / f'{k}.db'}", durable=False)
        rooms = Rooms(store, loop, choose_figures=lambda *_: Figures(figure(8)), lang="da", clock=Clock())
        app, socket = create_app(
            Config(rooms, "secret", Addresses(["127.0.0.1"], 8000), "da"), {"async_mode": "threading"}
        )
        live_of(app)._asked = Taps(burst=10_000)
        rooms.open_for(Quiet())
        run = meet(hold_class(rooms, klass(k)), size=12)
        told = Watched(run, app, _connected(app, socket, run)).hold(parents())
        return [*map(content, told), *kept(store, run), *pages(app, run)]

    return hold


def content(told: Told) -> bytes:
    return told.moment.encode() + told.who.encode() + told.content


def kept(store: Store, run: Classroom) -> list[bytes]:
    """What stays in the store, the report, its table and the results."""
    day = run.rooms.today()
    report = store.read(lambda tx: build(tx, run.run_id, today=day, lang="da"))
    data = store.read(lambda tx: sorted((str(key), value) for key, value in tx.results(run.run_id).items()))
    results = store.read(lambda tx: topic_results(tx, run.run_id, "da"))
    record = store.read(lambda tx: tx.run(run.run_id))
    return [
        repr(data).encode(),
        repr(results).encode(),
        csv_bytes(report),
        repr(report).encode(),
        repr(record).encode(),
    ]


def pages(app: Any, run: Classroom) -> list[bytes]:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["consultant"], session["private"] = True, True
    paths = (
        f"/consultant/run/{run.run_id}",
        f"/consultant/run/{run.run_id}/report",
        f"/{run.code}",
        "/consultant/own-child",
    )
    return [browser.get(path).data for path in paths]


def test_p11_the_evening_is_the_same_for_0_to_3_and_the_same_for_all_that_may_not_leave(
    evenings: Callable[[int], list[bytes]],
) -> None:
    none, three = evenings(0), evenings(3)
    assert b"Mindst 21 af de 24 elever" in b"".join(none)
    assert none == three
    five, nine, all_but_one = evenings(5), evenings(9), evenings(23)
    assert five == nine == all_but_one
    # The class's topic is named in the lesson that was fitted, which the consultant's record keeps, and nowhere else.
    assert [told for told in five if b"alkohol hver uge" in told and b"RunRecord" not in told] == []


# One's own child (P14)


def test_p14_own_child_is_asked_and_shown_as_a_band_alone(rooms: Rooms) -> None:
    run = Classroom.open(rooms, library.lesson("foraeldre-7-9"), size=16, group="Forældre")
    less: Rule = table({"own-child.own.1": lambda number: "000" if number < 14 else "002"})
    run.hold(less)
    shown = run.snapshot.shown["own-child"]
    assert (shown.reveals, shown.own, shown.figure, shown.guesses) == ((Phase.OWN,), Banded(13, 16, 16), None, None)
    report = rooms.read(lambda tx: build(tx, run.run_id, today=rooms.today(), lang="da"))
    assert "own-child" not in [finding.topic for finding in report.findings]


def own_child_meeting(rooms: Rooms, number: int, less: int, size: int = 16) -> Classroom:
    run = Classroom.open(rooms, library.lesson("foraeldre-7-9"), size=size, group=f"Møde {number}")
    said: Rule = table({"own-child.own.1": lambda phone: "000" if phone < less else "001"})
    run.hold(said)
    return run


def test_p14_the_contrast_takes_three_meetings_and_stands_beside_the_country(rooms: Rooms) -> None:
    def page() -> OwnChild:
        day = rooms.today()
        return rooms.read(lambda tx: over_meetings(tx, lambda one: library.figures_for(one, day), day, "da"))

    own_child_meeting(rooms, 1, 14)
    own_child_meeting(rooms, 2, 9)
    own_child_meeting(rooms, 3, 8, size=9)  # too few answers: of no use
    assert page() == OwnChild(meetings=2, wanted=3)
    own_child_meeting(rooms, 4, 16)
    found = page()
    believed = "tror, at deres barn drikker mindre end gennemsnittet"
    assert found.less == f"35-41 af de 48, der svarede ved 3 møder, {believed}."
    assert found.contrast == "Det er 22-34 flere end dem, der svarer det samme eller mere."
    assert f"76 af 100 {believed}" in found.country
    assert "2021" in found.source


def test_p14_a_fourth_meeting_waits_for_two_more_so_that_none_can_be_subtracted(rooms: Rooms, clock: Clock) -> None:
    def page() -> OwnChild:
        day = rooms.today()
        return rooms.read(lambda tx: over_meetings(tx, lambda one: library.figures_for(one, day), day, "da"))

    seen_by_then = []
    for number, less in enumerate((9, 8, 10, 7, 12, 11), 1):
        own_child_meeting(rooms, number, less)
        clock.forward(days=1)
        seen_by_then.append(page())
    assert [one.meetings for one in seen_by_then] == [1, 2, 3, 3, 3, 6]
    assert len(set(seen_by_then[2:5])) == 1
    assert seen_by_then[5].less.startswith("57 af de 96, der svarede ved 6 møder")


# The guard over the parents' own answers


def of_parents(k: int, guess: int, **more: Any) -> Shown:
    """Of 20 parents k would give leave to drink."""
    topic = library.lesson("foraeldre-7-9").topic("party-alcohol")
    return judged(topic, k=k, n=20, guess=guess, audience=Audience.PARENTS, grades=(7, 8, 9), **more)


def test_g3_where_most_parents_give_leave_nothing_of_it_is_shown() -> None:
    assert of_parents(12, 90, protecting=5).reveals == ()


def test_g4_parents_are_not_told_that_they_guessed_too_low() -> None:
    assert of_parents(6, 20, protecting=5).reveals == ()


def test_g8_where_few_find_it_all_right_their_attitude_is_shown_instead() -> None:
    shown = of_parents(9, 20, protecting=15)
    assert (shown.verdict, shown.reveals) == (Verdict.SHOW_ATTITUDE, (Phase.ATTITUDE,))


def test_g4_where_few_give_leave_and_many_were_guessed_it_is_shown() -> None:
    shown = of_parents(2, 50)
    assert (shown.verdict, shown.own) == (Verdict.SHOW, Banded(0, 3, 20))


def test_g4_of_a_rule_that_protects_a_guess_that_is_too_high_hides_it() -> None:
    topic = library.lesson("foraeldre-5-6").topic("screen-rules")
    few, many = (
        judged(topic, k=12, n=20, guess=guess, audience=Audience.PARENTS, grades=(5, 6), protecting=6)
        for guess in (80, 30)
    )
    assert few.reveals == ()
    assert many.reveals == ()  # 12 of 20 is no clear majority once the attitude does not carry it (G7)
    carried = judged(topic, k=15, n=20, guess=40, audience=Audience.PARENTS, grades=(5, 6), protecting=18)
    assert carried.reveals == (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE)


def test_g2_parents_of_fifth_grade_may_talk_about_substances() -> None:
    shown = judged(guesses_topic(grades=(7,)), guess=50, country=figure(8), audience=Audience.PARENTS, grades=(5, 6))
    assert shown.reveals == (Phase.GUESSES, Phase.COUNTRY)
