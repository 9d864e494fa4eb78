"""The tables. Ballots, votes and seats live while their run lives; results stay."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

run = Table(
    "run",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("state", Text, nullable=False),
    Column("lesson", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("grp", Text, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("touched", DateTime, nullable=False),
    Column("dark", Boolean, nullable=False, default=False),
    Column("choices", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("evaluated_on", DateTime, nullable=True),
    Index("run_code", "code", "status"),
)


def _of_run() -> Column[str]:
    return Column("run_id", String(32), ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)


seat = Table(
    "seat",
    metadata,
    _of_run(),
    Column("hash", String(64), primary_key=True),
    Column("admitted", Boolean, nullable=False),
    # Only to tell at the first open which phones came last; it is blanked there and shown to nobody (P13).
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,  # which would be the order of arrival
)

# Without a rowid a row lies in one tree and not in two: half the pages to sync at every vote.
ballot = Table(
    "ballot",
    metadata,
    _of_run(),
    Column("seat", String(64), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("value", Integer, nullable=True),
    Column("seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)

vote = Table(
    "vote",
    metadata,
    _of_run(),
    Column("seat", String(64), primary_key=True),
    Column("vote_id", String(64), primary_key=True),
    Column("outcome", String(16), nullable=False),
    sqlite_with_rowid=False,
)

result = Table(
    "result",
    metadata,
    _of_run(),
    Column("topic", String(64), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("data", Text, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("expires", DateTime, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

own = Table(
    "own",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("changed", DateTime, nullable=False),
)

# A station: a run that nobody moves. What belongs to a person there lives until its block is full, or four hours.
station = Table(
    "station",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(8), nullable=False),
    Column("place", Text, nullable=False),
    Column("lesson", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("opened", DateTime, nullable=False),
    Column("closed", DateTime, nullable=True),
)


def _of_station() -> Column[str]:
    return Column("station_id", String(32), ForeignKey("station.id", ondelete="CASCADE"), primary_key=True)


visitor = Table(
    "visitor",
    metadata,
    _of_station(),
    Column("hash", String(64), primary_key=True),
    Column("last", DateTime, nullable=False),
    sqlite_with_rowid=False,
)

# Who has answered what; how, only until the block is full.
visit = Table(
    "visit",
    metadata,
    _of_station(),
    Column("seat", String(64), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("waits", Boolean, nullable=False),
    Column("value", Integer, nullable=True),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    metadata,
    _of_station(),
    Column("topic", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("counts", Text, nullable=False),
)

# Deleted at finish, in this order: what belongs to persons.
PERSONAL = (ballot, vote, seat)
