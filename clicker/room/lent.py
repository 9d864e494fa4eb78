"""What the rooms are lent by those above: background work by the engine, a voice by the web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class News(Protocol):
    """Where news goes after a commit; `web.live` is one."""

    def moved(self, run_id: str) -> None: ...

    def counted(self, run_id: str, votes: int = 0) -> None: ...

    def reached(self, well: bool) -> None:
        """Whether the database can be written, each time that this changes."""
        ...


@dataclass(frozen=True)
class Loop:
    """What the engine lends: running a blocking function off the loop, background work, and freeing memory."""

    in_thread: Callable[..., Any]
    spawn: Callable[..., Any]
    sleep: Callable[[float], Any]
    collect: Callable[[], None] = lambda: None
