"""An agreement in a room: proposals typed beside the lesson's, each voted on, some chosen, how many are with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from agreeing import LONG, products, votes
from builders import SAY, agree, ask, lesson, risk_topic, show
from classroom import SKIP, Classroom, Clock, Rule

from clicker.lesson import Lesson, Move, Phase, phase
from clicker.room import ConsultantFacts, PhoneFacts, Rooms
from clicker.room.agreement import NO_VOTES, Support
from clicker.room.screens import Agreeing, ProposalFacts
from clicker.safety import Banded
from clicker.store import Store

HELD = lesson(steps=(SAY, agree("A", "B", "C"), SAY))
READY = (Move.START, Move.NEXT)


def held(rooms: Rooms, how: Lesson = HELD, size: int = 12) -> Classroom:
    """A room at its agreement."""
    room = Classroom.open(rooms, how, size=size)
    room.press(*READY)
    return room


def voted(room: Classroom, rule: Rule) -> Classroom:
    room.press(Move.OPEN)
    room.answer(rule)
    room.press(Move.CLOSE)
    return room


def agreeing(room: Classroom) -> Agreeing:
    seen = room.screen("consultant")
    assert isinstance(seen, ConsultantFacts)
    assert seen.agreeing is not None
    return seen.agreeing


def kept(store: Store, room: Classroom) -> Mapping[str, Any]:
    return store.read(lambda tx: tx.results(room.run_id))["agree0", 1]


def test_each_proposal_is_counted_by_itself_and_the_wall_begins_with_the_most_supported(rooms: Rooms) -> None:
    room = held(rooms)
    room.press(Move.OPEN)
    room.answer(votes(p0="aaadddddddd", p1="aaaaallll", p2="aaaaaaaaaaal"))
    assert room.snapshot.agreement == NO_VOTES
    assert room.screen("wall").proposals == (ProposalFacts("A"), ProposalFacts("B"), ProposalFacts("C"))
    room.press(Move.CLOSE)
    assert room.screen("wall").proposals == (
        ProposalFacts("C", (11, 1, 0)),
        ProposalFacts("B", (5, 4, 0)),
        ProposalFacts("A", (3, 0, 8)),
    )


def test_proposals_with_equal_support_stay_in_their_order(rooms: Rooms) -> None:
    room = voted(held(rooms), votes(p0="aalld", p1="lllldddd", p2="aaaaa"))
    assert [one.text for one in room.screen("wall").proposals] == ["C", "A", "B"]


def test_a_proposal_that_fewer_than_five_voted_on_has_no_numbers(rooms: Rooms) -> None:
    room = voted(held(rooms), votes(p0="aaaa", p1="aaaal"))
    assert room.snapshot.agreement.support == {1: Support(4, 1, 0)}
    assert [one.counts for one in agreeing(room).proposals] == [
        "4 agree, 1 can live with it, 0 disagree",
        "too few votes for numbers",
        "not voted on",
    ]


def test_where_too_few_voted_on_anything_the_wall_says_so(rooms: Rooms) -> None:
    room = voted(held(rooms, size=4), votes(p0="aaaa", p1="aaaa"))
    wall = room.screen("wall")
    assert (wall.line, {one.counts for one in wall.proposals}) == ("Too few voted for numbers to be shown.", {None})


def test_the_wall_counts_those_who_have_answered_every_proposal(rooms: Rooms) -> None:
    room = held(rooms)
    room.press(Move.OPEN)
    room.answer(votes(p0="aaaadddddddd"))
    count = room.screen("wall").count
    assert count is not None
    assert (count.answered, count.several) == (12, True)


def test_a_changed_mind_is_counted_once_and_a_reopened_vote_goes_on(rooms: Rooms) -> None:
    room = voted(held(rooms), votes(p0="aaaaaa"))
    room.press(Move.REOPEN)
    room.vote(0, "agree0-0.agreement.1", "002")
    room.press(Move.CLOSE)
    assert room.snapshot.agreement.support[0] == Support(5, 0, 1)


def test_ticked_beforehand_is_what_at_most_one_in_ten_disagrees_with_and_no_more_than_four(rooms: Rooms) -> None:
    six = lesson(steps=(SAY, agree(*"ABCDEF"), SAY))
    calm = dict.fromkeys(("p0", "p1", "p2", "p3", "p4"), "aaaaaaaaaa")
    room = voted(held(rooms, six), votes(**calm | {"p1": "aaaaaaaaad", "p2": "aaaaaaaadd"}))
    assert [(one.text, one.likely) for one in agreeing(room).proposals] == [
        ("A", True), ("D", True), ("E", True), ("B", True), ("C", False), ("F", False)
    ]  # fmt: skip


def test_with_nine_votes_one_who_disagrees_unticks(rooms: Rooms) -> None:
    room = voted(held(rooms), votes(p0="aaaaaaaad", p1="aaaaaaaal"))
    assert [(one.text, one.likely) for one in agreeing(room).proposals][:2] == [("B", True), ("A", False)]


def test_of_products_the_one_that_leads_is_ticked(rooms: Rooms) -> None:
    room = voted(held(rooms, lesson(steps=(SAY, products("A", "B"), SAY))), votes(p0="aaaddd", p1="aaaadd"))
    assert [(one.text, one.likely) for one in agreeing(room).proposals] == [("B", True), ("A", False)]


def test_phones_get_all_proposals_one_after_the_other_with_three_answers_and_a_way_out(rooms: Rooms) -> None:
    room = held(rooms)
    room.press(Move.OPEN)
    phone = room.screen("phone")
    assert isinstance(phone, PhoneFacts)
    assert [(one.text, one.number, one.of, one.hint) for one in phone.prompts] == [
        ("A", 1, 3, "Aftale"), ("B", 2, 3, "Aftale"), ("C", 3, 3, "Aftale")
    ]  # fmt: skip
    labels = [label for _token, label in phone.prompts[0].choices]
    assert labels == ["Agree", "Can live with it", "Disagree", "Skip"]


def test_a_typed_proposal_is_shown_to_all_and_counted_like_the_others(rooms: Rooms) -> None:
    room = held(rooms)
    room.press(Move.PROPOSE, argument="<b>Vi hjælper</b>")
    assert room.screen("wall").proposals[-1] == ProposalFacts("<b>Vi hjælper</b>")
    voted(room, votes(p3="aaaaa"))
    assert room.snapshot.agreement.support == {3: Support(5, 0, 0)}


def test_between_two_votes_proposals_come_and_go_and_earlier_answers_stay(rooms: Rooms) -> None:
    room = voted(held(rooms), votes(p0="aaaaa", p1="ddddd"))
    room.press(Move.WITHDRAW, argument=0)
    room.press(Move.PROPOSE, argument="D")
    assert room.snapshot.agreement.support == {1: Support(0, 0, 5)}
    room.press(Move.REOPEN)
    assert dict(room.mine(0).answers) == {"agree0-1.agreement.1": "002", "agree0-2.agreement.1": SKIP}
    room.answer(votes(p1="ddddd", p3="lllll"))
    room.press(Move.CLOSE)
    assert room.snapshot.agreement.support == {1: Support(0, 0, 5), 3: Support(0, 5, 0)}


def test_of_two_consultants_the_second_is_told_that_the_list_has_changed(rooms: Rooms) -> None:
    room = held(rooms)
    turn = room.snapshot.run.turn
    rooms.move(room.run_id, Move.PROPOSE, turn, "D")
    with pytest.raises(Exception, match="stale"):
        rooms.move(room.run_id, Move.WITHDRAW, turn, 0)
    assert [one.text for one in room.screen("wall").proposals] == ["A", "B", "C", "D"]


def chosen(rooms: Rooms, size: int, last: str, *, how: Lesson = HELD) -> Classroom:
    """Everybody agrees with everything, the first two are chosen, and `last` is who is with it."""
    everything = {f"p{number}": "a" * size for number in range(10)}
    room = voted(held(rooms, how, size=size), votes(**everything))
    room.press(Move.CHOOSE, argument=(0, 1))
    return voted(room, votes(w=last))


@pytest.mark.parametrize(
    ("last", "wanted", "said"),
    [
        ("y" * 12, Banded(9, 12, 12), "At least 9 of the 12 who answered are with it."),
        ("y" * 9 + "nnn", Banded(9, 12, 12), "At least 9 of the 12 who answered are with it."),
        ("y" * 8 + "nnnn", Banded(8, 8, 12), "8 of the 12 who answered are with it."),
        ("yyy" + "n" * 9, Banded(0, 3, 12), "At most 3 of the 12 who answered are with it."),
        ("y" * 8 + "----", Banded(5, 8, 8), "At least 5 of the 8 who answered are with it."),
        ("y" * 7, None, "Too few answered to say how many are with it."),
    ],
)
def test_how_many_are_with_it_is_said_so_that_a_few_stay_hidden(
    rooms: Rooms, last: str, wanted: Banded | None, said: str
) -> None:
    room = chosen(rooms, 12, last)
    assert room.snapshot.agreement.joined == wanted
    wall = room.screen("wall")
    assert (wall.view, said in (wall.title, wall.line)) == ("agree_joined", True)
    assert "".join(text for text, _whose in wall.heading) in (said, "")
    assert [one.text for one in wall.proposals] == ["A", "B"]


def test_up_to_three_at_an_edge_give_the_same_wall_and_the_same_result(rooms: Rooms, store: Store) -> None:
    walls, results = set(), set()
    for yes in (9, 10, 11, 12):
        room = chosen(rooms, 12, "y" * yes + "n" * (12 - yes), how=HELD)
        wall = room.screen("wall")
        walls.add((wall.view, wall.title, wall.line, wall.proposals, wall.turn))
        results.add(str(kept(store, room)))
    assert len(walls) == len(results) == 1


def test_while_phones_answer_nobody_is_told_how_many_are_with_it(rooms: Rooms, store: Store) -> None:
    room = voted(held(rooms, size=12), votes(p0="a" * 12))
    room.press(Move.CHOOSE, argument=(0,))
    room.press(Move.OPEN)
    room.answer(votes(w="y" * 12))
    assert phase(room.snapshot.run) is Phase.JOINING
    assert room.snapshot.agreement.joined is None
    assert room.screen("wall").line == ""
    assert kept(store, room)["joined"] is None


def test_a_new_set_is_asked_about_anew(rooms: Rooms) -> None:
    room = chosen(rooms, 12, "y" * 12)
    room.press(Move.CHOOSE, argument=(2,))
    room.press(Move.OPEN)
    assert room.mine(0).answers == {}
    room.press(Move.CLOSE)
    assert room.snapshot.agreement.joined is None


def test_what_was_chosen_is_kept_with_its_numbers_and_no_rows(rooms: Rooms, store: Store, clock: Clock) -> None:
    room = chosen(rooms, 12, "y" * 12)
    room.press(Move.FINISH)
    assert kept(store, room) == {
        "title": "Aftale",
        "products": False,
        "day": clock().date().isoformat(),
        "proposals": ["A", "B", "C"],
        "counts": [[12, 0, 0]] * 3,
        "voted": [True] * 3,
        "chosen": [0, 1],
        "joined": [9, 12, 12],
    }
    assert store.read(lambda tx: tx.ballots(room.run_id, [f"agree0-{n}" for n in ("0", "1", "2", "with1")])) == ()


def test_an_agreement_without_a_vote_is_kept_as_one(rooms: Rooms, store: Store) -> None:
    room = held(rooms)
    room.press(Move.OPEN, Move.CLOSE)
    assert not [one for one in agreeing(room).proposals if one.likely]
    assert room.refused(Move.CHOOSE, ()) == "nothing"
    room.press(Move.CHOOSE, argument=(0,))
    assert (kept(store, room)["voted"], kept(store, room)["counts"]) == ([False] * 3, [None] * 3)


def test_ten_long_proposals_are_shown_on_two_pages_before_the_vote_opens(rooms: Rooms) -> None:
    ten = lesson(steps=(SAY, agree(*(f"{number}{LONG[1:]}" for number in range(10))), SAY))
    room = held(rooms, ten)
    assert room.screen("wall").page == "Proposals 1-5 of 10"
    assert room.next_press() is Move.PAGE
    room.press(Move.PAGE)
    wall = room.screen("wall")
    assert (wall.page, wall.proposals[0].text[0], len(wall.proposals)) == ("Proposals 6-10 of 10", "5", 5)
    assert room.next_press() is Move.OPEN
    room.press(Move.OPEN)
    assert room.screen("consultant").buttons[0].move == "close"


def test_a_set_of_two_pages_is_turned_before_it_is_asked_who_is_with_it(rooms: Rooms) -> None:
    ten = lesson(steps=(SAY, agree(*(f"{number}{LONG[1:]}" for number in range(10))), SAY))
    room = voted(held(rooms, ten), votes())
    room.press(Move.CHOOSE, argument=tuple(range(10)))
    assert (room.screen("wall").page, room.next_press()) == ("Proposals 1-5 of 10", Move.PAGE)


def test_the_page_offers_to_type_until_there_are_ten(rooms: Rooms) -> None:
    room = held(rooms)
    for number in range(7):
        room.press(Move.PROPOSE, argument=f"Nummer {number}")
    assert agreeing(room).room == 0
    assert room.refused(Move.PROPOSE, "En til") == "many"


def test_what_was_typed_goes_with_a_lesson_thrown_away(rooms: Rooms, store: Store) -> None:
    # A lesson whose answers were counted leaves a mark behind.
    counted = lesson(risk_topic(), steps=(ask("alcohol-weekly"), show("alcohol-weekly"), agree("A", "B"), SAY))
    room = Classroom.open(rooms, counted)
    room.press(Move.START, Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.NEXT)
    room.press(Move.PROPOSE, argument="Ring til Ellen")
    rooms.discard(room.run_id)
    record = store.read(lambda tx: tx.run(room.run_id))
    assert record is not None
    assert (record.status, record.run.proposals, record.run.chosen) == ("discarded", {}, {})


def test_p6_while_people_say_whether_they_are_with_it_the_wall_has_no_number(rooms: Rooms) -> None:
    room = voted(held(rooms, size=12), votes(p0="a" * 12))
    room.press(Move.CHOOSE, argument=(0,))
    room.press(Move.OPEN)
    room.answer(votes(w="yyy"))
    count = room.screen("wall").count
    assert (count.answered, count.expected, bool(count.many)) == (None, None, True)
