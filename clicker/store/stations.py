"""Walk-up stations within one transaction: who has answered what, the answers that wait, and the folded counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, or_, select, update

from clicker.lesson import Address, Kind, as_data, build, figures_from_data
from clicker.store import tables
from clicker.store.records import StationRecord
from clicker.store.rows import dump

_station, _visitor, _visit, _tally = tables.station, tables.visitor, tables.visit, tables.tally
_OF_PERSONS = (_visit, _visitor)


class Stations:
    """The stations of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- stations -----------------------------------------------------------------------------------------------

    def all(self) -> tuple[StationRecord, ...]:
        """Every station, newest first."""
        rows = self._connection.execute(select(_station).order_by(_station.c.opened.desc()))
        return tuple(_record(row) for row in rows)

    def open_codes(self) -> frozenset[str]:
        query = select(_station.c.code).where(_station.c.closed.is_(None))
        return frozenset(self._connection.execute(query).scalars())

    def by_id(self, station_id: str, *, lock: bool = False) -> StationRecord | None:
        """The station, locked against other writers where asked (PostgreSQL; SQLite has one writer)."""
        query = select(_station).where(_station.c.id == station_id)
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _record(row)

    def by_code(self, code: str) -> StationRecord | None:
        """The open station of that code, else the one that was closed last."""
        query = select(_station).where(_station.c.code == code)
        row = self._connection.execute(query.order_by(_station.c.closed.is_not(None), _station.c.closed.desc())).first()
        return None if row is None else _record(row)

    def add(self, record: StationRecord) -> None:
        values = {
            "id": record.id,
            "code": record.code,
            "place": record.place,
            "lesson": dump(as_data(record.lesson)),
            "figures": dump({topic: asdict(figures) for topic, figures in record.figures.items()}),
            "opened": record.opened,
            "closed": record.closed,
        }
        self._connection.execute(insert(_station).values(values))

    def close(self, station_id: str, now: datetime) -> None:
        """Closed for good: nothing of any person is left, and what waits for its block is never counted."""
        for table in _OF_PERSONS:
            self._connection.execute(delete(table).where(table.c.station_id == station_id))
        still_open = and_(_station.c.id == station_id, _station.c.closed.is_(None))
        self._connection.execute(update(_station).where(still_open).values(closed=now))

    def drop(self, station_id: str) -> None:
        for table in (*_OF_PERSONS, _tally):
            self._connection.execute(delete(table).where(table.c.station_id == station_id))
        self._connection.execute(delete(_station).where(_station.c.id == station_id))

    # -- visitors -----------------------------------------------------------------------------------------------

    def add_visitor(self, station_id: str, seat: str, now: datetime) -> None:
        self._connection.execute(insert(_visitor).values(station_id=station_id, hash=seat, last=now))

    def visitors(self, station_id: str) -> int:
        """How many have a seat now."""
        query = select(func.count()).select_from(_visitor).where(_visitor.c.station_id == station_id)
        return self._connection.execute(query).scalar_one()

    def is_seated(self, station_id: str, seat: str) -> bool:
        query = select(_visitor.c.hash).where(_visitor.c.station_id == station_id, _visitor.c.hash == seat)
        return self._connection.execute(query).first() is not None

    def late(self, before: datetime, idle: datetime, now: datetime) -> bool:
        """Whether `forget` would do anything."""
        found = select(_visitor.c.hash).where(or_(self._to_forget(before, idle), _visitor.c.last > now))
        return self._connection.execute(found.limit(1)).first() is not None

    def forget(self, before: datetime, idle: datetime, now: datetime) -> None:
        """Delete every visitor whose last answer is from before that moment, with all that they answered, and those who
        came before `idle` and have answered nothing. No last answer is later than `now`."""
        gone = select(_visitor.c.hash).where(self._to_forget(before, idle))
        self._connection.execute(delete(_visit).where(_visit.c.seat.in_(gone)))
        self._connection.execute(delete(_visitor).where(self._to_forget(before, idle)))
        self._connection.execute(update(_visitor).where(_visitor.c.last > now).values(last=now))

    def _to_forget(self, before: datetime, idle: datetime) -> Any:
        answered = exists().where(_visit.c.station_id == _visitor.c.station_id, _visit.c.seat == _visitor.c.hash)
        return or_(_visitor.c.last <= before, and_(_visitor.c.last <= idle, ~answered))

    # -- answers ------------------------------------------------------------------------------------------------

    def answered(self, station_id: str, seat: str) -> Mapping[Address, int | None]:
        """What the seat has answered, with the number where it still waits for its block."""
        query = select(_visit).where(_visit.c.station_id == station_id, _visit.c.seat == seat)
        return {Address(row.topic, Kind(row.kind)): row.value for row in self._connection.execute(query)}

    def keep_answer(self, station_id: str, seat: str, address: Address, value: int | None, now: datetime) -> None:
        """One answer; None where it was skipped, which waits for nothing."""
        values = {"station_id": station_id, "seat": seat, "topic": address.topic, "kind": str(address.kind)}
        self._connection.execute(insert(_visit).values(**values, value=value, waits=value is not None))
        where = and_(_visitor.c.station_id == station_id, _visitor.c.hash == seat)
        self._connection.execute(update(_visitor).where(where).values(last=now))

    def waiting(self, station_id: str, address: Address) -> tuple[int, ...]:
        """The answers that wait for their block to be full, smallest first (P13)."""
        query = select(_visit.c.value).where(self._waits(station_id, address)).order_by(_visit.c.value)
        return tuple(self._connection.execute(query).scalars())

    def forget_answers(self, station_id: str, address: Address) -> None:
        """Who answered stays known until the visitor is forgotten, so that nobody counts twice; how does not."""
        self._connection.execute(update(_visit).where(self._waits(station_id, address)).values(value=None, waits=False))

    def _waits(self, station_id: str, address: Address) -> Any:
        of_prompt = and_(_visit.c.topic == address.topic, _visit.c.kind == str(address.kind))
        return and_(_visit.c.station_id == station_id, of_prompt, _visit.c.waits)

    def folded(self, station_id: str, topic: str) -> Mapping[Kind, Mapping[int, int]]:
        """Of each prompt of a topic: answer -> how many gave it, in whole blocks."""
        query = select(_tally).where(_tally.c.station_id == station_id, _tally.c.topic == topic)
        return {
            Kind(row.kind): {int(answer): count for answer, count in json.loads(row.counts).items()}
            for row in self._connection.execute(query)
        }

    def fold(self, station_id: str, address: Address, answers: Sequence[int]) -> None:
        """Add a block of answers to the prompt's counts."""
        counts = dict(self.folded(station_id, address.topic).get(address.kind, {}))
        for answer in answers:
            counts[answer] = counts.get(answer, 0) + 1
        key = {"station_id": station_id, "topic": address.topic, "kind": str(address.kind)}
        self._connection.execute(delete(_tally).where(*(_tally.c[name] == value for name, value in key.items())))
        text = dump({str(answer): counts[answer] for answer in sorted(counts)})
        self._connection.execute(insert(_tally).values(**key, counts=text))


def _record(row: Row[Any]) -> StationRecord:
    return StationRecord(
        id=row.id,
        code=row.code,
        place=row.place,
        lesson=build(json.loads(row.lesson)),
        figures={topic: figures_from_data(data) for topic, data in json.loads(row.figures).items()},
        opened=row.opened,
        closed=row.closed,
    )
