"""What a phone transfers until it shows its first question: every file that its pages name, and theirs."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from tests.bench.wire import ask

NAMED = re.compile(r'(?:src|href)="([^"]+\.(?:css|js|svg|woff2)[^"]*)"')
NAMED_IN_STYLE = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)")
GZIP = {"Accept-Encoding": "gzip"}


async def to_first_question(port: int, code: str) -> dict[str, int]:
    """Bytes on the line (heads and bodies, compressed) of each address: the way in, the joining, and all they need.

    Raises RuntimeError where the page shows no question, or names a file that is not there.
    """
    sizes: dict[str, int] = {}
    entry = await ask(port, f"/{code}", headers=GZIP)
    page = await ask(port, f"/{code}/join", form="", headers=GZIP)
    cookie = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    sizes[f"/{code}"], sizes[f"/{code}/join"] = entry.size, page.size
    if page.status != 200 or not cookie:
        raise RuntimeError(f"joining: {page.status}")
    waiting = [urljoin("/", path) for path in NAMED.findall(entry.text) + NAMED.findall(page.text)]
    while waiting:
        path = waiting.pop()
        if path in sizes or path.startswith("data:"):
            continue
        answer = await ask(port, path, headers=GZIP | {"Cookie": cookie})
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        sizes[path] = answer.size
        if path.split("?")[0].endswith(".css"):
            waiting += [urljoin(path, named) for named in NAMED_IN_STYLE.findall(answer.text)]
    return sizes
