"""The table of moves: what is possible where, and what no sequence of moves can ever do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from builders import (
    SAY,
    SHOWN,
    again,
    agree,
    ask,
    dilemma,
    guesses_topic,
    lesson,
    neutral_topic,
    risk_topic,
    show,
    usual_argument,
    walk,
)

from clicker.lesson import (
    Lesson,
    Move,
    NotNow,
    Phase,
    Run,
    Step,
    StepKind,
    block,
    coming_reveal,
    current,
    has_more_prompts,
    move,
    moves,
    open_now,
    phase,
    reserve_offered,
    revealed,
    run_from_data,
    run_to_data,
)

TOPIC = "alcohol-weekly"
LEAVE = {Move.NEXT, Move.BACK, Move.SKIP}
STEPS = {
    StepKind.ASK: ask(TOPIC),
    StepKind.SHOW: show(TOPIC),
    StepKind.AGAIN: again(TOPIC),
    StepKind.AGREE: agree(),
    StepKind.DILEMMA: dilemma(),
}
# Standing between two other steps, everything evaluated that can be; READY of a show has something to reveal.
TABLE: dict[tuple[StepKind, Phase], set[Move]] = {
    (StepKind.SAY, Phase.ON): LEAVE,
    (StepKind.TALK, Phase.ON): LEAVE,
    (StepKind.HELP, Phase.ON): LEAVE,
    (StepKind.ASK, Phase.READY): {Move.OPEN, Move.BACK, Move.SKIP},
    (StepKind.ASK, Phase.OPEN): {Move.CLOSE, Move.SKIP},
    (StepKind.ASK, Phase.CLOSED): {Move.EVALUATE, Move.REOPEN, *LEAVE},
    (StepKind.SHOW, Phase.READY): {Move.REVEAL, Move.BACK, Move.SKIP},
    (StepKind.SHOW, Phase.GUESSES): {Move.REVEAL, Move.BACK, Move.SKIP},
    (StepKind.SHOW, Phase.OWN): {Move.REVEAL, Move.BACK, Move.SKIP},
    (StepKind.SHOW, Phase.ATTITUDE): {Move.OPEN_COUNTRY, *LEAVE},
    (StepKind.SHOW, Phase.COUNTRY): LEAVE,
    (StepKind.AGAIN, Phase.READY): {Move.OPEN, Move.BACK, Move.SKIP},
    (StepKind.AGAIN, Phase.OPEN): {Move.CLOSE, Move.SKIP},
    (StepKind.AGAIN, Phase.CLOSED): {Move.REVEAL, Move.REOPEN, *LEAVE},
    (StepKind.AGAIN, Phase.BOTH): LEAVE,
    (StepKind.AGREE, Phase.READY): {Move.OPEN, Move.PROPOSE, Move.WITHDRAW, Move.BACK, Move.SKIP},
    (StepKind.AGREE, Phase.OPEN): {Move.CLOSE, Move.SKIP},
    (StepKind.AGREE, Phase.CLOSED): {Move.CHOOSE, Move.REOPEN, Move.PROPOSE, Move.WITHDRAW, *LEAVE},
    (StepKind.AGREE, Phase.CHOSEN): {Move.OPEN, Move.CHOOSE, *LEAVE},
    (StepKind.AGREE, Phase.JOINING): {Move.CLOSE, Move.SKIP},
    (StepKind.AGREE, Phase.JOINED): {Move.CHOOSE, *LEAVE},
    (StepKind.DILEMMA, Phase.READY): {Move.OPEN, Move.BACK, Move.SKIP},
    (StepKind.DILEMMA, Phase.OPEN): {Move.CLOSE, Move.SKIP},
    (StepKind.DILEMMA, Phase.CLOSED): {Move.TALK, Move.REOPEN, *LEAVE},
    (StepKind.DILEMMA, Phase.TALK): {Move.OPEN, *LEAVE},
    (StepKind.DILEMMA, Phase.OPEN_AGAIN): {Move.CLOSE, Move.SKIP},
    (StepKind.DILEMMA, Phase.CLOSED_AGAIN): {Move.REVEAL, Move.REOPEN, *LEAVE},
    (StepKind.DILEMMA, Phase.BOTH): LEAVE,
}


def standing(kind: StepKind, where: Phase) -> Run:
    """A run at a step of that kind between two say steps, in that phase."""
    declared = lesson(risk_topic(), steps=(SAY, STEPS.get(kind, Step(kind, title="Skridt")), SAY))
    run = replace(Run(declared), position=1, phases=(Phase.ON, where, Phase.ON))
    if kind in (StepKind.SHOW, StepKind.AGAIN):
        run = replace(run, evaluated=frozenset({TOPIC}), reveals={TOPIC: SHOWN}, openable=frozenset({TOPIC}))
    return run


def at_closed_block() -> Run:
    """Two topics asked and closed, their show steps next."""
    return walk(Run(lesson(risk_topic(), risk_topic("ecig-ever"))), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)


def evaluated(run: Run, reveals: dict[str, tuple[Phase, ...]]) -> Run:
    """The run after `evaluate`, with what the rules let out of each topic."""
    return move(run, Move.EVALUATE, argument=usual_argument(run, Move.EVALUATE, reveals))


# --- the table


@pytest.mark.parametrize("name", list(Move))
@pytest.mark.parametrize(("kind", "where"), list(TABLE))
def test_a_move_is_possible_exactly_where_the_table_says(kind: StepKind, where: Phase, name: Move) -> None:
    run = standing(kind, where)
    if name in TABLE[kind, where] | {Move.FINISH}:
        assert move(run, name, argument=usual_argument(run, name)).turn == run.turn + 1
    else:
        with pytest.raises(NotNow):
            move(run, name, argument=usual_argument(run, name))


@pytest.mark.parametrize("name", list(Move))
def test_the_lobby_knows_start_and_finish(name: Move) -> None:
    run = Run(lesson())
    if name in (Move.START, Move.FINISH):
        assert move(run, name).turn == 1
    else:
        with pytest.raises(NotNow):
            move(run, name)


@pytest.mark.parametrize("name", list(Move))
def test_a_finished_run_knows_no_move(name: Move) -> None:
    with pytest.raises(NotNow):
        move(replace(Run(lesson()), finished=True), name)


@pytest.mark.parametrize(("kind", "where"), list(TABLE))
def test_a_run_can_be_finished_from_everywhere(kind: StepKind, where: Phase) -> None:
    run = move(standing(kind, where), Move.FINISH)
    assert (phase(run), current(run), moves(run)) == (Phase.FINISHED, None, ())


def test_a_refused_move_names_itself() -> None:
    with pytest.raises(NotNow) as refused:
        move(Run(lesson()), Move.OPEN)
    assert (refused.value.name, refused.value.why) == (Move.OPEN, "table")


def test_the_first_step_has_no_way_back() -> None:
    assert Move.BACK not in moves(walk(Run(lesson()), Move.START))


def test_the_last_step_has_no_way_on() -> None:
    last = walk(Run(lesson(steps=(SAY,))), Move.START)
    assert moves(last) == (Move.FINISH,)


def test_a_run_survives_being_stored() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT, Move.REVEAL, Move.REVEAL, Move.REVEAL, Move.OPEN_COUNTRY)
    assert run_from_data(run.lesson, run_to_data(run)) == run


# --- opening and closing


def test_the_number_present_is_frozen_by_the_first_open() -> None:
    run = move(walk(Run(lesson()), Move.START, Move.NEXT), Move.OPEN, argument=24)
    again_open = move(move(run, Move.CLOSE), Move.REOPEN, argument=26)
    assert (run.present, run.frozen, again_open.present) == (24, True, 24)


def test_a_step_reopened_after_being_skipped_unopened_freezes_the_number_present() -> None:
    skipped = walk(Run(lesson()), Move.START, Move.NEXT, Move.SKIP, Move.BACK)
    run = move(skipped, Move.REOPEN, argument=24)
    assert (phase(run), run.present, run.frozen) == (Phase.OPEN, 24, True)


@pytest.mark.parametrize("present", [0, -3])
def test_an_empty_room_cannot_be_opened(present: int) -> None:
    run = walk(Run(lesson()), Move.START, Move.NEXT)
    with pytest.raises(NotNow):
        move(run, Move.OPEN, argument=present)


def test_skipping_an_open_block_closes_it() -> None:
    run = walk(Run(lesson()), Move.START, Move.NEXT, Move.OPEN, Move.SKIP)
    assert (run.position, run.phases[1], open_now(run)) == (2, Phase.CLOSED, ())


def test_skipping_a_block_never_opened_closes_it_too() -> None:
    run = walk(Run(lesson()), Move.START, Move.NEXT, Move.SKIP)
    assert run.phases[1] is Phase.CLOSED


def test_an_open_block_cannot_be_left_backwards() -> None:
    assert Move.BACK not in moves(walk(Run(lesson()), Move.START, Move.NEXT, Move.OPEN))


def test_prompts_asked_together_open_one_by_one() -> None:
    together = lesson(neutral_topic(), steps=(SAY, ask("left-handed", together=True), show("left-handed")))
    run = walk(Run(together), Move.START, Move.NEXT, Move.OPEN)
    second = walk(run, Move.CLOSE, Move.NEXT)
    assert [str(asked.address) for asked in (*open_now(run), *open_now(second))] == [
        "left-handed.others.1",
        "left-handed.own.1",
    ]


def test_a_block_asked_together_has_more_prompts_until_the_last() -> None:
    together = lesson(neutral_topic(), steps=(SAY, ask("left-handed", together=True), show("left-handed")))
    run = walk(Run(together), Move.START, Move.NEXT, Move.OPEN)
    assert has_more_prompts(run)
    assert not has_more_prompts(walk(run, Move.CLOSE, Move.NEXT))
    assert not has_more_prompts(Run(together))


def test_prompts_asked_together_are_evaluated_after_the_last() -> None:
    together = lesson(neutral_topic(), steps=(SAY, ask("left-handed", together=True), show("left-handed")))
    run = walk(Run(together), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    assert Move.EVALUATE not in moves(run)
    assert Move.EVALUATE in moves(walk(run, Move.NEXT, Move.CLOSE))


def test_an_evaluated_step_asked_together_opens_no_prompt_again() -> None:
    together = lesson(neutral_topic(), steps=(SAY, ask("left-handed", together=True), show("left-handed")))
    run = walk(Run(together), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE, Move.NEXT, Move.CLOSE, Move.EVALUATE)
    returned = walk(run, Move.BACK, Move.NEXT, Move.NEXT)
    assert current(returned) == show("left-handed")


def test_a_seat_is_admitted_after_the_first_open_and_before_evaluate() -> None:
    ready = walk(Run(lesson()), Move.START, Move.NEXT)
    closed = walk(ready, Move.OPEN, Move.CLOSE)
    offered = [Move.ADMIT in moves(run) for run in (ready, closed, walk(closed, Move.EVALUATE))]
    assert offered == [False, True, False]


def test_admitting_a_seat_changes_nothing_but_the_turn() -> None:
    closed = at_closed_block()
    assert move(closed, Move.ADMIT) == replace(closed, turn=closed.turn + 1)


# --- evaluate


def test_evaluate_waits_for_every_block_before_the_next_show() -> None:
    two = lesson(
        risk_topic(), neutral_topic(), steps=(ask("left-handed"), ask(TOPIC), show("left-handed"), show(TOPIC))
    )
    first = walk(Run(two), Move.START, Move.OPEN, Move.CLOSE)
    assert Move.EVALUATE not in moves(first)
    assert block(walk(first, Move.NEXT, Move.OPEN, Move.CLOSE)) == ("left-handed", TOPIC)


def test_evaluate_leaves_what_is_asked_after_the_next_show() -> None:
    steps = (ask("left-handed"), show("left-handed"), ask(TOPIC), show(TOPIC))
    run = walk(Run(lesson(risk_topic(), neutral_topic(), steps=steps)), Move.START, Move.OPEN, Move.CLOSE)
    assert block(run) == ("left-handed",)


def test_evaluate_takes_the_whole_block_and_nothing_else() -> None:
    run = at_closed_block()
    with pytest.raises(NotNow):
        move(run, Move.EVALUATE, argument=((TOPIC,), {TOPIC: SHOWN}, ()))


def test_nothing_is_shown_before_evaluate() -> None:
    run = walk(at_closed_block(), Move.SKIP)
    assert {Move.REVEAL, Move.NEXT}.isdisjoint(moves(run))
    assert Move.EVALUATE in moves(run)


def test_a_closed_block_is_not_left_for_its_show_without_evaluate() -> None:
    run = at_closed_block()
    assert Move.NEXT not in moves(run)
    assert Move.NEXT in moves(walk(run, Move.EVALUATE))


def test_a_closed_block_may_be_left_for_a_talk_before_it_is_evaluated() -> None:
    talk = Step(StepKind.TALK, title="Hvorfor?")
    run = walk(Run(lesson(steps=(ask(TOPIC), talk, show(TOPIC)))), Move.START, Move.OPEN, Move.CLOSE, Move.NEXT)
    assert (current(run), Move.EVALUATE in moves(walk(run, Move.NEXT))) == (talk, True)


def test_a_block_that_ends_the_lesson_can_be_evaluated_but_not_left() -> None:
    run = walk(Run(lesson(steps=(SAY, ask(TOPIC)))), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    assert Move.EVALUATE in moves(run)
    assert {Move.NEXT, Move.SKIP}.isdisjoint(moves(run))


def test_an_evaluated_block_is_not_evaluated_twice() -> None:
    run = walk(at_closed_block(), Move.EVALUATE)
    assert Move.EVALUATE not in moves(run)


def test_a_block_is_reopened_before_evaluate_only() -> None:
    run = at_closed_block()
    assert Move.REOPEN in moves(run)
    assert Move.REOPEN not in moves(walk(run, Move.EVALUATE))
    assert Move.REOPEN not in moves(walk(run, Move.EVALUATE, Move.NEXT, Move.BACK))


# --- reveals, the country, going back


def test_reveals_come_one_by_one_in_their_order() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT)
    seen = []
    while Move.REVEAL in moves(run):
        run = walk(run, Move.REVEAL)
        seen.append(phase(run))
    assert tuple(seen) == SHOWN


def test_the_coming_reveal_is_what_the_next_press_shows() -> None:
    run = walk(at_closed_block(), Move.EVALUATE)
    assert coming_reveal(run) is None
    assert coming_reveal(walk(run, Move.NEXT)) is Phase.GUESSES
    assert coming_reveal(walk(run, Move.NEXT, Move.REVEAL)) is Phase.OWN
    assert coming_reveal(standing(StepKind.AGAIN, Phase.CLOSED)) is Phase.BOTH
    assert coming_reveal(Run(lesson())) is None


def test_what_the_wall_has_revealed_of_a_topic_grows_press_by_press() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT)
    assert [revealed(walk(run, *[Move.REVEAL] * presses), TOPIC) for presses in range(4)] == [
        (),
        SHOWN[:1],
        SHOWN[:2],
        SHOWN,
    ]


def test_a_topic_whose_show_step_was_skipped_is_not_revealed() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT, Move.SKIP)
    assert revealed(run, TOPIC) == ()


def test_going_back_never_changes_data() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT, Move.REVEAL)
    back = walk(run, Move.BACK, Move.BACK)
    assert replace(back, position=run.position, turn=run.turn) == run


def test_going_back_shows_what_was_revealed() -> None:
    run = walk(at_closed_block(), Move.EVALUATE, Move.NEXT, *[Move.REVEAL] * 3, Move.NEXT, Move.BACK)
    assert phase(run) is Phase.ATTITUDE


@pytest.mark.parametrize("reason", ["asked", "talk", "compare"])
def test_the_country_is_opened_for_a_listed_reason_which_is_kept(reason: str) -> None:
    run = move(standing(StepKind.SHOW, Phase.ATTITUDE), Move.OPEN_COUNTRY, argument=reason)
    assert (phase(run), run.reasons[TOPIC], run.reveals[TOPIC][-1]) == (Phase.COUNTRY, reason, Phase.COUNTRY)


@pytest.mark.parametrize("reason", [None, "", "because"])
def test_the_country_is_not_opened_for_another_reason(reason: str | None) -> None:
    with pytest.raises(NotNow):
        move(standing(StepKind.SHOW, Phase.ATTITUDE), Move.OPEN_COUNTRY, argument=reason)


def test_the_country_of_a_topic_not_openable_stays_closed() -> None:
    run = replace(standing(StepKind.SHOW, Phase.ATTITUDE), openable=frozenset())
    assert Move.OPEN_COUNTRY not in moves(run)


def test_the_country_is_opened_once() -> None:
    run = move(standing(StepKind.SHOW, Phase.ATTITUDE), Move.OPEN_COUNTRY, argument="asked")
    assert Move.OPEN_COUNTRY not in moves(run)


def test_chosen_proposals_are_kept_sorted_and_once() -> None:
    run = move(standing(StepKind.AGREE, Phase.CLOSED), Move.CHOOSE, argument=(1, 0, 1))
    assert (phase(run), run.chosen) == (Phase.CHOSEN, {1: (0, 1)})


@pytest.mark.parametrize("picked", [(2,), (-1,), ("0",), (), None])
def test_a_proposal_that_is_not_there_cannot_be_chosen(picked: tuple[object, ...]) -> None:
    with pytest.raises(NotNow):
        move(standing(StepKind.AGREE, Phase.CLOSED), Move.CHOOSE, argument=picked)


# --- passing over, reserve (G15)


def test_a_step_with_nothing_to_reveal_is_passed_over_forwards_and_backwards() -> None:
    hidden_first = evaluated(at_closed_block(), {"ecig-ever": SHOWN})
    there = walk(hidden_first, Move.NEXT)
    assert current(there) == show("ecig-ever")
    assert current(walk(there, Move.BACK)) == ask(TOPIC, "ecig-ever")


def test_a_topic_not_shown_is_not_asked_again() -> None:
    steps = (ask(TOPIC, "ecig-ever"), show(TOPIC), show("ecig-ever"), again(TOPIC), again("ecig-ever"))
    closed = walk(Run(lesson(risk_topic(), risk_topic("ecig-ever"), steps=steps)), Move.START, Move.OPEN, Move.CLOSE)
    run = walk(evaluated(closed, {"ecig-ever": SHOWN}), Move.NEXT, *[Move.REVEAL] * 3, Move.NEXT)
    assert current(run) == again("ecig-ever")


def test_a_topic_shown_by_its_attitude_alone_is_not_asked_again() -> None:
    steps = (ask(TOPIC), show(TOPIC), again(TOPIC), SAY)
    closed = walk(Run(lesson(risk_topic(), steps=steps)), Move.START, Move.OPEN, Move.CLOSE)
    run = walk(evaluated(closed, {TOPIC: (Phase.GUESSES, Phase.ATTITUDE)}), Move.NEXT, Move.REVEAL, Move.REVEAL)
    assert current(walk(run, Move.NEXT)) == SAY


def with_reserve(*shown: str) -> Run:
    """A control and two risk topics, evaluated; those named are shown, and the lesson has a reserve topic."""
    topics = (neutral_topic(), risk_topic(), risk_topic("ecig-ever"), guesses_topic())
    ids = ("left-handed", TOPIC, "ecig-ever")
    declared = lesson(*topics, steps=(ask(*ids), *map(show, ids), agree()), reserve=("alcohol-ever",))
    closed = walk(Run(declared), Move.START, Move.OPEN, Move.CLOSE)
    return evaluated(closed, dict.fromkeys(shown, SHOWN))


def test_reserve_topics_are_offered_when_one_topic_besides_the_control_is_left() -> None:
    assert reserve_offered(with_reserve("left-handed", TOPIC)) == ("alcohol-ever",)


def test_reserve_topics_are_offered_when_nothing_at_all_is_left() -> None:
    run = with_reserve()
    assert reserve_offered(run) == ("alcohol-ever",)
    assert Move.RESERVE in moves(run)


def test_reserve_topics_are_not_offered_while_two_are_left() -> None:
    assert reserve_offered(with_reserve(TOPIC, "ecig-ever")) == ()


def test_reserve_topics_are_not_offered_while_topics_wait_to_be_asked() -> None:
    steps = (ask("left-handed"), show("left-handed"), ask(TOPIC), show(TOPIC))
    declared = lesson(neutral_topic(), risk_topic(), guesses_topic(), steps=steps, reserve=("alcohol-ever",))
    run = walk(Run(declared), Move.START, Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.NEXT, Move.REVEAL)
    assert reserve_offered(run) == ()


def test_a_reserve_topic_is_put_in_next_and_asked() -> None:
    run = walk(with_reserve(TOPIC), Move.RESERVE)
    assert current(run) == ask("alcohol-ever", together=True)
    assert run.lesson.steps[run.position + 1] == show("alcohol-ever")
    assert phase(run) is Phase.READY


def test_a_reserve_topic_keeps_every_other_step_in_its_phase() -> None:
    before = replace(with_reserve(TOPIC), chosen={4: (1,)})
    after = walk(before, Move.RESERVE)
    assert after.phases == (before.phases[0], Phase.READY, Phase.READY, *before.phases[1:])
    assert after.chosen == {6: (1,)}


def test_a_reserve_topic_is_evaluated_by_itself() -> None:
    run = walk(with_reserve(TOPIC), Move.RESERVE, Move.OPEN, Move.CLOSE)
    assert block(run) == ("alcohol-ever",)
    assert reserve_offered(run) == ()


def test_a_topic_that_is_not_in_reserve_cannot_be_put_in() -> None:
    with pytest.raises(NotNow):
        move(with_reserve(TOPIC), Move.RESERVE, argument="ecig-ever")


# --- every sequence of moves (P5)

REVEALS = {"left-handed": (Phase.GUESSES, Phase.OWN), TOPIC: SHOWN}
SMALL: dict[str, Lesson] = {
    "one by one": lesson(
        neutral_topic(), guesses_topic(),
        steps=(SAY, ask("left-handed", together=True), show("left-handed"), again("left-handed")),
        reserve=("alcohol-ever",),
    ),
    "two blocks": lesson(
        neutral_topic(), risk_topic(),
        steps=(ask("left-handed", together=True), show("left-handed"), ask(TOPIC), show(TOPIC), agree()),
    ),
    "one hidden": lesson(
        risk_topic(), risk_topic("ecig-ever"),
        steps=(SAY, ask(TOPIC, "ecig-ever"), show(TOPIC), show("ecig-ever"), again(TOPIC, "ecig-ever")),
    ),
}  # fmt: skip


def place(run: Run) -> tuple[object, ...]:
    """Where a run stands, whatever number of moves led there."""
    return tuple(str(value) for value in (*run_to_data(replace(run, turn=0)).values(), run.lesson.steps))


@cache
def transitions(name: str) -> tuple[tuple[Run, Move, Run], ...]:
    """Every move from every place that any sequence of moves, however long, can reach."""
    return tuple(_explore(Run(SMALL[name])))


def _explore(start: Run) -> Iterator[tuple[Run, Move, Run]]:
    seen, waiting = {place(start)}, [start]
    while waiting:
        run = waiting.pop()
        # What is typed is without end; it has sequences of its own (test_agreement).
        for name in set(moves(run)) - {Move.PROPOSE, Move.WITHDRAW}:
            after = move(run, name, argument=usual_argument(run, name, REVEALS))
            yield run, name, after
            if place(after) not in seen:
                seen.add(place(after))
                waiting.append(after)


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_evaluates_a_topic_twice(name: str) -> None:
    for before, _, after in transitions(name):
        new = after.evaluated - before.evaluated
        assert after.evaluated >= before.evaluated
        assert set(after.reveals) - set(before.reveals) == new


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_changes_a_frozen_reveal_but_by_opening_the_country(name: str) -> None:
    for before, done, after in transitions(name):
        for topic in before.evaluated:
            added = (Phase.COUNTRY,) if done is Move.OPEN_COUNTRY and after.reveals != before.reveals else ()
            assert after.reveals[topic] in (before.reveals[topic], (*before.reveals[topic], *added))


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_takes_an_answer_to_an_evaluated_topic(name: str) -> None:
    for _, done, after in transitions(name):
        first_round = {asked.address.topic for asked in open_now(after) if asked.address.round == 1}
        assert not first_round & after.evaluated, done


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_reveals_what_the_rules_did_not_allow(name: str) -> None:
    for _, _, after in transitions(name):
        step = current(after)
        if step is not None and step.kind is StepKind.SHOW and phase(after) is not Phase.READY:
            assert phase(after) in after.reveals[step.topics[0]]


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_changes_the_number_present_once_opened(name: str) -> None:
    for before, _, after in transitions(name):
        assert not before.frozen or (after.present, after.frozen) == (25, True)


@pytest.mark.parametrize("name", list(SMALL))
def test_every_move_raises_the_turn_by_one(name: str) -> None:
    assert all(after.turn == before.turn + 1 for before, _, after in transitions(name))


@pytest.mark.parametrize("name", list(SMALL))
def test_no_sequence_leaves_a_run_that_cannot_be_finished(name: str) -> None:
    assert all(Move.FINISH in moves(after) or after.finished for _, _, after in transitions(name))
