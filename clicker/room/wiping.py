"""What was deleted, made unreadable in the file: at once, or at the next look where something was in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable

_log = logging.getLogger(__name__)


class Wiper:
    """Counts what was deleted, so that what is deleted while the file is being wiped is not taken for wiped.

    `wipe` says whether it came through. A crash between a deletion and its wipe leaves work for the next start.
    """

    def __init__(self, wipe: Callable[[], bool]) -> None:
        self._wipe = wipe
        self._deleted = 1
        self._wiped = 0

    def deleted(self) -> None:
        """Something was deleted."""
        self._deleted += 1

    @property
    def due(self) -> bool:
        return self._wiped < self._deleted

    def wipe(self) -> None:
        """Wipe now; where it fails it stays due."""
        until = self._deleted
        try:
            if self._wipe():
                self._wiped = max(self._wiped, until)
        except Exception:
            _log.exception("what was deleted could not be wiped from the file; it is tried again in a minute")
