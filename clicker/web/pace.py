"""How often the numbers of a run are told: at once when it is quiet, in intervals while votes come in."""

from __future__ import annotations

import threading
from collections import deque

QUIET = 0.05  # seconds between two counts
BUSY = 0.1  # the same while more than BUSY_VOTES come in a second
BUSY_VOTES = 100


class Pace:
    """The pace of one run. Moments are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = float("-inf")
        self._votes: deque[tuple[float, int]] = deque()
        self._in_a_second = 0
        self._missing: int | None = None
        self._guessed = False
        self._in_vain = float("-inf")

    def voted(self, votes: int, now: float) -> bool:
        """So many votes are stored. Whether these may be the last that are expected: then nobody should wait.

        Who taps twice counts twice here. What was told too early for that reason is not tried again for an interval.
        """
        with self._lock:
            if votes:
                self._votes.append((now, votes))
                self._in_a_second += votes
            if self._missing is None or not votes:
                return False
            self._missing -= votes
            complete = self._missing <= 0 and now - self._in_vain >= self._interval(now)
            self._guessed = self._guessed or complete
            return complete

    def wait(self, now: float) -> float:
        """Seconds until the next count is due; 0 when it was quiet."""
        with self._lock:
            return max(0.0, self._last + self._interval(now) - now)

    def looked(self, now: float) -> None:
        """The numbers are being read; what is missing is not known before `found`."""
        with self._lock:
            self._last = now
            self._missing = None

    def found(self, missing: int, now: float) -> None:
        """So many answers are missing."""
        with self._lock:
            self._missing = missing if missing > 0 else None
            if self._guessed and missing > 0:
                self._in_vain = now
            self._guessed = False

    def _interval(self, now: float) -> float:
        while self._votes and now - self._votes[0][0] >= 1:
            self._in_a_second -= self._votes.popleft()[1]
        return BUSY if self._in_a_second > BUSY_VOTES else QUIET
