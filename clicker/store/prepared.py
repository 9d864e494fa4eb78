"""Statements written in Core, compiled once, and run on the driver's own cursor.

Running a statement through Core costs ten times what SQLite does for it, and a vote waits for four of them. Values pass
as the driver has them, so only text, numbers and true or false may stand in such a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection


class Prepared:
    """A statement by the dialect's name; it is compiled when it is first run on that dialect."""

    def __init__(self, build: Callable[[str], Any]) -> None:
        self._build = build
        self._texts: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it once and give all its rows."""
        text, order = self._text(connection)
        cursor = connection.connection.cursor()
        cursor.execute(text, _bound(values, order))
        return list(cursor.fetchall())

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run it for every row of values; gives how many rows it has changed in all."""
        text, order = self._text(connection)
        cursor = connection.connection.cursor()
        cursor.executemany(text, [_bound(values, order) for values in rows])
        return int(cursor.rowcount)

    def _text(self, connection: Connection) -> tuple[str, tuple[str, ...] | None]:
        dialect = connection.dialect
        if dialect.name not in self._texts:
            compiled: Any = self._build(dialect.name).compile(dialect=dialect)
            order = compiled.positiontup
            self._texts[dialect.name] = (str(compiled), None if order is None else tuple(order))
        return self._texts[dialect.name]


def _bound(values: Mapping[str, Any], order: tuple[str, ...] | None) -> Any:
    """The values as the driver wants them: by position or by name."""
    return values if order is None else tuple(values[name] for name in order)
