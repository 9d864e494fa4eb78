"""The consultant of the benchmark: comes in by the one-time ticket and presses buttons."""

from __future__ import annotations

from urllib.parse import urlencode

from tests.bench.wire import Answer, ask


async def enter(port: int, ticket: str, run_id: str) -> str:
    """The cookie of a consultant whose wall is on another screen, for a ticket that is used up by this.

    Raises RuntimeError where the ticket opens nothing.
    """
    answer = await ask(port, f"/consultant/enter/{ticket}")
    if "consultant" not in answer.cookies:
        raise RuntimeError(f"the ticket opened nothing: {answer.status}")
    private = await ask(port, f"/consultant/run/{run_id}/private", "private=yes", {"Cookie": _header(answer)})
    return _header(private)


def _header(answer: Answer) -> str:
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


async def press(port: int, cookie: str, run_id: str, name: str, turn: int, present: int) -> None:
    """Make a move from a page that saw `turn`. Raises RuntimeError where it is refused."""
    form = urlencode({"move": name, "turn": turn, "present": present})
    headers = {"Cookie": cookie, "Accept": "application/json"}
    answer = await ask(port, f"/consultant/run/{run_id}/move", form, headers)
    if answer.status != 200:
        raise RuntimeError(f"{name}: {answer.status} {answer.text[:300]}")
