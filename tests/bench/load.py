"""The load: a class of phones in a process of its own, which joins, votes scene by scene and measures.

Run as `python -m tests.bench.load`: a job as JSON on standard input, what each of its acts measured as JSON on
standard output. A job: server ("echo" or "app"), port, pid (of the server), seed; for the app also cookie (the
consultant's). Its acts, in order, are dictionaries with the name of a method of `Hall` and its arguments.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from typing import Any

from tests.bench.hall import Hall
from tests.bench.process import cpu_seconds


def main() -> None:
    """Do the job on standard input."""
    print(json.dumps(asyncio.run(play(json.load(sys.stdin)))))


async def play(job: dict[str, Any]) -> list[dict[str, Any]]:
    """What each act measured, with the share of a processor that this process took for it."""
    hall = Hall(job)
    gc.disable()  # a pause of this process would be told as the server's
    told = []
    for act in job["acts"]:
        name = act.pop("act")
        own, server, start = time.process_time(), cpu_seconds(job["pid"]), time.perf_counter()
        measured = await getattr(hall, name)(**act)
        wall = time.perf_counter() - start
        shares = {
            "client_share": (time.process_time() - own) / wall,
            "server_share": (cpu_seconds(job["pid"]) - server) / wall,
        }
        told.append({"act": name} | shares | measured)
        gc.collect()
    return told


if __name__ == "__main__":
    main()
