"""The statements of the vote's way, built once: building one costs several times what running it does."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from clicker.store import tables

RUN_ID: Any = bindparam("of_run")
SEAT: Any = bindparam("of_seat")

_run, _seat, _ballot, _vote, _result = tables.run, tables.seat, tables.ballot, tables.vote, tables.result


def _among(name: str) -> Any:
    return bindparam(name, expanding=True)


RUN = select(_run).where(_run.c.id == RUN_ID)
RUN_LOCKED = RUN.with_for_update()
RUNS_OF_CODE = (
    select(_run.c.id).where(_run.c.code == bindparam("of_code")).order_by(_run.c.status == "live", _run.c.created)
)

ADD_SEAT = insert(_seat)
SEATS_SO_FAR = select(func.max(_seat.c.number) + 1).where(_seat.c.run_id == RUN_ID)
SEATS = select(_seat.c.hash, _seat.c.admitted).where(_seat.c.run_id == RUN_ID)
SEATS_AMONG = SEATS.where(_seat.c.hash.in_(_among("seats")))

OUTCOMES = select(_vote.c.seat, _vote.c.vote_id, _vote.c.outcome).where(
    _vote.c.run_id == RUN_ID, _vote.c.vote_id.in_(_among("vote_ids"))
)
ADD_OUTCOMES = insert(_vote)

BALLOTS_OF = select(_ballot).where(_ballot.c.run_id == RUN_ID, _ballot.c.seat == SEAT)
LAST_SEQ = select(func.max(_ballot.c.seq)).where(_ballot.c.run_id == RUN_ID, _ballot.c.seat == SEAT)
ANSWERS_PER_SEAT = (
    select(func.count())
    .where(_ballot.c.run_id == RUN_ID)
    .where(_ballot.c.topic.in_(_among("topics")), _ballot.c.round == bindparam("of_round"))
    .where(_ballot.c.kind.in_(_among("kinds")))
    .group_by(_ballot.c.seat)
)

RESULTS = select(_result).where(_result.c.run_id == RUN_ID)


@cache
def upsert_ballot(dialect: str) -> Any:
    """Keep a ballot: of one seat's answers to one prompt the highest sequence number stands."""
    kind: Any
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql as kind  # slow to load, and a laptop needs it never
    else:
        from sqlalchemy.dialects import sqlite as kind
    query = kind.insert(_ballot)
    return query.on_conflict_do_update(
        index_elements=["run_id", "seat", "topic", "kind", "round"],
        set_={"value": query.excluded.value, "seq": query.excluded.seq},
        where=query.excluded.seq >= _ballot.c.seq,
    )
