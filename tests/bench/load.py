"""The load: a class of phones in a process of its own, which joins, votes scene by scene and measures.

Run as `python -m tests.bench.load`: a job as JSON on standard input, what was measured as JSON on standard output.
A job: server ("echo" or "app"), port, pid (of the server), phones, spreads, bursts, window (seconds), seed; for the
app also run (as `app_server` printed it) and cookie (the consultant's).
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.consultant import press
from tests.bench.wire import Phone, ask

ALL_IN = re.compile(r'value=\\?"100')
SETTLE = 0.15  # seconds after the last acknowledgement in which late news still belongs to the scene
PATIENCE = 30  # seconds for a scene's acknowledgements


def main() -> None:
    """Do the job on standard input."""
    print(json.dumps(asyncio.run(Scenes(json.load(sys.stdin)).play())))


def cpu_seconds(pid: int) -> float:
    """Processor time of all threads of a process so far; nan where the system does not tell."""
    try:
        tasks = [task / "schedstat" for task in Path(f"/proc/{pid}/task").iterdir()]
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
    except (OSError, IndexError):
        return float("nan")


class Scenes:
    """One class on one server: everybody joins at once, then a scene for each spread and each burst."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.port: int = job["port"]
        self.is_app: bool = job["server"] == "app"
        self.chance = random.Random(job["seed"])
        self.phones: list[Phone] = []
        self.consultant: Phone | None = None
        self.turn: int = job["run"]["turn"] if self.is_app else 0
        self.number = 0

    async def play(self) -> dict[str, Any]:
        """What the whole class measured."""
        before, start = cpu_seconds(self.job["pid"]), time.perf_counter()
        self.phones = list(await asyncio.gather(*(self._join() for _ in range(self.job["phones"]))))
        joined = time.perf_counter() - start
        cost = cpu_seconds(self.job["pid"]) - before
        if self.is_app:
            auth = {"screen": "consultant", "run": self.job["run"]["id"]}
            self.consultant = await Phone.connect(self.port, auth, self.job["cookie"])
        kinds = ["spread"] * self.job["spreads"] + ["burst"] * self.job["bursts"]
        gc.disable()  # a pause of this process would be told as the server's
        scenes = [await self._scene(index, kind) for index, kind in enumerate(kinds)]
        for phone in self.phones:
            phone.close()
        return {
            "server": self.job["server"],
            "join_ms": 1000 * joined,
            "join_cpu_us": 1e6 * cost / max(1, self.job["phones"]),
            "scenes": scenes,
        }

    async def _join(self) -> Phone:
        if not self.is_app:
            await ask(self.port, "/")
            return await Phone.connect(self.port, {})
        code = self.job["run"]["code"]
        seat = await ask(self.port, f"/{code}/join", form="", headers={"Accept": "application/json"})
        auth = {"screen": "phone", "code": code, "seat": json.loads(seat.text)["seat"]}
        return await Phone.connect(self.port, auth)

    async def _press(self, name: str) -> None:
        await press(self.port, self.job["cookie"], self.job["run"]["id"], name, self.turn, self.job["phones"])
        self.turn += 1

    async def _scene(self, index: int, kind: str) -> dict[str, Any]:
        """Everybody votes once: within the window or all at once."""
        if self.is_app and index == 0:
            await self._press("open")
        await asyncio.sleep(SETTLE)
        before, events = cpu_seconds(self.job["pid"]), self._events()
        sent = await self._votes(index, self.job["window"] if kind == "spread" else 0.0)
        acks = [self._ack_ms(phone, number, moment) for phone, number, moment in sent]
        await self._wait_for_count(sent[-1][2])
        await asyncio.sleep(SETTLE)
        told = {
            "kind": kind,
            "acks": acks,
            "cpu_us": 1e6 * (cpu_seconds(self.job["pid"]) - before) / len(sent),
            "messages": (self._events() - events + len(sent)) / len(sent),
            "count_ms": self._count_ms(max(moment for _phone, _number, moment in sent)),
        }
        if self.is_app:
            await self._press("close")
            await self._press("next")  # which opens the block's next prompt
        return told

    async def _votes(self, index: int, window: float) -> list[tuple[Phone, int, float]]:
        """(phone, number, moment of sending) of each vote, once all are acknowledged."""
        start = time.perf_counter() + 0.02
        moments = sorted(start + self.chance.uniform(0, window) for _ in self.phones)
        order = self.chance.sample(self.phones, len(self.phones))
        sent = []
        for moment, phone in zip(moments, order, strict=True):
            wait = moment - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            self.number += 1
            event, data = self._vote(index)
            sent.append((phone, self.number, phone.emit(self.number, event, data)))
        end = time.perf_counter() + PATIENCE
        while not all(number in phone.acknowledged for phone, number, _moment in sent):
            if time.perf_counter() > end:
                raise TimeoutError("votes without acknowledgement")
            await asyncio.sleep(0.005)
        return sent

    def _vote(self, index: int) -> tuple[str, dict[str, Any]]:
        """The echo carries the same bytes as a vote."""
        prompt, answer = f"topic-{index}.own.1", "001"
        if self.is_app:
            asked = self.job["run"]["prompts"][index]
            prompt, answer = asked["prompt"], self.chance.choice(asked["choices"])
        data = {"prompt": prompt, "answer": answer, "id": f"{self.chance.getrandbits(64):016x}", "seq": index + 1}
        return ("vote" if self.is_app else "echo"), data

    def _ack_ms(self, phone: Phone, number: int, moment: float) -> float:
        arrived, data = phone.acknowledged[number]
        if self.is_app and '"ok":true' not in data:
            raise RuntimeError(f"a vote was refused: {data}")
        return 1000 * (arrived - moment)

    def _events(self) -> int:
        return sum(len(phone.events) for phone in self._everyone())

    def _everyone(self) -> list[Phone]:
        return self.phones if self.consultant is None else [*self.phones, self.consultant]

    async def _wait_for_count(self, since: float) -> None:
        for _look in range(200):
            if self.consultant is None or self._count_ms(since) is not None:
                return
            await asyncio.sleep(0.01)

    def _count_ms(self, since: float) -> float | None:
        """From the last vote to the consultant's count that has everybody; None where it was not seen."""
        if self.consultant is None:
            return None
        for moment, text in self.consultant.events:
            if moment >= since and text.startswith('["count"') and ALL_IN.search(text):
                return 1000 * (moment - since)
        return None


if __name__ == "__main__":
    main()
