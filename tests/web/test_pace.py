"""How often the numbers of a run are told."""

from __future__ import annotations

from clicker.web.pace import BUSY, BUSY_VOTES, QUIET, Pace


def told(votes: int) -> Pace:
    """A pace after so many votes at second 10 and a look at the numbers right after them."""
    pace = Pace()
    pace.voted(votes, 10.0)
    pace.looked(10.0)
    return pace


def test_when_it_was_quiet_nobody_waits() -> None:
    assert Pace().wait(10.0) == 0
    assert told(5).wait(10.0 + QUIET) == 0


def test_up_to_a_hundred_votes_a_second_are_told_every_50_ms_and_more_every_100() -> None:
    assert [round(told(votes).wait(10.0), 6) for votes in (1, BUSY_VOTES, BUSY_VOTES + 1)] == [QUIET, QUIET, BUSY]


def test_votes_of_an_earlier_second_slow_nothing_down() -> None:
    assert told(10 * BUSY_VOTES).wait(11.0) == 0
    assert Pace().wait(11.0) == 0


def test_the_last_vote_that_is_expected_waits_for_no_interval() -> None:
    pace = told(0)
    pace.found(3, 10.0)
    assert [pace.voted(1, 10.01) for _ in range(3)] == [False, False, True]


def test_before_the_numbers_were_read_nothing_is_expected() -> None:
    assert not told(0).voted(1000, 10.01)


def test_who_taps_again_and_again_while_one_is_missing_is_not_told_each_time() -> None:
    pace = told(0)
    pace.found(1, 10.0)
    early = []
    for tap in range(40):
        now = 10.0 + tap * 0.005
        early.append(pace.voted(1, now))
        if early[-1]:
            pace.looked(now)
            pace.found(1, now)
    assert sum(early) <= 0.2 / QUIET + 1
