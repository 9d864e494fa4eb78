"""The statements of the vote's way, built once: building one costs several times what running it does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, case, false, func, insert, literal_column, or_, outerjoin, select

from clicker.store import tables
from clicker.store.prepared import Prepared

RUN_ID: Any = bindparam("of_run")
SEAT: Any = bindparam("of_seat")
VOTE_ID: Any = bindparam("of_vote")

_run, _seat, _ballot, _vote, _result = tables.run, tables.seat, tables.ballot, tables.vote, tables.result

RUN = select(_run).where(_run.c.id == RUN_ID)
RUN_LOCKED = RUN.with_for_update()
_LIVE: Any = literal_column("'live'")
RUNS_OF_CODE = Prepared(
    lambda _dialect: (
        select(_run.c.id).where(_run.c.code == bindparam("of_code")).order_by(_run.c.status == _LIVE, _run.c.created)
    )
)
_BRIEF = select(_run.c.status, _run.c.code, _run.c.state).where(_run.c.id == RUN_ID)
BRIEF = Prepared(lambda _dialect: _BRIEF)
BRIEF_LOCKED = Prepared(lambda _dialect: _BRIEF.with_for_update())
WHOLE = Prepared(lambda _dialect: _BRIEF.add_columns(_run.c.lesson))

_SEAT = {"run_id": RUN_ID, "hash": SEAT, "admitted": bindparam("may_answer"), "number": bindparam("arrival")}
ADD_SEAT = Prepared(lambda _dialect: insert(_seat).values(_SEAT))
SEATS_ALL = Prepared(lambda _dialect: select(func.count()).select_from(_seat).where(_seat.c.run_id == RUN_ID))
SEATS_ADMITTED = Prepared(
    lambda _dialect: select(func.count()).select_from(_seat).where(_seat.c.run_id == RUN_ID, _seat.c.admitted)
)
ONE_SEAT = Prepared(lambda _dialect: select(_seat.c.admitted).where(_seat.c.run_id == RUN_ID, _seat.c.hash == SEAT))
SEATS = select(_seat.c.hash, _seat.c.admitted).where(_seat.c.run_id == RUN_ID)

# What a vote is judged by: whether its seat may answer, and what was answered to its id before.
STANDING = Prepared(
    lambda _dialect: (
        select(_seat.c.admitted, _vote.c.outcome)
        .select_from(
            outerjoin(
                _seat,
                _vote,
                and_(_vote.c.run_id == _seat.c.run_id, _vote.c.seat == _seat.c.hash, _vote.c.vote_id == VOTE_ID),
            )
        )
        .where(_seat.c.run_id == RUN_ID, _seat.c.hash == SEAT)
    )
)
ADD_OUTCOME = Prepared(lambda _dialect: insert(_vote))

BALLOTS_OF = select(_ballot).where(_ballot.c.run_id == RUN_ID, _ballot.c.seat == SEAT)
LAST_SEQ = select(func.max(_ballot.c.seq)).where(_ballot.c.run_id == RUN_ID, _ballot.c.seat == SEAT)

RESULTS = select(_result).where(_result.c.run_id == RUN_ID)


@lru_cache(maxsize=64)
def progress(topics: int, kinds: int) -> Prepared:
    """One row for so many topics (`topic0` ..) and kinds (`kind0` ..): the seats, those admitted, their answers, and
    how many seats have `wanted` answers. Summed here, for each row that is fetched waits for its turn of the loop."""
    asked = and_(
        _ballot.c.run_id == _seat.c.run_id,
        _ballot.c.seat == _seat.c.hash,
        or_(false(), *(_ballot.c.topic == bindparam(f"topic{number}") for number in range(topics))),
        or_(false(), *(_ballot.c.kind == bindparam(f"kind{number}") for number in range(kinds))),
        _ballot.c.round == bindparam("of_round"),
    )
    each = (
        select(_seat.c.admitted, func.count(_ballot.c.topic).label("answers"))
        .select_from(outerjoin(_seat, _ballot, asked))
        .where(_seat.c.run_id == RUN_ID)
        .group_by(_seat.c.hash, _seat.c.admitted)
        .subquery()
    )
    query = select(
        func.count(),
        _how_many(each.c.admitted),
        func.coalesce(func.sum(each.c.answers), _NONE),
        _how_many(each.c.answers >= bindparam("wanted")),
    ).select_from(each)
    return Prepared(lambda _dialect: query)


_NONE: Any = literal_column("0")


def _how_many(true: Any) -> Any:
    return func.coalesce(func.sum(case((true, literal_column("1")), else_=_NONE)), _NONE)


def _upsert_ballot(dialect: str) -> Any:
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


# Of one seat's answers to one prompt the highest sequence number stands.
UPSERT_BALLOT = Prepared(_upsert_ballot)
