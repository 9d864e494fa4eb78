"""One class on one server: its acts are what a job is made of, and each gives what it measured."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import time
from collections.abc import Callable
from typing import Any

from tests.bench.consultant import press
from tests.bench.polling import PollingPhone
from tests.bench.process import cpu_seconds, resident_kb
from tests.bench.saturation import Saturation
from tests.bench.wire import Phone, ask

COUNTED = re.compile(r"(\d+) (?:of|af) (\d+)")
SETTLE = 0.15  # seconds without news until late ones belong to no scene
PATIENCE = 30  # seconds for a scene's acknowledgements
SHOWN_PATIENCE = 3  # seconds for the last count


class Hall:
    """The phones that are in, the consultant's page or the wall beside them, and the prompt that is open."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.port: int = job["port"]
        self.chance = random.Random(job["seed"])
        self.phones: list[Phone | PollingPhone] = []
        self.watcher: Phone | None = None
        self.run: dict[str, Any] = {}
        self.index = -1
        self.turn = 0
        self.number = 0

    # -- acts -----------------------------------------------------------------------------------------------------

    async def join(
        self, phones: int, run: dict[str, Any], over: float = 0.0, polling: bool = False, wall: bool = False
    ) -> dict[str, Any]:
        """So many come in, at once or over some seconds; who is refused is counted."""
        self.run, self.index, self.turn = run, -1, run.get("turn", 0)
        before, memory, start = self._cpu(), resident_kb(self.job["pid"]), time.perf_counter()
        moments = [start + over * number / phones for number in range(phones)]
        found = await asyncio.gather(*(self._come_in(moment, polling) for moment in moments))
        wall_ms = 1000 * (time.perf_counter() - start)
        spent = self._cpu() - before
        came = [phone for phone in found if phone is not None]
        self.phones += came
        await self._quiet()
        told = {
            "phones": phones,
            "came": len(came),
            "wall_ms": wall_ms,
            "cpu_us": 1e6 * spent / phones,
            "rss_kb": (resident_kb(self.job["pid"]) - memory) / max(1, len(came)),
        }
        if run and self.watcher is None:
            self.watcher = await self._watch(wall)
        return told

    async def leave(self) -> dict[str, Any]:
        """Everybody goes home."""
        for phone in (*self.phones, self.watcher):
            if phone is not None:
                phone.close()
        self.phones, self.watcher = [], None
        await asyncio.sleep(SETTLE)
        return {}

    async def scene(self, window: float, kind: str = "spread", guests: int = 0) -> dict[str, Any]:
        """Everybody votes once: within so many seconds, or all at once. So many guests come in meanwhile, and leave."""
        await self._next_prompt()
        before, events = self._cpu(), self._events()
        coming = asyncio.gather(*(self._visit(window * number / guests) for number in range(guests)))
        sent, heard = await self._votes(window)
        await coming
        await self._until_shown(min(sent.values()), len(sent))
        await asyncio.sleep(SETTLE)
        shown = self._shown(sent, heard)
        return {
            "kind": kind,
            "phones": len(self.phones),
            "window": window,
            "acks": [1000 * (heard[number] - moment) for number, moment in sent.items()],
            "shown": shown,
            "count_ms": self._last_shown(sent, len(sent)),
            "cpu_us": 1e6 * (self._cpu() - before) / len(sent),
            "messages": (self._events() - events + len(sent)) / len(sent),
            "prompt": self._prompt()["prompt"] if self.run else "",
            "run": self.run.get("id", ""),
        }

    async def saturate(self, seconds: float, voters: int, kill_after: float = 0.0) -> dict[str, Any]:
        """So many vote again as soon as they have their acknowledgement. With `kill_after` seconds the server is
        killed in the middle, and the ids of the acknowledged votes are told."""
        await self._next_prompt()
        loop = asyncio.get_running_loop()
        before = self._cpu()
        busy = Saturation(self._vote, self.chance.sample(self.phones, voters), seconds)
        if kill_after:
            loop.call_later(kill_after, os.kill, self.job["pid"], signal.SIGKILL)
        own = time.process_time()
        start = time.perf_counter()
        busy.begin()
        while busy.waiting and time.perf_counter() < start + seconds + PATIENCE and not kill_after:
            await asyncio.sleep(0.005)
        while kill_after and not all(phone.lost for phone in self.phones):
            await asyncio.sleep(0.005)
        wall = time.perf_counter() - start
        spent = self._cpu() - before
        _none(busy.refused)
        if busy.waiting and not kill_after:
            raise TimeoutError(f"{busy.waiting} votes without acknowledgement")
        return {
            "voters": voters,
            "per_s": len(busy.acks) / wall,
            "acks": sorted(busy.acks)[:: max(1, len(busy.acks) // 1000)],
            "cpu_us": 1e6 * spent / max(1, len(busy.acks)),
            "server_share": spent / wall,
            "busy_share": (time.process_time() - own) / wall,
            "stored": busy.stored if kill_after else [],
        }

    # -- coming in ------------------------------------------------------------------------------------------------

    async def _come_in(self, moment: float, polling: bool) -> Phone | PollingPhone | None:
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        auth = await self._seat()
        if auth is None:
            return None
        try:
            if polling:
                return await PollingPhone.connect(self.port, auth)
            return await Phone.connect(self.port, auth)
        except ConnectionError as error:
            if "full" in str(error):
                return None
            raise

    async def _visit(self, wait: float) -> None:
        guest = await self._come_in(time.perf_counter() + wait, polling=False)
        if guest is not None:
            guest.close()

    async def _seat(self) -> dict[str, Any] | None:
        """What a phone shows to the socket; None where it was told that there is no room."""
        if not self.run:
            await ask(self.port, "/", form="")
            return {}
        code = self.run["code"]
        answer = await ask(self.port, f"/{code}/join", form="", headers={"Accept": "application/json"})
        if answer.status == 503:
            return None
        if answer.status != 200:
            raise RuntimeError(f"no seat: {answer.status} {answer.text[:300]}")
        return {"screen": "phone", "code": code, "seat": json.loads(answer.text)["seat"]}

    async def _watch(self, wall: bool) -> Phone:
        if wall:
            return await Phone.connect(self.port, {"screen": "wall", "code": self.run["code"], "key": self.run["key"]})
        return await Phone.connect(self.port, {"screen": "consultant", "run": self.run["id"]}, self.job["cookie"])

    # -- the block ------------------------------------------------------------------------------------------------

    async def _next_prompt(self) -> None:
        if self.run:
            for name in ("open",) if self.index < 0 else ("close", "next"):
                await press(self.port, self.job["cookie"], self.run["id"], name, self.turn, max(2, self._present()))
                self.turn += 1
        self.index += 1
        await self._quiet()

    def _present(self) -> int:
        return int(self.run["present"])

    def _prompt(self) -> dict[str, Any]:
        prompt: dict[str, Any] = self.run["prompts"][self.index]
        return prompt

    def _vote(self) -> tuple[int, str, dict[str, Any]]:
        """The number, name and data of the next vote; the echo carries the same bytes."""
        self.number += 1
        prompt, answer = "topic-1.own.1", "001"
        if self.run:
            prompt, answer = self._prompt()["prompt"], self.chance.choice(self._prompt()["choices"])
        data = {"prompt": prompt, "answer": answer, "id": f"{self.chance.getrandbits(64):016x}", "seq": self.number}
        return self.number, "vote" if self.run else "echo", data

    async def _votes(self, window: float) -> tuple[dict[int, float], dict[int, float]]:
        """The moments of sending and of acknowledgement by number, once all are there."""
        heard: dict[int, float] = {}
        sent: dict[int, float] = {}

        refused: list[bytes] = []

        def on_ack(number: int, moment: float, data: bytes) -> None:
            heard[number] = moment
            if b'"ok":false' in data:
                refused.append(data)

        start = time.perf_counter() + 0.02
        moments = sorted(start + self.chance.uniform(0, window) for _ in self.phones)
        for moment, phone in zip(moments, self.chance.sample(self.phones, len(self.phones)), strict=True):
            wait = moment - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            phone.on_ack = on_ack
            number, event, data = self._vote()
            sent[number] = phone.emit(number, event, data)
        await _until(lambda: len(heard) == len(sent), PATIENCE, "votes without acknowledgement")
        _none(refused)
        return sent, heard

    # -- what the watcher saw -------------------------------------------------------------------------------------

    def _counts(self, since: float) -> list[tuple[float, int]]:
        """(moment, how many have answered) of each count that came after a moment."""
        events = self.watcher.events if self.watcher is not None else []
        found = [
            (moment, COUNTED.search(text)) for moment, text in events if moment >= since and text.startswith('["count"')
        ]
        return [(moment, int(match.group(1))) for moment, match in found if match]

    def _shown(self, sent: dict[int, float], heard: dict[int, float]) -> list[float]:
        """From each vote to the first count that has it in it, in ms."""
        counts = self._counts(min(sent.values()))
        shown = []
        place = 0
        for rank, number in enumerate(sorted(heard, key=lambda one: heard[one]), 1):
            while place < len(counts) and counts[place][1] < rank:
                place += 1
            if place < len(counts):
                shown.append(1000 * (counts[place][0] - sent[number]))
        return shown

    def _last_shown(self, sent: dict[int, float], wanted: int) -> float | None:
        """From the last vote to the count that has everybody, in ms; None where it was not seen."""
        last = max(sent.values())
        return next((1000 * (moment - last) for moment, number in self._counts(last) if number >= wanted), None)

    async def _until_shown(self, since: float, wanted: int) -> None:
        end = time.perf_counter() + SHOWN_PATIENCE
        while self.watcher is not None and time.perf_counter() < end:
            counts = self._counts(since)
            if counts and counts[-1][1] >= wanted:
                return
            await asyncio.sleep(0.005)

    def _events(self) -> int:
        everyone = self.phones if self.watcher is None else [*self.phones, self.watcher]
        return sum(len(phone.events) for phone in everyone)

    async def _quiet(self) -> None:
        """Wait until no more news comes in."""
        before = -1
        while before != (before := self._events()):
            await asyncio.sleep(SETTLE)

    def _cpu(self) -> float:
        return cpu_seconds(self.job["pid"])


async def _until(true: Callable[[], bool], patience: float, otherwise: str) -> None:
    end = time.perf_counter() + patience
    while not true():
        if time.perf_counter() > end:
            raise TimeoutError(otherwise)
        await asyncio.sleep(0.002)


def _none(refused: list[bytes]) -> None:
    if refused:
        raise RuntimeError(f"{len(refused)} votes were refused: {refused[0]!r}")
