"""The rooms of one installation: what consultants and phones can do, each a short way into the one writer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from clicker.lesson import Move, NotNow
from clicker.room.codes import clean_code, hashed, new_id, new_seat
from clicker.room.ending import Idle, anything_late, end_what_is_late, throw_away
from clicker.room.errors import LessonOver, NotYours, RoomFull, Slow
from clicker.room.found import existing, live_run
from clicker.room.lent import Loop, News
from clicker.room.mine import Mine, mine
from clicker.room.moving import ChooseFigures, keep_dark, keep_present, make_move
from clicker.room.opening import Opening, RunCard, card, open_run
from clicker.room.seats import Joined, most_seats
from clicker.room.snapshot import Snapshot, take
from clicker.room.telling import Telling
from clicker.room.voting import SAVED, Ack, Taps, cast
from clicker.room.wiping import Wiper
from clicker.room.writer import Item, VoteItem, Writer, no_work
from clicker.store import OutOfReach, RunRecord, Store, Transaction, Vote

T = TypeVar("T")

TICKET_MINUTES = 30
LOOK_SECONDS = 60  # between two looks for forgotten lessons

_EPOCH = datetime(1970, 1, 1)

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time, in UTC without a zone: the form in which the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


class Rooms:
    """Every live run of this process's database. All writing waits for the writer's commit."""

    def __init__(
        self,
        store: Store,
        loop: Loop,
        *,
        choose_figures: ChooseFigures,
        lang: str = "da",
        clock: Callable[[], datetime] = utc_now,
        passed: Callable[[], float] | None = None,
    ) -> None:
        self.lang = lang
        self._store = store
        self._loop = loop
        self._choose_figures = choose_figures
        self._clock = clock
        # Where nobody counts the time that passes, the clock is trusted.
        self._passed = passed or (lambda: (clock() - _EPOCH).total_seconds())
        self._began = clock() - timedelta(seconds=self._passed())
        self._idle = Idle(self._passed)
        self._taps = Taps()
        self._stopped = threading.Event()
        self._telling = Telling(loop, self._stopped)
        self._writer = Writer(store, loop.in_thread, loop.spawn, cast, self._telling.saved, self._telling.reached)
        self._wiper = Wiper(lambda: loop.in_thread(store.wipe))

    def open_for(self, news: News) -> None:
        """Finish what should have been finished, then start the look at the clock."""
        self._telling.news = news
        self.finish_forgotten()
        self._loop.spawn(self._look_at_the_clock)

    @property
    def stuck(self) -> bool:
        """Whether the last that was to be written could not be, for the database was out of reach."""
        return not self._writer.reached

    def now(self) -> datetime:
        return self._clock()

    def today(self) -> date:
        return self._clock().date()

    def steady_now(self) -> datetime:
        """The time when this process began and what has passed since: setting the machine's clock does not move it."""
        return self._began + timedelta(seconds=self._passed())

    def too_fast(self, seat_hash: str) -> bool:
        """Whether this seat must wait a moment; counts the tap where not."""
        return self._taps.too_fast(seat_hash)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """One reading transaction, off the loop."""
        return self._loop.in_thread(self._store.read, work)  # type: ignore[no-any-return]

    def write(self, work: Callable[[Transaction], T]) -> T:
        """One writing transaction through the queue; returns after its commit."""
        return self._writer.submit(Item(work))

    def delete(self, work: Callable[[Transaction], object]) -> None:
        """One writing transaction that deletes for good; when this returns, what it deleted is in no file."""
        try:
            self.write(work)
        finally:
            self.wipe_soon()
        self._wipe()

    def wipe_soon(self) -> None:
        """Something was deleted that the next look at the clock may wipe from the file."""
        self._wiper.deleted()

    # -- runs ---------------------------------------------------------------------------------------------------

    def create(self, opening: Opening) -> RunCard:
        """A new run in its lobby. Raises LabelsNeeded or TooSoon (P5)."""
        return card(self.write(lambda tx: open_run(tx, opening, self._clock())))

    def runs(self) -> tuple[RunCard, ...]:
        """All runs that were not discarded, newest first."""
        return tuple(card(record) for record in self.read(lambda tx: tx.runs()))

    def discard(self, run_id: str) -> None:
        """Throw a live run away, or delete a finished one's results."""
        try:
            self.write(lambda tx: throw_away(tx, existing(tx, run_id)))
        finally:
            self.wipe_soon()
        self._telling.moved(run_id)
        self._wipe()

    # -- phones -------------------------------------------------------------------------------------------------

    def find(self, code: str) -> str:
        """The run's id by its code. Raises UnknownCode or LessonOver."""

        return self.read(lambda tx: live_run(tx, code)[0])

    def last(self, code: str) -> Snapshot:
        """The newest run of that code, finished or not, as it stands. Raises UnknownCode."""

        def work(tx: Transaction) -> Snapshot:
            return take(tx, existing(tx, tx.run_id_of(clean_code(code)) or "", lock=False))

        return self.read(work)

    def join(self, code: str) -> Joined:
        """A new seat. Raises UnknownCode, LessonOver or RoomFull. Beyond `present` a late seat waits to be let in."""
        token = new_seat()

        def work(tx: Transaction) -> Joined:
            run_id, brief = live_run(tx, code, lock=True)
            seats, frozen = tx.seats_in(run_id), brief.run.frozen
            if seats >= most_seats(brief.run.present):
                raise RoomFull
            may_answer = not frozen or tx.seats_in(run_id, admitted=True) < (brief.run.present or 0)
            # Seats only ever come while a lesson is held, so their number is that of the next one.
            tx.add_seat(run_id, hashed(token), admitted=may_answer, arrival=0 if frozen else seats)
            return Joined(run_id, brief.code, token, may_answer)

        joined = self.write(work)
        self._telling.counted(joined.run_id)
        return joined

    def seated(self, run_id: str, seat: str) -> bool:
        """Whether this seat belongs to this run."""
        return self.read(lambda tx: tx.admitted(run_id, hashed(seat))) is not None

    def run_of(self, code: str, seat: str) -> str | None:
        """The run of that code, finished or not, where this seat is one of its."""

        def work(tx: Transaction) -> str | None:
            run_id = tx.run_id_of(code)
            return None if run_id is None or tx.admitted(run_id, hashed(seat)) is None else run_id

        return self.read(work)

    def vote(self, run_id: str, seat: str, vote: Vote) -> Ack:
        """Cast a vote; returns after its commit. Raises Slow where this seat alone is too fast."""
        seat_hash = hashed(seat)
        if self._taps.too_fast(seat_hash):
            raise Slow
        outcome = self._writer.submit(VoteItem(no_work, run_id=run_id, seat=seat_hash, vote=vote))
        return Ack(outcome == SAVED, outcome)

    def mine(self, run_id: str, seat: str) -> Mine:
        """What this phone may know of itself. Raises NotYours."""

        def work(tx: Transaction) -> Mine:
            record = existing(tx, run_id, lock=False)
            own = hashed(seat)
            admitted = tx.admitted(run_id, own)
            if admitted is None:
                raise NotYours
            seq = tx.last_seq(run_id, own)
            return mine(take(tx, record), admitted, tx.ballots_of(run_id, own), self.today(), self.lang, seq)

        return self.read(work)

    # -- the consultant -----------------------------------------------------------------------------------------

    def move(self, run_id: str, name: Move, turn: int, argument: Any = None) -> None:
        """Make a move from a button that saw `turn`. Raises NotNow (also for a stale button) or WrongPresent."""

        def work(tx: Transaction) -> RunRecord:
            record = existing(tx, run_id)
            if record.status != "live":
                raise LessonOver
            if record.run.turn != turn:
                raise NotNow(name, "stale")
            return make_move(tx, record, name, argument, choose_figures=self._choose_figures, now=self._clock())

        try:
            record = self.write(work)
        except OutOfReach:
            self.wipe_soon()  # seldom it is done all the same
            self._loop.spawn(self._telling.moved, run_id)
            raise
        if record.status == "finished":
            self.wipe_soon()
        self._telling.moved(run_id)
        if record.status == "finished":
            self._wipe()

    def set_present(self, run_id: str, present: int) -> None:
        """Type how many are present, before the first open only. Raises NotNow or WrongPresent."""
        self.write(lambda tx: keep_present(tx, existing(tx, run_id), present, self._clock()))
        self._telling.moved(run_id)

    def set_dark(self, run_id: str, dark: bool) -> None:
        """Black screen on the wall, or light again; it changes nothing else."""
        self.write(lambda tx: keep_dark(tx, existing(tx, run_id), dark))
        self._telling.moved(run_id)

    def snapshot(self, run_id: str) -> Snapshot:
        """The run as it stands, for `facts`. Raises UnknownCode."""
        return self.read(lambda tx: take(tx, existing(tx, run_id, lock=False)))

    # -- tickets and secrets ------------------------------------------------------------------------------------

    def ticket(self, kind: str) -> str:
        """A one-time ticket for a consultant's browser (`laptop`) or second screen (`phone`)."""
        token = new_id()
        expires = self._clock() + timedelta(minutes=TICKET_MINUTES if kind == "phone" else 24 * 60)
        self.write(lambda tx: tx.add_ticket(hashed(token), kind, expires))
        return token

    def take_ticket(self, token: str) -> str | None:
        """What the ticket opens, once; None for a stranger's."""
        return self.write(lambda tx: tx.take_ticket(hashed(token), self._clock()))

    # -- time ---------------------------------------------------------------------------------------------------

    def finish_forgotten(self) -> Sequence[str]:
        """Finish every run whose consultant made no move for four hours, and forget whoever answered at a station four
        hours ago; gives the ids of the runs."""
        late: Sequence[str] = []
        now, steady = self._clock(), self.steady_now()
        if self.read(lambda tx: anything_late(tx, self._idle, now, steady)):
            late = self.write(lambda tx: end_what_is_late(tx, self._idle, now, steady))
            self.wipe_soon()
        if self._wiper.due:
            self._wipe()
        for run_id in late:
            self._telling.moved(run_id)
        return late

    def stop(self) -> None:
        self._stopped.set()

    def _look_at_the_clock(self) -> None:
        while True:
            self._loop.sleep(LOOK_SECONDS)
            if self._stopped.is_set():
                return
            try:
                self.finish_forgotten()
                self._taps.forget()
            except Exception:
                _log.exception("forgotten runs could not be finished; the next look comes in a minute")

    def _wipe(self) -> None:
        """Make deleted rows unreadable; where something is in the way, the look at the clock tries again."""
        self._loop.collect()  # the phones that left are garbage now, and no question of theirs is open
        self._wiper.wipe()
