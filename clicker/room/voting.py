"""Casting votes inside the writer's transaction: `lesson.accept` judges, the store keeps the last tap."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from clicker.lesson import Address, Refused, Run, accept
from clicker.room.writer import VoteItem
from clicker.store import Transaction, Vote

SAVED = "saved"
CLOSED = "closed"
OLDER = "older"  # than what stands: another page of the same seat has answered since this one was loaded
NO_SEAT = "no_seat"
WAITING = "waiting"

LONGEST_ADDRESS = 128
MOST_JUDGED = 2000  # answers; a class gives some hundred different ones, and whoever makes up more gains nothing
MOST_JUDGES = 64
# A person taps a few times a second; walking back and forth through a block comes in bursts.
TAPS_PER_SECOND = 5.0
BURST = 60.0


def cast(tx: Transaction, run_id: str, items: Sequence[VoteItem]) -> list[str]:
    """The outcome of each vote, in order. The same vote id gets the same answer for ever; only saved and closed
    are remembered, for a refused vote leaves nothing behind."""
    brief = tx.brief(run_id, lock=True)
    if brief is None or brief.status != "live":
        return [CLOSED] * len(items)
    taken: list[tuple[str, Vote, int | None]] = []
    fresh: dict[tuple[str, str], str] = {}
    outcomes = []
    judge = _judge_of(run_id, brief.run)
    for item in items:
        key = (item.seat, item.vote.vote_id)
        admitted, outcome = tx.standing(run_id, *key)
        outcome = outcome or fresh.get(key)
        if outcome is None:
            outcome, value = judge(admitted, item.vote)
            if outcome == SAVED:
                taken.append((item.seat, item.vote, value))
            if outcome in (SAVED, CLOSED):
                fresh[key] = outcome
        outcomes.append(outcome)
    older = tx.keep_votes(run_id, taken)
    tx.keep_outcomes(run_id, {key: outcome for key, outcome in fresh.items() if key not in older})
    return [
        OLDER if (item.seat, item.vote.vote_id) in older else was for item, was in zip(items, outcomes, strict=True)
    ]


@dataclass(frozen=True)
class Ack:
    """The answer to a vote: committed, or why not."""

    ok: bool
    reason: str


class _Judge:
    """`accept` for one state of a run. A class answers the same few questions: each answer is judged once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._judged: dict[tuple[Address, str], tuple[str, int | None]] = {}

    def __call__(self, admitted: bool | None, vote: Vote) -> tuple[str, int | None]:
        if admitted is None:
            return NO_SEAT, None
        if not admitted:
            return WAITING, None
        asked = (vote.address, vote.token)
        known = self._judged.get(asked)
        if known is None:
            known = self._accepted(vote)
            if len(self._judged) < MOST_JUDGED:
                self._judged[asked] = known
        return known

    def _accepted(self, vote: Vote) -> tuple[str, int | None]:
        try:
            return SAVED, accept(self.run, vote.address, vote.token)
        except Refused as refusal:
            return refusal.reason, None


_address = lru_cache(maxsize=512)(Address.parse)  # a class answers the same few questions


_judges: dict[str, _Judge] = {}


def _judge_of(run_id: str, run: Run) -> _Judge:
    """The judge of the run as it stands: the store gives the same object until a move."""
    judge = _judges.get(run_id)
    if judge is None or judge.run is not run:
        if len(_judges) >= MOST_JUDGES:
            _judges.clear()
        judge = _judges[run_id] = _Judge(run)
    return judge


def vote_from(address: str, token: str, vote_id: str, seq: int) -> Vote | None:
    """A vote out of what a phone sent, or None where it is no vote at all."""
    parsed = _address(address) if len(address) <= LONGEST_ADDRESS else None
    sound = 1 <= len(vote_id) <= 64 and vote_id.isascii() and vote_id.isprintable()
    if parsed is None or not sound or len(token) > 8 or not 0 <= seq < 2**31:
        return None
    return Vote(parsed, token, vote_id, seq)


class Taps:
    """How fast each seat votes, in this process's memory: a flood slows its own seat and nobody else's."""

    def __init__(self, *, burst: float = BURST) -> None:
        self._burst = burst
        self._buckets: dict[str, tuple[float, float]] = {}
        self._looked = time.monotonic()

    def too_fast(self, seat: str) -> bool:
        """Whether this seat must wait a moment; counts the tap where not."""
        now = time.monotonic()
        left, before = self._buckets.get(seat, (self._burst, now))
        left = min(self._burst, left + (now - before) * TAPS_PER_SECOND)
        slow = left < 1
        self._buckets[seat] = (left if slow else left - 1, now)
        return slow

    def forget(self) -> None:
        """Drop seats that have been quiet long enough to have a full bucket again; however often it is called, all of
        them are looked at only as often as such a bucket fills."""
        now = time.monotonic()
        full = self._burst / TAPS_PER_SECOND
        if now - self._looked < full:
            return
        self._looked = now
        self._buckets = {seat: entry for seat, entry in list(self._buckets.items()) if now - entry[1] < full}
