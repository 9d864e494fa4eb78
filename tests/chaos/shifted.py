"""The program on a machine whose clock is set while it runs: each SIGUSR1 moves it by what stands in the file SHIFT.

Only the clock on the wall moves; the time that passes goes on as it does, also for timers and sockets.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

_true_time = time.time
_true_datetime = datetime.datetime
_shift = 0.0


def _time() -> float:
    return _true_time() + _shift


class _Datetime(_true_datetime):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.fromtimestamp(_time(), tz)


def _move(_number: int, _frame: object) -> None:
    global _shift
    _shift += float(Path(os.environ["SHIFT"]).read_text())


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _move)
    time.time = _time
    datetime.datetime = _Datetime  # type: ignore[misc]
    from clicker import engine

    engine.choose("eventlet")
    import clicker.room.rooms

    clicker.room.rooms.LOOK_SECONDS = 1  # or a jump would be noticed only after a minute
    from clicker.cli import main

    sys.exit(main())
