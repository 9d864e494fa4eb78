"""Telling the screens what is done already: it is done, so nobody is told that it was not, if they cannot be told."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any

from clicker.room.lent import Loop, News
from clicker.room.voting import SAVED
from clicker.room.writer import Item, VoteItem
from clicker.store import OutOfReach

TRIES = 20
PAUSE = 1.0  # seconds

_log = logging.getLogger(__name__)


class Telling:
    """The News of the web, once there is any; it raises nothing."""

    def __init__(self, loop: Loop, stopped: threading.Event) -> None:
        self.news: News | None = None
        self._loop = loop
        self._stopped = stopped

    def moved(self, run_id: str) -> None:
        """After a move. Where it cannot be read just now, the screens are told later."""
        if not self._told(run_id):
            self._loop.spawn(self._tell_later, run_id)

    def saved(self, items: Iterable[Item[Any]]) -> None:
        """After a commit: which runs have new counts. One word per run, however many votes there were."""
        votes = Counter(item.run_id for item in items if isinstance(item, VoteItem) and item.value == SAVED)
        for run_id, number in votes.items():
            self.counted(run_id, number)

    def counted(self, run_id: str, votes: int = 0) -> None:
        """After votes, or a phone that came."""
        try:
            if self.news:
                self.news.counted(run_id, votes)
        except Exception:
            _log.exception("the screens could not be told of a count")

    def reached(self, well: bool) -> None:
        """After the database was lost or found again."""
        try:
            if self.news:
                self.news.reached(well)
        except Exception:
            _log.exception("nobody could be told whether the database can be written")

    def _tell_later(self, run_id: str) -> None:
        for _ in range(TRIES):
            self._loop.sleep(PAUSE)
            if self._stopped.is_set() or self._told(run_id):
                return

    def _told(self, run_id: str) -> bool:
        try:
            if self.news:
                self.news.moved(run_id)
        except OutOfReach:  # the terminal knows
            return False
        except Exception:
            _log.exception("the screens could not be told of a move")
            return False
        return True
