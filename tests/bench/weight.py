"""What a phone transfers until it shows its first question: every file that its pages name, and theirs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from tests.bench.wire import Answer, ask

NAMED = re.compile(r'(?:src|href)="([^"]+\.(?:css|js|svg|woff2)[^"]*)"')
NAMED_IN_STYLE = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)|@import [\"']([^\"']+)")
GZIP = {"Accept-Encoding": "gzip"}


async def to_first_question(port: int, code: str) -> dict[str, int]:
    """Bytes on the line (heads and bodies, compressed) of each thing a phone fetches in a lesson whose block is open:
    the way in, the page with its question, and what both name.

    Raises RuntimeError where a page names a file that is not there.
    """
    entry = await _fetched(port, f"/{code}")
    page = await _fetched(port, f"/{code}/join", form="")
    sizes = {f"/{code}": entry.size, f"/{code}/join": page.size}
    waiting = [urljoin("/", path) for path in NAMED.findall(entry.text) + NAMED.findall(page.text)]
    while waiting:
        path = waiting.pop()
        if path not in sizes:
            answer = await _fetched(port, path)
            sizes[path] = answer.size
            waiting += _named_in(path, answer)
    return sizes


async def _fetched(port: int, path: str, **more: Any) -> Answer:
    answer = await ask(port, path, headers=GZIP, **more)
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer


def _named_in(path: str, answer: Answer) -> list[str]:
    if not path.split("?")[0].endswith(".css"):
        return []
    named = [first or second for first, second in NAMED_IN_STYLE.findall(answer.text)]
    return [urljoin(path, one) for one in named if not one.startswith("data:")]
