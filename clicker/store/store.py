"""Opening the database, and the two ways into it: `write` and `read`, each one transaction."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from clicker.store.reach import reaching
from clicker.store.tables import metadata
from clicker.store.transaction import Transaction

T = TypeVar("T")
FileId = tuple[int, int] | None  # device and number; None where there is no file

LOCK_WAIT = 6_000  # milliseconds; twice this is less than anybody's patience
CHECKPOINT_TRIES = 20
CHECKPOINT_PAUSE = 0.05  # seconds
KEPT = 16  # connections of each kind
LOG_PAGES = 8_000  # a whole lesson's votes: folding the log into the file must not fall on one of them


class Store:
    """A database by its URL. `durable=False` gives up the sync after each commit; it exists for measuring."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.sqlite = url.startswith("sqlite")
        # A pool's own locks may not cross from a thread to the loop; connections to a file are kept below, without any.
        options: dict[str, Any] = {"poolclass": NullPool} if self.sqlite else {"pool_size": 4}
        # The text of an error goes into the log; answers and seats must not.
        self._engine = create_engine(url, hide_parameters=True, **options)
        if self.sqlite:
            self._listen("FULL" if durable else "OFF")
        # Idle connections by whether they write. Opening one costs a lone vote a third of its time, and whoever closes
        # the last one folds the log into the file, synced. Taking from and giving to a deque needs no lock.
        self._idle: dict[bool, deque[tuple[FileId, Connection]]] = {False: deque(), True: deque()}
        self._open = True
        with reaching(self._engine.dialect):
            self._create_tables()

    def _create_tables(self) -> None:
        """All of them or none, so that a start that is cut off leaves nothing half done."""
        with self._engine.connect() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            metadata.create_all(connection)
            if self.sqlite:
                connection.exec_driver_sql("COMMIT")
            connection.commit()

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction that may write; it is committed and synced when this returns.

        Raises OutOfReach where the database cannot be used; then nothing is written.
        """
        # A writer takes the lock at once: two that read first and write later would deadlock.
        return self._run(work, writes=True, begin="BEGIN IMMEDIATE")

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one consistent state. Raises OutOfReach where the database cannot be used."""
        return self._run(work, writes=False, begin="BEGIN")

    def _run(self, work: Callable[[Transaction], T], *, writes: bool, begin: str) -> T:
        with reaching(self._engine.dialect):
            # One transaction and one thread at a time have it; after an error it is not used again.
            file, connection = self._kept(writes) or self._opened()
            try:
                value = self._within(connection, work, begin)
            except BaseException:
                connection.close()
                raise
            idle = self._idle[writes]
            if file is not None and self._open and len(idle) < KEPT:
                idle.append((file, connection))
            else:
                connection.close()
            return value

    def _within(self, connection: Connection, work: Callable[[Transaction], T], begin: str) -> T:
        """One transaction, committed; what raises is rolled back when its connection is closed."""
        if not self.sqlite:
            with connection.begin():
                return work(Transaction(connection))
        # In the driver's words: Core's take as long as the votes of a transaction.
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(begin)
        value = work(Transaction(connection))
        raw.execute("COMMIT")
        if connection.in_transaction():  # a statement of Core's began one on its own books
            connection.commit()
        return value

    def _opened(self) -> tuple[FileId, Connection]:
        """A new connection, and the file it surely leads to."""
        before = self._database_file()
        connection = self._engine.connect()
        return before if before == self._database_file() else None, connection

    def _kept(self, writes: bool) -> tuple[FileId, Connection] | None:
        """An idle connection to the file that is there; those to any other are closed.

        A file that was deleted or replaced under us must not be written to: nobody would find it again.
        """
        idle = self._idle[writes]
        file = self._database_file() if idle else None
        while idle:
            try:
                of, connection = idle.pop()
            except IndexError:  # another thread was faster
                return None
            if of == file:
                return of, connection
            connection.close()
        return None

    def wipe(self) -> bool:
        """Rebuild the file and empty the write-ahead log, so that deleted rows are nowhere; False where a reader was
        in the way every time."""
        if not self.sqlite:
            return True
        # Rows that moved between pages leave copies behind, which secure_delete does not see.
        self._raw("VACUUM")
        for _ in range(CHECKPOINT_TRIES):
            # Waiting inside the checkpoint would hold the writer's lock all the while.
            if not self._raw("PRAGMA wal_checkpoint(TRUNCATE)", wait=0)[0]:
                return True
            time.sleep(CHECKPOINT_PAUSE)
        return False

    def _raw(self, statement: str, wait: int = LOCK_WAIT) -> Any:
        """The first row of a statement that may not stand in a transaction; `wait` for locks, in milliseconds."""
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute(f"PRAGMA busy_timeout = {wait}")
            return raw.execute(statement).fetchone()

    def close(self) -> None:
        self._open = False
        for idle in self._idle.values():
            while idle:
                idle.pop()[1].close()
        self._engine.dispose()

    def _database_file(self) -> FileId:
        """Which file the path leads to now; None where it leads to none, or the database is not a file."""
        if not self.sqlite:
            return None
        try:
            found = os.stat(self._engine.url.database or "")
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _listen(self, synchronous: str) -> None:
        @event.listens_for(self._engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun in the open, by `_within`
            for pragma in (
                f"busy_timeout = {LOCK_WAIT}",
                "journal_mode = WAL",
                f"synchronous = {synchronous}",
                f"wal_autocheckpoint = {LOG_PAGES}",
                "secure_delete = ON",
                "foreign_keys = ON",
                "temp_store = MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")
