"""Everything that can be asked of or written to the database, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from clicker.lesson import Address
from clicker.store import statements, tables
from clicker.store.own import OwnTexts
from clicker.store.reach import reaching
from clicker.store.records import Ballot, Counts, RunBrief, RunRecord, TransactionLost, Vote
from clicker.store.rows import ballot_of, columns, dump, known_run, learn_run, record_of
from clicker.store.stations import Stations

MOST_WAITING = 5000


class Transaction:
    """One open transaction. Runs are read once and kept: within it they cannot change under us."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._runs: dict[str, RunRecord | None] = {}

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is written inside is taken back, alone, where it raises.

        Raises OutOfReach where the database cannot be used, TransactionLost where all before it is taken back too.
        """
        kept, cursor = dict(self._runs), self._connection.connection.cursor()  # Core would take longer than a row
        with reaching(self._connection.dialect):
            cursor.execute("SAVEPOINT item")
        try:
            with reaching(self._connection.dialect):
                yield
                cursor.execute("RELEASE SAVEPOINT item")
        except BaseException as error:
            self._runs = kept
            # SQLite may end the transaction by itself; what came after would be written without one.
            if not getattr(self._connection.connection.dbapi_connection, "in_transaction", True):
                raise TransactionLost from error
            cursor.execute("ROLLBACK TO SAVEPOINT item")
            cursor.execute("RELEASE SAVEPOINT item")
            raise

    # -- runs ---------------------------------------------------------------------------------------------------

    def run(self, run_id: str, *, lock: bool = False) -> RunRecord | None:
        """The run, locked against other writers where asked (PostgreSQL; SQLite has one writer)."""
        if run_id not in self._runs:
            query = statements.RUN_LOCKED if lock else statements.RUN
            row = self._connection.execute(query, {"of_run": run_id}).first()
            self._runs[run_id] = None if row is None else record_of(row)
        return self._runs[run_id]

    def brief(self, run_id: str, *, lock: bool = False) -> RunBrief | None:
        """As much of the run as votes and their counts need, each time read anew; locked where asked."""
        query = statements.BRIEF_LOCKED if lock else statements.BRIEF
        rows = query.rows(self._connection, {"of_run": run_id})
        if not rows:
            return None
        status, code, state = rows[0]
        run = known_run(state)
        if run is not None:
            return RunBrief(code, status, run)
        # All of it in one statement, for where each sees a moment of its own.
        whole = statements.WHOLE.rows(self._connection, {"of_run": run_id})
        if not whole:
            return None
        status, code, state, lesson = whole[0]
        return RunBrief(code, status, learn_run(lesson, state))

    def run_id_of(self, code: str) -> str | None:
        """The id of the run with that code: the live one, else the latest finished one."""
        rows = statements.RUNS_OF_CODE.rows(self._connection, {"of_code": code})
        return rows[-1][0] if rows else None

    def runs(self, *, discarded: bool = False) -> tuple[RunRecord, ...]:
        """All runs, newest first; the discarded ones only where asked for."""
        query = select(tables.run).order_by(tables.run.c.created.desc())
        if not discarded:
            query = query.where(tables.run.c.status != "discarded")
        return tuple(record_of(row) for row in self._connection.execute(query))

    def live_runs(self) -> tuple[RunRecord, ...]:
        """The runs that are being held."""
        query = select(tables.run).where(tables.run.c.status == "live")
        return tuple(record_of(row) for row in self._connection.execute(query))

    def live_codes(self) -> frozenset[str]:
        """The codes in use: of live runs and open stations."""
        query = select(tables.run.c.code).where(tables.run.c.status == "live")
        return self.stations.open_codes().union(self._connection.execute(query).scalars())

    def add_run(self, record: RunRecord) -> None:
        self._connection.execute(insert(tables.run).values(id=record.id, created=record.created, **columns(record)))
        self._runs[record.id] = record

    def save_run(self, record: RunRecord) -> None:
        self._connection.execute(update(tables.run).where(tables.run.c.id == record.id).values(**columns(record)))
        self._runs[record.id] = record

    def delete_run(self, run_id: str) -> None:
        for table in (*tables.PERSONAL, tables.result):
            self._connection.execute(delete(table).where(table.c.run_id == run_id))
        self._connection.execute(delete(tables.run).where(tables.run.c.id == run_id))
        self._runs.pop(run_id, None)

    def forget_results(self, run_id: str) -> None:
        self._connection.execute(delete(tables.result).where(tables.result.c.run_id == run_id))

    def forget_persons(self, run_id: str) -> None:
        """Delete ballots, vote ids and seats of the run: from here no row per person exists."""
        for table in tables.PERSONAL:
            self._connection.execute(delete(table).where(table.c.run_id == run_id))

    # -- seats --------------------------------------------------------------------------------------------------

    def add_seat(self, run_id: str, seat_hash: str, *, admitted: bool, arrival: int = 0) -> None:
        """A new seat. Before the first open it gets a number in the order of `arrival`, for `hold_back`."""
        values = {"of_run": run_id, "of_seat": seat_hash, "may_answer": admitted, "arrival": arrival}
        statements.ADD_SEAT.run_each(self._connection, [values])

    def hold_back(self, run_id: str, present: int) -> None:
        """Let the seats beyond the number present wait, the last that came; then forget who came when (P13)."""
        table = tables.seat
        late = select(table.c.hash).where(table.c.run_id == run_id).order_by(table.c.number)
        waiting = list(self._connection.execute(late.offset(present).limit(MOST_WAITING)).scalars())
        of_run = update(table).where(table.c.run_id == run_id)
        self._connection.execute(of_run.where(table.c.hash.in_(waiting)).values(admitted=False))
        self._connection.execute(of_run.values(number=0))

    def seats(self, run_id: str) -> Mapping[str, bool]:
        """Seat hash -> admitted."""
        return {row.hash: row.admitted for row in self._connection.execute(statements.SEATS, {"of_run": run_id})}

    def seats_in(self, run_id: str, *, admitted: bool = False) -> int:
        """How many seats there are; with `admitted`, of those that may answer."""
        query = statements.SEATS_ADMITTED if admitted else statements.SEATS_ALL
        return int(query.rows(self._connection, {"of_run": run_id})[0][0])

    def admitted(self, run_id: str, seat_hash: str) -> bool | None:
        """Whether this seat may answer; None where there is no such seat."""
        rows = statements.ONE_SEAT.rows(self._connection, {"of_run": run_id, "of_seat": seat_hash})
        return bool(rows[0][0]) if rows else None

    def admit(self, run_id: str, seats: Sequence[str]) -> None:
        query = update(tables.seat).where(tables.seat.c.run_id == run_id, tables.seat.c.hash.in_(list(seats)))
        self._connection.execute(query.values(admitted=True))

    # -- votes --------------------------------------------------------------------------------------------------

    def standing(self, run_id: str, seat: str, vote_id: str) -> tuple[bool | None, str | None]:
        """What a vote is judged by: whether its seat may answer (None: there is no such seat), and the answer that
        this vote id got before."""
        wanted = {"of_run": run_id, "of_seat": seat, "of_vote": vote_id}
        rows = statements.STANDING.rows(self._connection, wanted)
        return (bool(rows[0][0]), rows[0][1]) if rows else (None, None)

    def keep_votes(self, run_id: str, taken: Sequence[tuple[str, Vote, int | None]]) -> set[tuple[str, str]]:
        """Upsert ballots: of one seat's answers to one prompt the highest sequence number stands. Gives seat and vote
        id of the votes that do not stand, because one of a higher number does."""
        newest: dict[tuple[str, Address], tuple[Vote, int | None]] = {}
        older = set()
        for seat, vote, value in taken:
            known = newest.get((seat, vote.address))
            if known and known[0].seq > vote.seq:
                older.add((seat, vote.vote_id))
            else:
                newest[seat, vote.address] = (vote, value)
        rows = [
            {
                "run_id": run_id,
                "seat": seat,
                "topic": address.topic,
                "kind": str(address.kind),
                "round": address.round,
                "value": value,
                "seq": vote.seq,
            }
            for (seat, address), (vote, value) in newest.items()
        ]
        if rows and statements.UPSERT_BALLOT.run_each(self._connection, rows) < len(rows):
            older |= {
                (seat, vote.vote_id)
                for (seat, address), (vote, _) in newest.items()
                if self._seq_of(run_id, seat, address) > vote.seq
            }
        return older

    def _seq_of(self, run_id: str, seat: str, address: Address) -> int:
        """The sequence number of the ballot that stands."""
        for row in self._connection.execute(statements.BALLOTS_OF, {"of_run": run_id, "of_seat": seat}):
            if (row.topic, row.kind, row.round) == (address.topic, str(address.kind), address.round):
                return int(row.seq)
        return -1

    def keep_outcomes(self, run_id: str, outcomes: Mapping[tuple[str, str], str]) -> None:
        rows = [
            {"run_id": run_id, "seat": seat, "vote_id": vote_id, "outcome": outcome}
            for (seat, vote_id), outcome in outcomes.items()
        ]
        if rows:
            statements.ADD_OUTCOME.run_each(self._connection, rows)

    def ballots(self, run_id: str, topics: Iterable[str]) -> tuple[Ballot, ...]:
        """The ballots of those topics, in an order that says nothing of arrival (P13)."""
        table = tables.ballot
        query = (
            select(table)
            .where(table.c.run_id == run_id, table.c.topic.in_(list(topics)))
            .order_by(table.c.topic, table.c.kind, table.c.round, table.c.seat)
        )
        return tuple(ballot_of(row) for row in self._connection.execute(query))

    def ballots_of(self, run_id: str, seat: str) -> tuple[Ballot, ...]:
        rows = self._connection.execute(statements.BALLOTS_OF, {"of_run": run_id, "of_seat": seat})
        return tuple(ballot_of(row) for row in rows)

    def last_seq(self, run_id: str, seat: str) -> int:
        """The highest sequence number among the seat's ballots, 0 without any."""
        return self._connection.execute(statements.LAST_SEQ, {"of_run": run_id, "of_seat": seat}).scalar() or 0

    def counts(self, run_id: str, addresses: Sequence[Address]) -> Counts:
        """How many are in, and how far the admitted ones are with these prompts."""
        topics = sorted({address.topic for address in addresses})
        kinds = sorted({str(address.kind) for address in addresses})
        wanted: dict[str, Any] = {f"topic{number}": topic for number, topic in enumerate(topics)}
        wanted |= {f"kind{number}": kind for number, kind in enumerate(kinds)}
        wanted |= {"of_run": run_id, "of_round": addresses[0].round if addresses else 0}
        wanted |= {"wanted": len(addresses)}
        query = statements.progress(len(topics), len(kinds))
        seats, admitted, answered, done = query.rows(self._connection, wanted)[0]
        return Counts(seats, admitted, int(answered), admitted * len(addresses), done if addresses else 0)

    # -- results ------------------------------------------------------------------------------------------------

    def keep_result(self, run_id: str, topic: str, round_number: int, data: Mapping[str, Any]) -> None:
        """Written once; a frozen result is never written again (P5)."""
        values = {"run_id": run_id, "topic": topic, "round": round_number, "data": dump(data)}
        self._connection.execute(insert(tables.result).values(**values))

    def replace_result(self, run_id: str, topic: str, round_number: int, data: Mapping[str, Any]) -> None:
        table = tables.result
        where = (table.c.run_id == run_id, table.c.topic == topic, table.c.round == round_number)
        self._connection.execute(delete(table).where(*where))
        self.keep_result(run_id, topic, round_number, data)

    def results(self, run_id: str) -> Mapping[tuple[str, int], Mapping[str, Any]]:
        """(topic, round) -> the data kept."""
        rows = self._connection.execute(statements.RESULTS, {"of_run": run_id})
        return {(row.topic, row.round): json.loads(row.data) for row in rows}

    # -- tickets and settings -----------------------------------------------------------------------------------

    def add_ticket(self, ticket_hash: str, kind: str, expires: datetime) -> None:
        self._connection.execute(insert(tables.ticket).values(hash=ticket_hash, kind=kind, expires=expires))

    def take_ticket(self, ticket_hash: str, now: datetime) -> str | None:
        """The kind of a one-time ticket, which is gone with this; None where unknown, used or expired."""
        table = tables.ticket
        self._connection.execute(delete(table).where(table.c.expires < now))
        kind = self._connection.execute(select(table.c.kind).where(table.c.hash == ticket_hash)).scalar()
        self._connection.execute(delete(table).where(table.c.hash == ticket_hash))
        return kind

    @property
    def own(self) -> OwnTexts:
        return OwnTexts(self._connection)

    @property
    def stations(self) -> Stations:
        return Stations(self._connection)

    def setting(self, name: str) -> str | None:
        table = tables.setting
        return self._connection.execute(select(table.c.value).where(table.c.name == name)).scalar()

    def keep_setting(self, name: str, value: str) -> None:
        table = tables.setting
        self._connection.execute(delete(table).where(table.c.name == name))
        self._connection.execute(insert(table).values(name=name, value=value))
