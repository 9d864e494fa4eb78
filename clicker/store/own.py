"""Content that consultants of this installation made or added: lessons and figures as the text of their files, and
how the file of a survey is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from clicker.store import tables


class OwnKind(StrEnum):
    LESSON = "lesson"
    FIGURES = "figures"
    READING = "reading"


@dataclass(frozen=True)
class OwnText:
    """One file: `name` is the lesson's id, the municipality's or the survey's name, `changed` in UTC."""

    kind: OwnKind
    name: str
    text: str
    changed: datetime


class OwnTexts:
    """The table of own content within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[OwnText, ...]:
        """Every text, by kind and name."""
        rows = self._connection.execute(select(tables.own).order_by(tables.own.c.kind, tables.own.c.name))
        return tuple(OwnText(OwnKind(row.kind), row.name, row.text, row.changed) for row in rows)

    def keep(self, one: OwnText) -> None:
        """Write it, in place of the one of that kind and name."""
        self.drop(one.kind, one.name)
        values = {"kind": str(one.kind), "name": one.name, "text": one.text, "changed": one.changed}
        self._connection.execute(insert(tables.own).values(values))

    def drop(self, kind: OwnKind, name: str) -> None:
        table = tables.own
        self._connection.execute(delete(table).where(table.c.kind == str(kind), table.c.name == name))
