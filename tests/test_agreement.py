"""An agreement by its rules: what is voted on, what may be typed, and what no sequence of moves can do to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from agreeing import LONG, products
from builders import SAY, agree, ask, lesson, neutral_topic, risk_topic, show, walk
from hypothesis import given
from hypothesis import strategies as st

from clicker.lesson import (
    Address,
    AnswerType,
    Kind,
    Move,
    NotNow,
    Phase,
    Refused,
    Run,
    Step,
    StepKind,
    VoteClosed,
    accept,
    as_data,
    asked_in,
    build,
    current,
    move,
    moves,
    open_now,
    phase,
    run_from_data,
    run_to_data,
    tidy,
)
from clicker.lesson.agreement import chosen, more_pages, pages, proposals
from clicker.lesson.proposals import BadProposal, Proposals, cleaned, declared, with_typed, without


def standing(step: Step | None = None, *names: Move) -> Run:
    """A run at its agreement between two say steps, after those moves."""
    held = Run(lesson(neutral_topic(), steps=(SAY, step or agree(), SAY)))
    return walk(held, Move.START, Move.NEXT, *names)


def texts(run: Run) -> list[str]:
    step = current(run)
    assert step is not None
    return [one.text for one in proposals(run, step).listed]


def typed(run: Run, *proposed: str) -> Run:
    for text in proposed:
        run = move(run, Move.PROPOSE, argument=text)
    return run


# --- what is typed


def test_a_typed_proposal_stands_last_and_is_voted_on_like_the_others() -> None:
    run = walk(typed(standing(), "  Vi   hjælper\u200b hinanden "), Move.OPEN)
    assert texts(run) == ["Vi spørger", "Vi lytter", "Vi hjælper hinanden"]
    assert accept(run, Address("agree0-2", Kind.AGREEMENT), "002") == 2


@pytest.mark.parametrize("text", ["", "   ", "...", "\u200b", None, 7])
def test_nothing_is_no_proposal(text: object) -> None:
    with pytest.raises(NotNow) as refused:
        move(standing(), Move.PROPOSE, argument=text)
    assert refused.value.why == "empty"


def test_a_proposal_of_ninety_letters_is_taken_and_one_of_ninety_one_is_not() -> None:
    assert texts(typed(standing(), LONG))[-1] == LONG
    with pytest.raises(NotNow) as refused:
        typed(standing(), f"{LONG}!")
    assert refused.value.why == "long"


@pytest.mark.parametrize("text", ["Vi lytter", "vi lytter.", " VI  LYTTER! "])
def test_the_same_proposal_is_not_taken_twice(text: str) -> None:
    with pytest.raises(NotNow) as refused:
        typed(standing(), text)
    assert refused.value.why == "twice"


def test_letters_that_look_alike_are_alike() -> None:
    with pytest.raises(BadProposal):
        with_typed(with_typed(Proposals(), "Ingen går ale\u0301ne"), "Ingen går al\u00e9ne")


def test_the_eleventh_proposal_is_not_taken_until_one_is_taken_away() -> None:
    full = typed(standing(), *(f"Nummer {number}" for number in range(8)))
    with pytest.raises(NotNow) as refused:
        typed(full, "Nummer 9")
    assert refused.value.why == "many"
    assert len(texts(typed(move(full, Move.WITHDRAW, argument=0), "Nummer 9"))) == 10


def test_a_proposal_is_taken_away_once() -> None:
    run = move(standing(), Move.WITHDRAW, argument=0)
    assert texts(run) == ["Vi lytter"]
    with pytest.raises(NotNow) as refused:
        move(run, Move.WITHDRAW, argument=0)
    assert refused.value.why == "gone"


def test_a_number_is_never_given_twice() -> None:
    held = without(with_typed(declared(("a", "b")), "c"), 2)
    assert [one.number for one in with_typed(held, "d").listed] == [0, 1, 3]


@given(st.text(max_size=200))
def test_what_is_typed_is_one_line_of_visible_letters(text: str) -> None:
    line = cleaned(text)
    assert line == cleaned(line)
    assert line.isprintable()
    assert line == " ".join(line.split())


@pytest.mark.parametrize("where", [Move.OPEN, Move.CHOOSE, "joining"])
def test_proposals_stay_as_they_are_while_people_vote_and_once_they_are_chosen(where: str) -> None:
    paths = {
        Move.OPEN: (Move.OPEN,),
        Move.CHOOSE: (Move.OPEN, Move.CLOSE, Move.CHOOSE),
        "joining": (Move.OPEN, Move.CLOSE, Move.CHOOSE, Move.OPEN),
    }
    run = standing(None, *paths[where])
    assert not {Move.PROPOSE, Move.WITHDRAW} & set(moves(run))


def test_without_proposals_nothing_can_be_opened_or_chosen() -> None:
    empty = standing(products())
    assert Move.OPEN not in moves(empty)
    closed = walk(empty, Move.SKIP, Move.BACK)
    assert not {Move.CHOOSE, Move.REOPEN, Move.WITHDRAW} & set(moves(closed))
    assert Move.OPEN in moves(typed(empty, "Sig fra i tide"))


# --- the votes


def test_a_late_vote_on_a_proposal_taken_away_is_closed_and_not_unknown() -> None:
    run = move(standing(None, Move.OPEN, Move.CLOSE), Move.WITHDRAW, argument=0)
    reopened = walk(run, Move.REOPEN)
    with pytest.raises(VoteClosed):
        accept(reopened, Address("agree0-0", Kind.AGREEMENT), "000")
    with pytest.raises(Refused, match="unknown_prompt"):
        accept(reopened, Address("agree0-7", Kind.AGREEMENT), "000")


def test_after_the_choice_only_who_is_with_it_is_asked() -> None:
    run = standing(None, Move.OPEN, Move.CLOSE, Move.CHOOSE, Move.OPEN)
    assert phase(run) is Phase.JOINING
    (asked,) = open_now(run)
    assert (str(asked.address), asked.type) == ("agree0-with1.agreement.1", AnswerType.WITH2)
    assert accept(run, asked.address, "001") == 1
    with pytest.raises(Refused, match="not_offered"):
        accept(run, asked.address, "002")
    with pytest.raises(VoteClosed):
        accept(run, Address("agree0-0", Kind.AGREEMENT), "000")


def test_who_is_with_one_set_is_not_counted_as_being_with_another() -> None:
    run = standing(None, Move.OPEN, Move.CLOSE, Move.CHOOSE, Move.OPEN, Move.CLOSE)
    step = current(run)
    assert step is not None
    before = asked_in(run, step)[0].address
    same, other = move(run, Move.CHOOSE, argument=(0,)), move(run, Move.CHOOSE, argument=(0, 1))
    assert asked_in(same, step)[0].address == before
    assert asked_in(other, step)[0].address != before
    with pytest.raises(VoteClosed):
        accept(walk(other, Move.OPEN), before, "000")


def test_p5_who_is_with_a_set_is_asked_once() -> None:
    run = standing(None, Move.OPEN, Move.CLOSE, Move.CHOOSE, Move.OPEN, Move.CLOSE)
    picked = run.chosen[run.position]
    assert Move.REOPEN not in moves(run)
    assert Move.OPEN not in moves(move(run, Move.CHOOSE, argument=picked))
    assert Move.OPEN in moves(move(run, Move.CHOOSE, argument=(0, 1) if picked == (0,) else (0,)))


def test_products_are_chosen_without_asking_who_is_with_them() -> None:
    run = standing(products("Sig fra", "Vent lidt"), Move.OPEN, Move.CLOSE, Move.CHOOSE)
    assert Move.OPEN not in moves(run)
    assert Move.NEXT in moves(run)


def test_an_agreement_may_be_chosen_without_a_vote() -> None:
    run = move(standing(None, Move.SKIP, Move.BACK), Move.CHOOSE, argument=(1,))
    step = current(run)
    assert step is not None
    assert (phase(run), chosen(run, step)) == (Phase.CHOSEN, (1,))


def test_skipping_the_last_vote_closes_it() -> None:
    run = standing(None, Move.OPEN, Move.CLOSE, Move.CHOOSE, Move.OPEN, Move.SKIP)
    assert run.phases[1] is Phase.JOINED


def test_the_choice_is_kept_in_the_order_of_the_list() -> None:
    run = move(typed(standing(), "Vi hjælper"), Move.WITHDRAW, argument=0)
    run = move(walk(run, Move.OPEN, Move.CLOSE), Move.CHOOSE, argument=(2, 1, 2))
    assert run.chosen == {1: (1, 2)}


def test_a_reserve_topic_put_in_before_an_agreement_leaves_its_proposals() -> None:
    topics = (neutral_topic(), risk_topic("ecig-ever"))
    held = lesson(*topics, steps=(ask("left-handed"), show("left-handed"), agree(), SAY), reserve=("ecig-ever",))
    run = walk(Run(held), Move.START, Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.NEXT, Move.SKIP)
    after = walk(typed(run, "Vi hjælper"), Move.RESERVE)
    step = next(step for step in after.lesson.steps if step.kind is StepKind.AGREE)
    assert [one.text for one in proposals(after, step).listed] == ["Vi spørger", "Vi lytter", "Vi hjælper"]


# --- pages of the wall


@pytest.mark.parametrize(
    ("count", "text", "wanted"), [(6, "Vi siger hej til alle", 1), (5, LONG, 1), (6, LONG, 2), (10, "Kort", 2)]
)
def test_the_wall_shows_as_many_proposals_as_can_be_read(count: int, text: str, wanted: int) -> None:
    run = standing(agree(*(f"{number}{text[1:]}" for number in range(count))))
    step = current(run)
    assert step is not None
    assert pages(run, step) == wanted
    assert (Move.PAGE in moves(run)) is (wanted > 1)


def test_the_last_page_is_followed_by_the_first_and_every_phase_begins_there() -> None:
    run = standing(agree(*(f"Nummer {number}" for number in range(10))))
    assert more_pages(run)
    second = walk(run, Move.PAGE)
    assert not more_pages(second)
    assert (second.prompt, walk(second, Move.PAGE).prompt, walk(second, Move.OPEN).prompt) == (1, 0, 0)


def test_the_wall_turns_to_what_was_just_typed() -> None:
    run = standing(agree(*(f"Nummer {number}" for number in range(9))))
    assert typed(run, "Den sidste").prompt == 1


# --- kept


def test_typed_proposals_survive_being_stored() -> None:
    run = move(walk(typed(standing(), "Vi hjælper"), Move.OPEN, Move.CLOSE), Move.CHOOSE, argument=(2,))
    assert run_from_data(run.lesson, run_to_data(run)) == run


def test_a_run_kept_before_there_were_typed_proposals_is_read() -> None:
    data = run_to_data(standing())
    del data["proposals"]
    assert texts(run_from_data(standing().lesson, data)) == ["Vi spørger", "Vi lytter"]


def test_typed_proposals_do_not_change_the_lesson() -> None:
    assert typed(standing(), "Vi hjælper").lesson == standing().lesson


def test_products_survive_being_written() -> None:
    held = lesson(steps=(SAY, products("Sig fra"), agree()))
    assert build(as_data(held)) == held
    assert build(tidy(as_data(held))) == held
    assert [step.get("kind") for step in tidy(as_data(held))["steps"]] == [None, "products", None]


def test_an_agreement_may_be_called_one() -> None:
    data = as_data(lesson(steps=(SAY, agree())))
    data["steps"][1]["kind"] = "agreement"
    assert build(data) == lesson(steps=(SAY, agree()))


# --- sequences

TYPED = ("Vi hjælper", "Vi lytter", LONG)
DEPTH = 7


def sequences(step: Step) -> Iterator[tuple[Run, Move, Run]]:
    """Every sequence of so many moves at an agreement, with what may be typed and ticked there."""
    start = standing(step)
    waiting, seen = deque([(start, 0)]), {place(start)}
    while waiting:
        run, depth = waiting.popleft()
        for name in moves(run):
            for argument in arguments(run, name):
                with suppress(NotNow):
                    after = move(run, name, argument=argument)
                    yield run, name, after
                    if place(after) not in seen and depth < DEPTH:
                        seen.add(place(after))
                        waiting.append((after, depth + 1))


def place(run: Run) -> str:
    return str(run_to_data(replace(run, turn=0)))


def arguments(run: Run, name: Move) -> tuple[object, ...]:
    return {
        Move.PROPOSE: TYPED,
        Move.WITHDRAW: (0, 1),
        Move.CHOOSE: ((), (0,), (0, 1), (2,)),
    }.get(name, (25,))


@pytest.mark.parametrize("step", [agree(), products()], ids=["agreement", "products"])
def test_no_sequence_votes_on_what_is_not_there_or_chooses_it(step: Step) -> None:
    for before, name, after in sequences(step):
        here = after.lesson.steps[1]
        listed = {one.number for one in proposals(after, here).listed}
        assert len(listed) <= 10
        assert set(chosen(after, here)) <= listed
        if current(after) == here and phase(after) is Phase.OPEN:
            assert [asked.text for asked in open_now(after)] == texts(after) != []
        if after.phases[1] in (Phase.CHOSEN, Phase.JOINING, Phase.JOINED):
            assert chosen(after, here)
            assert proposals(after, here).listed == proposals(before, here).listed
        if name in (Move.PROPOSE, Move.WITHDRAW):
            assert before.phases[1] in (Phase.READY, Phase.CLOSED)
        assert Move.FINISH in moves(after) or after.finished


def test_no_sequence_takes_a_vote_outside_an_open_one() -> None:
    for _before, _name, after in sequences(agree()):
        assert bool(open_now(after)) is (
            current(after) == after.lesson.steps[1] and phase(after) in (Phase.OPEN, Phase.JOINING)
        )
