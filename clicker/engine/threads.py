"""Threads of the system for what would stop the loop: each is lent for one function, the last one used first.

A vote goes this way and back, so it must be short. The engines' own pools hand everything over through queues that all
their threads wait at, which takes as long as the database does.
"""

from __future__ import annotations

import _thread
from collections import deque
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from clicker.engine.crossing import Crossing

P = ParamSpec("P")
T = TypeVar("T")

MOST = 20

_real_lock = _thread.allocate_lock
_start = _thread.start_new_thread


class Job:
    """A function to be run by a thread, and what became of it; `resume` wakes the greenlet that waits for it."""

    __slots__ = ("done", "error", "resume", "value", "work")

    def __init__(self, work: Callable[[], Any], resume: Callable[[], object]) -> None:
        self.work, self.resume = work, resume
        self.done = False
        self.value: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Run the function, on a thread."""
        try:
            self.value = self.work()
        except BaseException as error:
            self.error = error

    def outcome(self) -> Any:
        """What the function returned; raises what it raised."""
        if self.error is None:
            return self.value
        try:
            raise self.error
        finally:
            self.error = None  # or the error and its frames would hold one another


class Threads:
    """At most MOST of them, started when needed. All but the work itself happens on the loop, so nothing is locked."""

    def __init__(self, crossing: Crossing, current: Callable[[], Any], wait: Callable[[], object]) -> None:
        self._crossing, self._current, self._wait = crossing, current, wait
        self._idle: list[_Thread] = []
        self._line: deque[Job] = deque()
        self._number = 0

    def run(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn` on a thread while the caller's greenlet waits; on a thread already, at once.

        Raises what `fn` raises, and RuntimeError where not one thread can be started.
        """
        if not self._crossing.here():
            return fn(*args, **kwargs)
        job = Job(lambda: fn(*args, **kwargs), self._current().switch)
        self._give(job)
        try:
            while not job.done:
                self._wait()
        finally:
            job.resume = _nobody  # who is killed while it waits is not woken
        return cast(T, job.outcome())

    def _give(self, job: Job) -> None:
        if self._idle:
            self._idle.pop().take(job)
        elif self._number < MOST and self._started(job):
            self._number += 1
        else:
            self._line.append(job)

    def _started(self, job: Job) -> bool:
        try:
            thread = _Thread(self._crossing, self._back)
        except RuntimeError:  # the system gives no more of them
            if not self._number:
                raise
            return False
        thread.take(job)
        return True

    def _back(self, thread: _Thread, job: Job) -> None:
        """The thread has done its job: lend it to the next in the line, and tell who waits."""
        if self._line:
            thread.take(self._line.popleft())
        else:
            self._idle.append(thread)
        job.done = True
        job.resume()


class _Thread:
    def __init__(self, crossing: Crossing, back: Callable[[_Thread, Job], None]) -> None:
        self._crossing, self._back = crossing, back
        self._jobs: deque[Job] = deque()
        self._gate = _real_lock()
        self._gate.acquire()
        _start(self._work, ())

    def take(self, job: Job) -> None:
        """Begin this job; on the loop, and only while there is no other."""
        self._jobs.append(job)
        self._gate.release()

    def _work(self) -> None:
        while True:
            self._gate.acquire()
            job = self._jobs.popleft()
            job.run()
            self._crossing.tell(lambda job=job: self._back(self, job))  # type: ignore[misc]
            del job


def _nobody() -> None:
    """Whoever waited is gone."""
