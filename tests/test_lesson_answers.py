"""Which prompts are asked, in which order, what they offer, and what `accept` takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import (
    SAY,
    SHOWN,
    again,
    agree,
    ask,
    attitude_topic,
    lesson,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
    show,
    walk,
)

from clicker.lesson import (
    SKIPPED,
    Address,
    AnswerType,
    Asked,
    Kind,
    Move,
    Phase,
    Prompt,
    Refused,
    Run,
    VoteClosed,
    accept,
    asked_in,
    choices,
    current,
    open_now,
)

OFFERED = {
    AnswerType.YES_NO: 2,
    AnswerType.AGREE4: 4,
    AnswerType.DEGREE: 3,
    AnswerType.SUPPORT3: 3,
    AnswerType.WITH2: 2,
    AnswerType.COUNT: 24,
    AnswerType.COUNT_ALL: 25,
    AnswerType.HUNDRED: 21,
    AnswerType.ONE_OF: 3,
    AnswerType.AGE: 31,
}
OWN = Address("alcohol-weekly", Kind.OWN)
OTHERS = Address("alcohol-weekly", Kind.OTHERS)


def opened(run: Run | None = None, present: int = 24) -> Run:
    """A block that takes answers with so many present."""
    run = run or Run(lesson())
    return walk(replace(run, present=present, frozen=True), Move.START, Move.NEXT, Move.OPEN)


def asking(kind: AnswerType) -> tuple[Run, Asked]:
    """An open block whose one prompt has that answer type."""
    only = prompt(Kind.OWN, type=kind, options=("Aldrig", "Sjældent", "Ofte"))
    run = opened(Run(lesson(risk_topic(others=None, approve=None, own=only))))
    return run, open_now(run)[0]


# --- what is offered


@pytest.mark.parametrize("kind", list(AnswerType))
def test_each_answer_type_offers_its_answers(kind: AnswerType) -> None:
    run, asked = asking(kind)
    assert len(choices(run, asked)) == OFFERED[kind]


@pytest.mark.parametrize("kind", list(AnswerType))
def test_every_answer_offered_is_accepted_as_its_number(kind: AnswerType) -> None:
    run, asked = asking(kind)
    assert [accept(run, asked.address, token) for token in choices(run, asked)] == [
        int(token) for token in choices(run, asked)
    ]


@pytest.mark.parametrize("kind", list(AnswerType))
def test_p16_every_prompt_takes_the_way_not_to_answer(kind: AnswerType) -> None:
    run, asked = asking(kind)
    assert accept(run, asked.address, SKIPPED) is None


@pytest.mark.parametrize("kind", list(AnswerType))
def test_p16_answers_and_the_way_not_to_answer_are_equally_long(kind: AnswerType) -> None:
    run, asked = asking(kind)
    assert {len(token) for token in (*choices(run, asked), SKIPPED)} == {3}


@pytest.mark.parametrize("present", [2, 8, 31])
def test_the_grid_runs_from_nobody_to_all_the_others(present: int) -> None:
    run = opened(present=present)
    offered = choices(run, open_now(run)[0])
    assert (offered[0], offered[-1], len(offered)) == ("000", f"{present - 1:03d}", present)


def test_with_more_than_31_present_the_guess_is_of_a_hundred_in_fives() -> None:
    run = opened(present=32)
    asked = open_now(run)[0]
    assert asked.type is AnswerType.HUNDRED
    assert choices(run, asked)[:3] == ("000", "005", "010")


def test_with_more_than_31_present_the_wording_of_a_hundred_is_used() -> None:
    guess = prompt(Kind.OTHERS, text="Hvor mange af de {others} andre?", hundred="Hvor mange ud af 100 her?")
    run = opened(Run(lesson(risk_topic(others=guess))), present=32)
    assert open_now(run)[0].text == "Hvor mange ud af 100 her?"


def test_the_wording_names_how_many_others_and_how_many_present() -> None:
    guess = prompt(Kind.OTHERS, text="Af de {others} andre, af os {present}?")
    run = opened(Run(lesson(risk_topic(others=guess))))
    assert open_now(run)[0].text == "Af de 23 andre, af os 24?"


# --- what is refused


@pytest.mark.parametrize("token", ["024", "-01", "0", "0001", "ja", "", "1.5", "abc", "٠٠١"])
def test_an_answer_that_is_not_offered_is_refused(token: str) -> None:
    with pytest.raises(Refused, match="not_offered"):
        accept(opened(), OTHERS, token)


def test_an_answer_of_another_type_is_refused() -> None:
    with pytest.raises(Refused, match="not_offered"):
        accept(opened(), OWN, "012")


def test_a_guess_between_the_fives_is_refused() -> None:
    with pytest.raises(Refused, match="not_offered"):
        accept(opened(present=40), OTHERS, "012")


@pytest.mark.parametrize(
    "address",
    [Address("no-such-topic", Kind.OWN), Address("alcohol-weekly", Kind.OTHERS_APPROVE), replace(OWN, round=2)],
)
def test_a_prompt_that_the_lesson_does_not_have_is_unknown(address: Address) -> None:
    with pytest.raises(Refused) as refused:
        accept(opened(), address, "000")
    assert refused.value.reason == "unknown_prompt"


@pytest.mark.parametrize(
    "gone",
    [(Move.CLOSE,), (Move.SKIP,), (Move.CLOSE, Move.EVALUATE), (Move.CLOSE, Move.EVALUATE, Move.NEXT), (Move.FINISH,)],
)
def test_a_closed_prompt_takes_no_answer_whatever_it_is(gone: tuple[Move, ...]) -> None:
    run = walk(opened(), *gone)
    for token in ("000", SKIPPED, "not offered"):
        with pytest.raises(VoteClosed):
            accept(run, OWN, token)


def test_a_prompt_not_opened_yet_is_closed() -> None:
    with pytest.raises(VoteClosed):
        accept(Run(lesson()), OWN, "000")


def test_a_reopened_block_takes_answers_again() -> None:
    assert accept(walk(opened(), Move.CLOSE, Move.REOPEN), OWN, "001") == 1


def test_an_evaluated_topic_takes_no_answer_even_where_its_block_stood_open() -> None:
    run = replace(opened(), evaluated=frozenset({"alcohol-weekly"}))
    with pytest.raises(VoteClosed):
        accept(run, OWN, "001")


# --- order and rounds


def test_neutral_topics_of_a_block_come_first_and_the_rest_keep_their_order() -> None:
    topics = (risk_topic(), protective_topic(), neutral_topic())
    run = opened(Run(lesson(*topics)))
    order = list(dict.fromkeys(asked.address.topic for asked in open_now(run)))
    assert order == ["left-handed", "alcohol-weekly", "speak-up"]


def test_a_behaviour_is_guessed_before_it_is_answered() -> None:
    assert [asked.address.kind for asked in open_now(opened())] == [Kind.OTHERS, Kind.OWN, Kind.APPROVE]


def test_an_attitude_is_answered_before_it_is_guessed() -> None:
    run = opened(Run(lesson(attitude_topic())))
    assert [asked.address.kind for asked in open_now(run)] == [Kind.APPROVE, Kind.OTHERS_APPROVE]


def test_a_block_asked_together_takes_one_prompt_at_a_time() -> None:
    run = opened(Run(lesson(steps=(SAY, ask("alcohol-weekly", together=True)))))
    with pytest.raises(VoteClosed):
        accept(run, OWN, "000")
    assert accept(walk(run, Move.CLOSE, Move.NEXT), OWN, "000") == 0


def once_more(*reveals: Phase, reached: Phase, together: bool = False) -> Run:
    """Two topics asked again; their show steps allow those reveals, and the wall has reached one of them."""
    topics = ("alcohol-weekly", "ecig-ever")
    steps = (SAY, *map(show, topics), replace(again(*topics), together=together))
    return replace(
        Run(lesson(*map(risk_topic, topics), steps=steps)),
        position=3,
        present=24,
        phases=(Phase.ON, reached, reached, Phase.OPEN),
        evaluated=frozenset(topics),
        reveals=dict.fromkeys(topics, reveals),
    )


@pytest.mark.parametrize("together", [False, True])
def test_asking_again_takes_second_round_guesses_of_the_whole_class(together: bool) -> None:
    run = once_more(*SHOWN, reached=Phase.OWN, together=together)
    assert [str(asked.address) for asked in open_now(run)] == ["alcohol-weekly.others.2", "ecig-ever.others.2"]
    assert accept(run, Address("ecig-ever", Kind.OTHERS, 2), "024") == 24


def test_p7_a_topic_whose_own_answers_were_not_shown_is_not_asked_again() -> None:
    assert open_now(once_more(Phase.GUESSES, Phase.ATTITUDE, reached=Phase.ATTITUDE)) == ()


@pytest.mark.parametrize("reached", [Phase.READY, Phase.GUESSES])
def test_p7_a_topic_whose_own_answers_the_wall_has_not_reached_is_not_asked_again(reached: Phase) -> None:
    assert open_now(once_more(*SHOWN, reached=reached)) == ()


def test_an_agreement_asks_about_each_proposal() -> None:
    run = opened(Run(lesson(steps=(SAY, agree("a", "b")))))
    asked = open_now(run)
    assert [(str(one.address), one.text) for one in asked] == [
        ("agree0-0.agreement.1", "a"),
        ("agree0-1.agreement.1", "b"),
    ]
    assert {(one.type, one.sensitivity) for one in asked} == {(AnswerType.SUPPORT3, "S0")}


def test_a_topic_put_in_before_an_agreement_does_not_rename_its_vote() -> None:
    short, long = lesson(steps=(SAY, agree())), lesson(steps=(SAY, ask("alcohol-weekly"), agree()))
    assert asked_in(Run(short), agree())[0].address == asked_in(Run(long), agree())[0].address


def test_two_agreements_have_two_addresses() -> None:
    run = Run(lesson(steps=(agree("a", "b"), agree("c", "d"))))
    assert len({asked_in(run, step)[0].address for step in run.lesson.steps}) == 2


def test_a_show_step_asks_nothing() -> None:
    run = walk(opened(), Move.CLOSE, Move.EVALUATE, Move.NEXT)
    step = current(run)
    assert step == show("alcohol-weekly")
    assert asked_in(run, step) == ()


def test_an_asked_prompt_carries_its_topics_sensitivity() -> None:
    asked = open_now(opened())[0]
    assert isinstance(asked.prompt, Prompt)
    assert (asked.sensitivity, asked.title) == ("S2", "Alkohol")
