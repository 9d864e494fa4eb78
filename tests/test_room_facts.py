"""The privacy heart: what wall, consultant and phones are told does not depend on what may not be known (P2-P7).

Whole runs are held, and every byte that any screen gets at any step is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from builders import SAY, again, ask, lesson, neutral_topic, prompt, risk_topic, show
from classroom import SKIP, Rule, disagreeing, first, guess, table
from watched import Told, Watched, watch

from clicker import words
from clicker.lesson import Kind, Lesson, Move, Phase, Step, StepKind, Verdict, phase
from clicker.room import Loop

N = 12
ALCOHOL = risk_topic(
    title="Om alkohol",
    healthy="drikker ikke alkohol hver uge",
    unhealthy="drikker alkohol hver uge",
    approve=prompt(Kind.APPROVE, healthy="synes ikke, det er i orden"),
)
SNUS = replace(ALCOHOL, id="snus", title="Om snus", healthy="bruger ikke snus", unhealthy="bruger snus")
HAND = neutral_topic(title="Venstre hånd", healthy="skriver med venstre hånd")
STEPS = (
    SAY,
    ask("left-handed", together=True),
    ask("alcohol-weekly", "snus"),
    *map(show, ("left-handed", "alcohol-weekly", "snus")),
    again("snus"),
    Step(StepKind.HELP, title="Tag det med"),
)
LESSON = lesson(HAND, ALCOHOL, SNUS, steps=STEPS)

Make = Callable[..., Watched]


@pytest.fixture
def watched(tmp_path: Path, loop: Loop) -> Iterator[Make]:
    """Makes watched classes, each with a database of its own."""
    made: list[Watched] = []

    def make(held: Lesson = LESSON, size: int = N, share: float = 5) -> Watched:
        made.append(watch(tmp_path / f"{len(made)}.db", loop, held, size, share))
        return made[-1]

    yield make
    for one in made:
        one.room.rooms.stop()


def klass(alcohol: Callable[[int], str], /, *, against: int = 11, **more: Callable[[int], str]) -> Rule:
    """A class that answers so about alcohol; `against` of twelve find it and snus wrong, two use snus."""
    answers = {"alcohol-weekly.own.1": alcohol, "own": first(2), "others": guess(6), "approve": disagreeing(against)}
    return table(answers | more)


def assert_same(one: list[Told], other: list[Told]) -> None:
    """The same to the last byte, told by the first place where it is not."""
    for a, b in zip(one, other, strict=True):
        assert a == b, f"{a.who} {a.moment}"


@pytest.mark.parametrize("band", [range(4), range(N - 3, N + 1)], ids=["0-3", "9-12"])
def test_p2_within_a_band_no_screen_differs_at_any_step(watched: Make, band: range) -> None:
    held = [watched().hold(klass(first(k))) for k in band]
    for other in held[1:]:
        assert_same(held[0], other)


def test_the_bands_themselves_differ_so_that_the_comparison_means_something(watched: Make) -> None:
    low, high = (watched().hold(klass(first(k))) for k in (2, 10))
    assert [told.content for told in low] != [told.content for told in high]


def test_p3_exchanging_two_answers_changes_no_byte(watched: Make) -> None:
    four = (0, 4, 7, 11)
    some = watched().hold(klass(lambda number: "001" if number in (0, 1, 2, 3, 4) else "000"), four)
    others = watched().hold(klass(lambda number: "001" if number in (7, 1, 2, 3, 11) else "000"), four)
    assert_same(some, others)


def test_p3_the_kept_results_do_not_tell_who_answered_what(watched: Make) -> None:
    kept = []
    for yes in ({0, 1, 2, 3, 4}, {7, 8, 9, 10, 11}):
        seen = watched()
        seen.room.hold(klass(lambda number, yes=yes: "001" if number in yes else "000"), Move.EVALUATE)
        kept.append(seen.room.rooms.read(lambda tx: repr(sorted(tx.results("run").items()))))
    assert kept[0] == kept[1]


def test_p4_two_phones_with_the_same_guess_are_told_the_same(watched: Make) -> None:
    told = watched().hold(klass(first(2)), phones=(0, 1, 5, 11))
    for moment in {one.moment for one in told}:
        phones = {one.content for one in told if one.moment == moment and one.who.startswith("phone ")}
        assert len(phones) <= 1
    assert any(b"Dit g" in one.content for one in told if one.who == "phone 0")


@pytest.mark.parametrize("own", [first(N), lambda _number: SKIP], ids=["all yes", "all skip"])
def test_p5_p16_before_evaluate_nothing_depends_on_own_answers(watched: Make, own: Callable[[int], str]) -> None:
    everybody = {"own": own, "approve": own}
    before = [
        [told for told in watched().hold(rule, until=Move.EVALUATE) if not told.evaluated]
        for rule in (klass(first(0)), klass(own, **everybody))
    ]
    assert len(before[0]) > 20
    assert_same(*before)


def test_p6_while_something_sensitive_is_open_the_wall_gets_four_words_and_no_number(watched: Make) -> None:
    seen = watched()
    while not any(prompt_facts.address.startswith("snus") for prompt_facts in seen.room.screen("phone").prompts):
        seen.room.step(klass(first(2)))
    told, answers = [], []
    for prompt_facts in seen.room.screen("phone").prompts:
        for number in range(N):
            # Every second one says nothing; the wall must not tell them from the others.
            answers.append(SKIP if number % 2 else prompt_facts.choices[0][0])
            seen.room.vote(number, prompt_facts.address, answers[-1])
            count = seen.room.screen("wall").count
            assert (count.answered, count.expected) == (None, None)
            told.append(seen.told("wall"))
    assert not separates(told)
    skips = [answers[: number + 1].count(SKIP) for number in range(len(answers))]
    assert separates(list(zip(told, skips, strict=True))), "a planted number of skips is not found"
    assert separates(list(enumerate(told))), "a planted exact count is not found"


def separates(told: Sequence[object]) -> bool:
    """P6: whether the wall tells more of a sensitive block than four words, one after the other."""
    changes = sum(one != other for one, other in pairwise(told))
    return changes > 3 or len(set(told)) > 4


def test_a_neutral_question_may_be_counted_on_the_wall(watched: Make) -> None:
    seen = watched()
    seen.room.press(Move.START, Move.NEXT, Move.OPEN)
    seen.room.vote(0, "left-handed.others.1", "003")
    count = seen.room.screen("wall").count
    assert (count.answered, count.expected) == (1, N)


# Six of twelve find it all right, so nothing of alcohol can be shown once more than three drink.
DIVIDED = 6


def test_p7_a_hidden_topic_looks_the_same_for_every_count(watched: Make) -> None:
    held = []
    for k in (4, 8, N):
        seen = watched()
        held.append(seen.hold(klass(first(k), against=DIVIDED)))
        assert seen.room.snapshot.shown["alcohol-weekly"].verdict is Verdict.HIDE
    for other in held[1:]:
        assert_same(held[0], other)


def test_p7_a_hidden_topic_is_named_on_no_wall_and_after_the_questions_on_no_phone(watched: Make) -> None:
    told = watched().hold(klass(first(8), against=DIVIDED))
    for one in told:
        if one.who == "wall" or (one.who.startswith("phone") and one.evaluated):
            assert b"alkohol" not in one.content.lower(), f"{one.who} {one.moment}"
            assert b"alcohol" not in one.content.lower(), f"{one.who} {one.moment}"
    assert any(b"snus" in one.content for one in told if one.who == "wall")


def test_p7_a_run_that_stands_at_a_hidden_topic_when_it_is_counted_names_nothing(watched: Make) -> None:
    seen = watched(lesson(ALCOHOL, steps=(SAY, ask("alcohol-weekly"), show("alcohol-weekly"), *STEPS[-1:])))
    seen.room.hold(klass(first(8), against=DIVIDED), Move.CLOSE)
    seen.room.press(Move.SKIP)
    before = seen.told("wall"), seen.told("phone")
    seen.room.press(Move.EVALUATE)
    for screen in ("wall", "phone"):
        assert b"alkohol" not in seen.told(screen).lower()
    assert seen.room.screen("wall") == replace(seen.room.screen("wall"), view="counting")
    assert all(b"alkohol" not in content.lower() for content in before)


def test_g15_a_mirrored_consultant_screen_never_holds_a_verdict_or_what_comes_next(watched: Make) -> None:
    seen = watched()
    secret = {text for verdict in Verdict for text in (words.verdict_explanation(verdict, "da"),)}

    def look() -> None:
        public, private = (seen.room.screen(name) for name in ("consultant", "consultant_private"))
        assert (public.verdicts, public.coming, public.reserve, public.country_reasons) == ((), "", (), ())
        assert public.following is None
        content = seen.told("consultant").decode()
        assert not any(sentence in content for sentence in secret)
        wall, coming = seen.room.screen("wall"), private.following
        if coming is not None and coming.view == "reveal" and coming.title != wall.title:
            assert coming.title not in repr(public)
        assert not any(title in repr(public) for title in ("Om alkohol", "Om snus") if title != wall.topic)

    look()
    seen.room.hold(klass(first(2)), look=look)


def test_the_private_screen_holds_a_word_for_each_topic_from_evaluate_on(watched: Make) -> None:
    seen = watched()
    seen.room.hold(klass(first(8), against=DIVIDED), Move.CLOSE)
    assert seen.room.screen("consultant_private").verdicts == ()
    seen.room.hold(klass(first(8), against=DIVIDED), Move.EVALUATE)
    listed = seen.room.screen("consultant_private").verdicts
    expected = [("Venstre hånd", Verdict.SHOW), ("Om alkohol", Verdict.HIDE), ("Om snus", Verdict.SHOW)]
    assert [(title, word) for title, word, _ in listed] == [
        (title, words.verdict_word(verdict, "en")) for title, verdict in expected
    ]


def findings(seen: Watched) -> str:
    seen.room.press(Move.FINISH)
    return " ".join(seen.room.screen("wall").lines)


def test_the_summary_says_what_was_shown(watched: Make) -> None:
    seen = watched()
    seen.hold(klass(first(2)), until=Move.FINISH)
    said = " ".join(seen.room.screen("wall").lines)
    assert "drikker ikke alkohol" in said
    assert "bruger ikke snus" in said


@pytest.mark.parametrize("presses", [[], [Move.REVEAL]], ids=["skipped", "only the guesses"])
def test_the_summary_says_nothing_of_what_was_not_shown(watched: Make, presses: list[Move]) -> None:
    seen = watched()
    seen.room.hold(klass(first(2)), Move.EVALUATE)
    while not seen.room.at("alcohol-weekly"):
        seen.room.step(table({}))
    seen.room.press(*presses, Move.SKIP)
    while phase(seen.room.snapshot.run) is not Phase.ATTITUDE:
        seen.room.step(table({}))
    said = findings(seen)
    assert "alkohol" not in said
    assert "snus" in said


def test_a_black_wall_tells_nothing(watched: Make) -> None:
    told = []
    for k in (2, 8):
        seen = watched()
        seen.room.hold(klass(first(k)), Move.REVEAL)
        seen.room.rooms.set_dark("run", True)
        told.append(seen.told("wall"))
    assert told[0] == told[1]


def test_how_far_the_class_came_is_seen_until_the_answers_are_counted(watched: Make) -> None:
    seen = watched()
    while not any(prompt_facts.address.startswith("snus") for prompt_facts in seen.room.screen("phone").prompts):
        seen.room.step(klass(first(2)))
    seen.room.answer(klass(first(2)))
    for name in (Move.CLOSE, Move.EVALUATE):
        seen.room.press(name)
        private, mirrored = (seen.room.screen(screen).count for screen in ("consultant_private", "consultant"))
        expected = (N, N) if name is Move.CLOSE else (None, None)
        assert (private.answered, private.expected) == expected
        assert (mirrored.answered, mirrored.expected) == (None, None)


def test_the_consultant_reads_what_stands_on_wall_and_phones_at_the_end(watched: Make) -> None:
    helps = Step(StepKind.HELP, title="Tag det med", text=("Vil du tale med nogen?",))
    seen = watched(lesson(HAND, ALCOHOL, SNUS, steps=(*STEPS[:-1], helps)))
    while seen.room.screen("consultant_private").phones == ():
        seen.room.step(klass(first(2)))
    desk, wall = seen.room.screen("consultant_private"), seen.room.screen("wall")
    assert (desk.phones, desk.text) == (seen.room.screen("phone").lines, wall.lines)


KEEP = ("Man kan tage fejl.", "Spørg.", "Hent en voksen.")


def test_the_sentences_to_take_along_stand_on_phones_at_the_end_and_on_the_wall_after_what_was_found(
    watched: Make,
) -> None:
    seen = watched(lesson(HAND, ALCOHOL, SNUS, steps=STEPS, keep=KEEP))
    while seen.room.screen("phone").view != "help":
        assert not seen.room.screen("phone").keep
        seen.room.step(klass(first(2)))
    assert seen.room.screen("phone").keep == KEEP
    assert seen.room.screen("consultant").phones == KEEP
    assert "bruger ikke snus" in " ".join(seen.room.screen("wall").lines)
    seen.room.press(Move.FINISH)
    assert seen.room.screen("phone").keep == KEEP
    assert (seen.room.screen("wall").view, seen.room.screen("wall").lines) == ("keep", KEEP)


def test_a_lesson_that_ends_early_shows_what_was_found(watched: Make) -> None:
    seen = watched(lesson(HAND, ALCOHOL, SNUS, steps=STEPS, keep=KEEP))
    seen.room.hold(klass(first(2)), until=Move.REVEAL)
    seen.room.press(Move.FINISH)
    assert seen.room.screen("wall").view == "finished"


def test_p4_a_phone_keeps_the_cards_of_what_was_shown_the_newest_first(watched: Make) -> None:
    seen = watched()
    said: list[tuple[str, ...]] = []

    def look() -> None:
        if not seen.room.snapshot.over:
            mine = seen.room.mine(0)
            now = () if mine.now is None else (f"now {mine.now.topic}",)
            listed = (*now, *(card.topic for card in mine.earlier))
            said.extend([listed] if listed != (said or [()])[-1] else [])

    seen.room.hold(klass(first(2)), look=look)
    assert said == [
        ("now left-handed",),
        ("left-handed",),
        ("now alcohol-weekly", "left-handed"),
        ("alcohol-weekly", "left-handed"),
        ("now snus", "alcohol-weekly", "left-handed"),
        ("snus", "alcohol-weekly", "left-handed"),
    ]


def test_while_the_wall_is_dark_a_phone_has_no_cards(watched: Make) -> None:
    seen = watched()
    while seen.room.mine(0).now is None:
        seen.room.step(klass(first(2)))
    seen.room.rooms.set_dark("run", True)
    assert (seen.room.mine(0).now, seen.room.mine(0).earlier) == (None, ())


def test_p7_a_hidden_topic_has_no_card(watched: Make) -> None:
    seen = watched()
    topics: set[str] = set()

    def look() -> None:
        if not seen.room.snapshot.over:
            mine = seen.room.mine(0)
            topics.update(card.topic for card in (mine.now, *mine.earlier) if card)

    seen.room.hold(klass(first(8), against=DIVIDED), look=look)
    assert topics == {"left-handed", "snus"}
