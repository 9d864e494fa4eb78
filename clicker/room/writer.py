"""One writer: votes and moves pass through one queue and are committed in batches, one batch at a time.

Whoever comes while nobody writes takes the turn and writes; all that comes meanwhile waits in the queue and goes
together in the next batch, by a task of its own. A lone vote thus waits for nobody; where several came, more are
coming, and the loop gets a few turns to bring them in, at most 20 ms. Whoever waits is told only after the commit.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from clicker.store import OutOfReach, Store, Transaction, TransactionLost

T = TypeVar("T")
T_Item = TypeVar("T_Item", bound="Item[Any]")
BATCH = 256
LONGEST_WAIT = 0.02  # seconds
IDLE_TURNS = 2  # a message is read in one turn of the loop and handled in the next
PATIENCE = 15.0

_log = logging.getLogger(__name__)


@dataclass
class Item(Generic[T]):
    """Something to be written: `work` inside the transaction, then the outcome for whoever waits."""

    work: Callable[[Transaction], T]
    value: T | None = None
    error: BaseException | None = None
    _fate: str = field(default="", init=False)
    _undecided: list[None] = field(default_factory=lambda: [None], init=False)
    _done: bool = field(default=False, init=False)
    _gate: threading.Lock | None = field(default=None, init=False)

    def take(self) -> bool:
        """Whether it is to be written: not where whoever waited for it has given up."""
        return self._decide("taken")

    def abandon(self) -> bool:
        """Whether it will not be written: not where it is being written already."""
        return self._decide("abandoned")

    def _decide(self, fate: str) -> bool:
        # Two threads may ask at once; one of them gets what is in the list. A lock would cost each vote more.
        with contextlib.suppress(IndexError):
            self._undecided.pop()
            self._fate = fate
        return self._fate == fate

    def tell(self) -> None:
        """It is committed or has failed; once, by whoever wrote it."""
        self._done = True
        if self._gate is not None:
            self._gate.release()

    def wait(self, seconds: float) -> bool:
        """Whether it was told within so many seconds; by the one who waits for it."""
        # Nearly every item is written by the one who brought it, and needs no lock at all.
        if self._done:
            return True
        gate = threading.Lock()
        gate.acquire()
        self._gate = gate
        # Told between the two lines above, it is told to nobody's gate.
        return self._done or gate.acquire(timeout=seconds)


@dataclass
class VoteItem(Item[str]):
    """A vote; all votes of a batch for one run are written together."""

    run_id: str = ""
    seat: str = ""
    vote: Any = None


def no_work(_tx: Transaction) -> str:
    """What a vote does alone: nothing, for votes are written together."""
    raise AssertionError("votes are written together")


class Writer:
    """The queue, and whose turn it is. `cast` writes the votes of one run and gives their outcomes; `after` and
    `reached` tell of a batch and of the database, and raise nothing."""

    def __init__(
        self,
        store: Store,
        in_thread: Callable[..., Any],
        spawn: Callable[..., Any],
        cast: Callable[[Transaction, str, Sequence[VoteItem]], Sequence[str]],
        after: Callable[[Sequence[Item[Any]]], None],
        reached: Callable[[bool], None] = lambda _well: None,
    ) -> None:
        self._store = store
        self._in_thread = in_thread
        self._spawn = spawn
        self._cast = cast
        self._after = after
        self._tell_reached = reached
        self._queue: deque[Item[Any]] = deque()
        self._turn = threading.Lock()
        self.reached = True

    def submit(self, item: Item[T]) -> T:
        """Queue the item, wait for its commit, and give its value or raise its error."""
        self._queue.append(item)
        # The first batch has this item in it; what came after it must not keep this one's answer waiting.
        try:
            self._write_next()
        finally:
            self._hand_on()
        if not item.wait(PATIENCE) and (item.abandon() or not item.wait(PATIENCE)):
            # Whoever pressed is told that it failed; it must not happen behind their back later.
            raise OutOfReach("no answer in time")
        if item.error is not None:
            # A batch has one error; without this it would drag along the way of everybody who was told it before.
            raise item.error.with_traceback(None)
        return item.value  # type: ignore[return-value]

    def _hand_on(self) -> None:
        """See that what is left in the queue is written, by whoever has the turn or a task of its own."""
        if self._queue and not self._turn.locked():
            try:
                self._spawn(self._write_all)
            except RuntimeError:  # no thread can be started any more
                self._write_all()

    def _write_all(self) -> None:
        while self._queue and self._write_next():
            pass

    def _write_next(self) -> bool:
        """Take the turn and write one batch; False where another has the turn, who will look at the queue after it.

        A failed batch fails those in it and nobody else.
        """
        if not self._turn.acquire(blocking=False):
            return False
        batch: list[Item[Any]] = []
        try:
            batch = self._take()
            if batch:
                self._in_thread(self._write, batch)
                self._say_whether_reached(None)
        except BaseException as error:
            killed = not isinstance(error, Exception)
            for item in batch:
                item.error = item.error or (OutOfReach("interrupted") if killed else error)
            if killed:  # the others are told, and try again
                raise
            if isinstance(error, OutOfReach):
                self._say_whether_reached(error)
            else:
                _log.exception("a batch of %d could not be written", len(batch))
        finally:
            self._turn.release()
            for item in batch:
                item.tell()
        self._after([item for item in batch if item.error is None])
        return True

    def _say_whether_reached(self, error: OutOfReach | None) -> None:
        """Once when it begins and once when it is over: a class that tries again and again fills no terminal."""
        if self.reached is (error is None):
            return
        self.reached = error is None
        if error is not None:
            _log.error("the database cannot be written, so nothing is acknowledged: %s", error)
        else:
            _log.warning("the database can be written again")
        self._tell_reached(self.reached)

    def _take(self) -> list[Item[Any]]:
        """The next batch: whatever is there, and if that is several, what comes in as long as it comes."""
        batch: list[Item[Any]] = []
        self._drain(batch)
        end = time.monotonic() + LONGEST_WAIT
        idle = 0
        while 1 < len(batch) < BATCH and idle < IDLE_TURNS and time.monotonic() < end:
            before = len(batch)
            self._drain(batch)
            idle = 0 if len(batch) > before else idle + 1
            time.sleep(0)
        return batch

    def _drain(self, batch: list[Item[Any]]) -> None:
        while self._queue and len(batch) < BATCH:
            batch.append(self._queue.popleft())

    def _write(self, batch: Sequence[Item[Any]]) -> None:
        if not self._written_at_once(batch):
            self._write_carefully(batch)

    def _written_at_once(self, batch: Sequence[Item[Any]]) -> bool:
        """Votes alone, as nearly always, and nothing wrong with any of them: then they need no savepoints."""
        votes = [item for item in batch if isinstance(item, VoteItem)]
        if len(votes) < len(batch):
            return False

        began = False

        def work(tx: Transaction) -> None:
            nonlocal began
            began = True
            taken = _taken(votes)
            for run_id in {item.run_id for item in taken}:
                self._cast_all(tx, run_id, [item for item in taken if item.run_id == run_id])

        try:
            self._store.write(work)
        except Exception:
            if not began:  # locked or away: to try again at once would only wait again
                raise
            return False
        return True

    def _write_carefully(self, batch: Sequence[Item[Any]]) -> None:
        """What one item does wrong is taken back alone, and told to it alone."""

        def work(tx: Transaction) -> None:
            for group in _grouped(_taken(batch)):
                if isinstance(group[0], VoteItem):
                    self._write_votes(tx, [item for item in group if isinstance(item, VoteItem)])
                else:
                    _write_one(tx, group[0])

        self._store.write(work)

    def _write_votes(self, tx: Transaction, items: Sequence[VoteItem]) -> None:
        for run_id in {item.run_id for item in items}:
            mine = [item for item in items if item.run_id == run_id]
            try:
                with tx.savepoint():
                    self._cast_all(tx, run_id, mine)
            except TransactionLost:
                raise
            except Exception:
                # One vote that cannot be written must not take the others with it.
                for item in mine:
                    self._cast_alone(tx, item)

    def _cast_all(self, tx: Transaction, run_id: str, items: Sequence[VoteItem]) -> None:
        for item, outcome in zip(items, self._cast(tx, run_id, items), strict=True):
            item.value = outcome

    def _cast_alone(self, tx: Transaction, item: VoteItem) -> None:
        try:
            with tx.savepoint():
                self._cast_all(tx, item.run_id, [item])
        except TransactionLost:
            raise
        except Exception as error:
            item.error = error


def _taken(batch: Sequence[T_Item]) -> list[T_Item]:
    """Asked once the lock is held: who was told meanwhile that it failed must not find it done."""
    return [item for item in batch if item.take()]


def _write_one(tx: Transaction, item: Item[Any]) -> None:
    """A domain error belongs to its item alone; what it had written before raising is taken back."""
    try:
        with tx.savepoint():
            item.value = item.work(tx)
    except TransactionLost:
        raise
    except Exception as error:
        item.error = error


def _grouped(batch: Sequence[Item[Any]]) -> list[list[Item[Any]]]:
    """Neighbouring votes together, everything else alone, in the order of arrival."""
    groups: list[list[Item[Any]]] = []
    for item in batch:
        if groups and isinstance(item, VoteItem) and isinstance(groups[-1][0], VoteItem):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups
