"""A closed loop: each voter votes again as soon as its last vote is acknowledged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol


class Voter(Protocol):
    """What a phone must be able to do."""

    on_ack: Callable[[int, float, bytes], None]

    def emit(self, number: int, event: str, data: dict[str, Any]) -> float: ...


class Saturation:
    """`acks` in ms, `stored` the ids of acknowledged votes, `waiting` how many votes are under way."""

    def __init__(
        self, vote: Callable[[], tuple[int, str, dict[str, Any]]], voters: Sequence[Voter], seconds: float
    ) -> None:
        self.acks: list[float] = []
        self.stored: list[str] = []
        self.refused: list[bytes] = []
        self.waiting = 0
        self._vote = vote
        self._voters = voters
        self._seconds = seconds
        self._end = 0.0
        self._under_way: dict[int, tuple[float, str]] = {}

    def begin(self) -> None:
        self._end = time.perf_counter() + self._seconds
        for voter in self._voters:
            voter.on_ack = partial(self._heard, voter)
            self._send(voter)

    def _send(self, voter: Voter) -> None:
        number, event, data = self._vote()
        self.waiting += 1
        self._under_way[number] = (voter.emit(number, event, data), data["id"])

    def _heard(self, voter: Voter, number: int, moment: float, data: bytes) -> None:
        self.waiting -= 1
        sent, vote_id = self._under_way.pop(number)
        if b'"ok":false' in data:
            self.refused.append(data)
            return
        self.acks.append(1000 * (moment - sent))
        self.stored.append(vote_id)
        if moment < self._end:
            self._send(voter)
