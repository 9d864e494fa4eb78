"""Opening the database, and the two ways into it: `write` and `read`, each one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

from clicker.store.tables import metadata
from clicker.store.transaction import Transaction

T = TypeVar("T")

LOCK_WAIT = 10_000  # milliseconds
CHECKPOINT_TRIES = 20
CHECKPOINT_PAUSE = 0.05  # seconds


class Store:
    """A database by its URL. `durable=False` gives up the sync after each commit; it exists for measuring."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.sqlite = url.startswith("sqlite")
        # A pooled connection would wander between threads; opening an SQLite file is cheap.
        options: dict[str, Any] = {"poolclass": NullPool} if self.sqlite else {"pool_size": 4}
        # The text of an error goes into the log; answers and seats must not.
        self._engine = create_engine(url, hide_parameters=True, **options)
        if self.sqlite:
            self._listen("FULL" if durable else "OFF")
        metadata.create_all(self._engine)
        # It does nothing but stay: whoever closes the last connection folds the log into the file, synced, each time.
        self._resident = self._engine.raw_connection() if self.sqlite else None

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction that may write; it is committed and synced when this returns."""
        with self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                return work(Transaction(connection))

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one consistent state."""
        with self._engine.connect() as connection, connection.begin():
            return work(Transaction(connection))

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
        if self._resident is not None:
            self._resident.close()
        self._engine.dispose()

    def _listen(self, synchronous: str) -> None:
        @event.listens_for(self._engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun below, in the open
            for pragma in (
                f"busy_timeout = {LOCK_WAIT}",
                "journal_mode = WAL",
                f"synchronous = {synchronous}",
                "secure_delete = ON",
                "foreign_keys = ON",
                "temp_store = MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self._engine, "begin")
        def begin(connection: Connection) -> None:
            # A writer takes the lock at once: two that read first and write later would deadlock.
            writes = connection.get_execution_options().get("writes")
            connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
