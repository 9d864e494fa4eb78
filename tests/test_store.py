"""The database: what is kept, in which order, how safely, and that what is deleted is nowhere."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import lesson, neutral_topic, risk_topic, walk
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from clicker.lesson import Address, Kind, Move, Run
from clicker.store import Counts, RunRecord, Store, Transaction, TransactionLost, Vote

NOON = datetime(2026, 3, 2, 12)
OWN = Address("alcohol-weekly", Kind.OWN)
GUESS = Address("alcohol-weekly", Kind.OTHERS)


def record(run_id: str = "run", **changes: Any) -> RunRecord:
    values: dict[str, Any] = {
        "id": run_id,
        "code": "CDFG",
        "status": "live",
        "run": Run(lesson()),
        "school": "Skolen",
        "group": "7.B",
        "created": NOON,
        "touched": NOON,
        "dark": False,
        "choices": {},
        "marks": frozenset(),
        "evaluated_on": None,
    }
    return RunRecord(**(values | changes))


def vote(number: int, seq: int = 1, address: Address = OWN) -> Vote:
    return Vote(address, "001", f"vote-{number}", seq)


def seat(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@pytest.fixture
def held(store: Store) -> Store:
    """A store with one run in it."""
    store.write(lambda tx: tx.add_run(record()))
    return store


def value_after(store: Store, *taps: tuple[int, int]) -> int | None:
    """What stands after these taps (sequence number, value), each in its own transaction."""
    for number, (seq, value) in enumerate(taps):
        store.write(lambda tx, n=number, s=seq, v=value: tx.keep_votes("run", [(seat(1), vote(n, s), v)]))
    (ballot,) = store.read(lambda tx: tx.ballots("run", [OWN.topic]))
    return ballot.value


def test_a_run_comes_back_as_it_was_kept(store: Store) -> None:
    run = walk(Run(lesson(neutral_topic(), risk_topic())), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE, Move.EVALUATE)
    kept = record(run=run, choices={"a": [1]}, marks=frozenset({"x", "y"}), dark=True, evaluated_on=NOON)
    store.write(lambda tx: tx.add_run(kept))
    assert store.read(lambda tx: tx.run("run")) == kept


def test_a_saved_run_replaces_the_kept_one(held: Store) -> None:
    changed = record(run=Run(lesson(), turn=7), status="finished", touched=NOON + timedelta(hours=1))
    held.write(lambda tx: tx.save_run(changed))
    assert held.read(lambda tx: tx.run("run")) == changed


def test_a_code_leads_to_the_live_run_before_any_finished_one(held: Store) -> None:
    held.write(lambda tx: tx.add_run(record("old", status="finished", created=NOON + timedelta(days=1))))
    assert held.read(lambda tx: tx.run_id_of("CDFG")) == "run"
    assert held.read(lambda tx: tx.live_codes()) == {"CDFG"}


def test_the_list_of_runs_leaves_out_the_discarded_ones(held: Store) -> None:
    held.write(lambda tx: tx.add_run(record("gone", status="discarded")))
    assert [one.id for one in held.read(lambda tx: tx.runs())] == ["run"]
    assert len(held.read(lambda tx: tx.runs(discarded=True))) == 2


def test_the_highest_sequence_number_stands_whenever_it_came(held: Store) -> None:
    assert value_after(held, (2, 0), (5, 1), (3, 0)) == 1


def test_of_equal_sequence_numbers_the_later_stands(held: Store) -> None:
    assert value_after(held, (4, 0), (4, 1)) == 1


def test_within_one_batch_the_highest_sequence_number_stands(held: Store) -> None:
    taken = [(seat(1), vote(1, 2), 0), (seat(1), vote(2, 9), 1), (seat(1), vote(3, 4), 0)]
    held.write(lambda tx: tx.keep_votes("run", taken))
    assert [one.value for one in held.read(lambda tx: tx.ballots("run", [OWN.topic]))] == [1]
    assert held.read(lambda tx: tx.last_seq("run", seat(1))) == 9


def test_no_answer_is_a_ballot_too(held: Store) -> None:
    held.write(lambda tx: tx.keep_votes("run", [(seat(1), vote(1), None)]))
    assert [one.value for one in held.read(lambda tx: tx.ballots_of("run", seat(1)))] == [None]


def test_the_outcome_of_a_vote_is_remembered_for_its_seat_alone(held: Store) -> None:
    held.write(lambda tx: tx.keep_outcomes("run", {(seat(1), "a"): "closed"}))
    asked = [(seat(1), "a"), (seat(2), "a")]
    assert held.read(lambda tx: tx.outcomes("run", asked)) == {(seat(1), "a"): "closed"}


def test_counts_are_of_admitted_people_and_of_the_open_prompts(held: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number in range(4):
            tx.add_seat("run", seat(number), admitted=number < 3)
        tx.keep_votes("run", [(seat(0), vote(1), 1), (seat(0), vote(2, 1, GUESS), 5), (seat(1), vote(3), None)])

    held.write(fill)
    assert held.read(lambda tx: tx.counts("run", [GUESS, OWN])) == Counts(4, 3, 3, 6, 1)
    assert held.read(lambda tx: tx.counts("run", [])) == Counts(4, 3, 0, 0, 0)


def test_a_savepoint_takes_back_only_what_was_written_in_it(held: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_seat("run", seat(1), admitted=True)
        with pytest.raises(ZeroDivisionError), tx.savepoint():
            tx.save_run(record(dark=True))
            raise ZeroDivisionError
        run = tx.run("run")
        assert run is not None
        assert not run.dark
        tx.add_seat("run", seat(2), admitted=True)

    held.write(work)
    assert set(held.read(lambda tx: tx.seats("run"))) == {seat(1), seat(2)}


def test_a_transaction_that_raises_writes_nothing(held: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_seat("run", seat(1), admitted=True)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        held.write(work)
    assert held.read(lambda tx: tx.seats("run")) == {}


def test_admitting_changes_the_named_seats_only(held: Store) -> None:
    held.write(lambda tx: [tx.add_seat("run", seat(number), admitted=False) for number in range(3)])
    held.write(lambda tx: tx.admit("run", [seat(1)]))
    assert held.read(lambda tx: tx.seats("run", [seat(0), seat(1)])) == {seat(0): False, seat(1): True}


def test_a_frozen_result_is_never_written_again(held: Store) -> None:
    held.write(lambda tx: tx.keep_result("run", "t", 1, {"a": 1}))
    with pytest.raises(Exception, match="UNIQUE"):
        held.write(lambda tx: tx.keep_result("run", "t", 1, {"a": 2}))
    assert held.read(lambda tx: tx.results("run")) == {("t", 1): {"a": 1}}


def test_a_ticket_opens_once(store: Store) -> None:
    store.write(lambda tx: tx.add_ticket("h", "laptop", NOON + timedelta(minutes=1)))
    assert store.write(lambda tx: tx.take_ticket("h", NOON)) == "laptop"
    assert store.write(lambda tx: tx.take_ticket("h", NOON)) is None


def test_an_expired_ticket_opens_nothing(store: Store) -> None:
    store.write(lambda tx: tx.add_ticket("h", "laptop", NOON))
    assert store.write(lambda tx: tx.take_ticket("h", NOON + timedelta(seconds=1))) is None


def test_a_setting_is_replaced(store: Store) -> None:
    store.write(lambda tx: tx.keep_setting("secret", "a"))
    store.write(lambda tx: tx.keep_setting("secret", "b"))
    assert store.read(lambda tx: (tx.setting("secret"), tx.setting("other"))) == ("b", None)


def test_a_deleted_run_takes_everything_of_it_along(held: Store) -> None:
    def fill(tx: Transaction) -> None:
        tx.add_seat("run", seat(1), admitted=True)
        tx.keep_votes("run", [(seat(1), vote(1), 1)])
        tx.keep_result("run", "t", 1, {})

    held.write(fill)
    held.write(lambda tx: tx.delete_run("run"))
    assert held.read(lambda tx: (tx.run("run"), tx.seats("run"), tx.results("run"))) == (None, {}, {})


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 2), (False, 0)])
def test_a_writer_connection_syncs_each_commit_and_overwrites_what_it_deletes(
    tmp_path: Path, durable: bool, synchronous: int
) -> None:
    store = Store(f"sqlite:///{tmp_path}/clicker.db", durable=durable)

    def pragma(name: str) -> Any:
        return store.write(lambda tx: tx._connection.exec_driver_sql(f"PRAGMA {name}").scalar())

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == synchronous
    assert (pragma("secure_delete"), pragma("foreign_keys"), pragma("temp_store")) == (1, 1, 2)


def test_what_is_read_is_one_state_while_another_writes(held: Store) -> None:
    def work(tx: Transaction) -> tuple[int, int]:
        before = len(tx.seats("run"))
        held.write(lambda other: other.add_seat("run", seat(1), admitted=True))
        return before, len(tx.seats("run"))

    assert held.read(work) == (0, 0)
    assert len(held.read(lambda tx: tx.seats("run"))) == 1


def fill_two_classes(store: Store) -> dict[str, list[str]]:
    """Two runs whose seats and votes lie mixed on the same pages; run -> what must not be found of it."""
    chance = random.Random(7)
    found: dict[str, list[str]] = {"gone": [], "kept": []}
    for run_id in found:
        store.write(lambda tx, r=run_id: tx.add_run(record(r)))
    people = [(run_id, hashlib.sha256(f"{run_id}{n}".encode()).hexdigest()) for run_id in found for n in range(60)]
    for round_number in range(6):
        chance.shuffle(people)
        for run_id, who in people:
            vote_id = f"{chance.getrandbits(64):016x}"
            found[run_id] += [who, vote_id]
            tap = Vote(Address(f"topic{round_number}", Kind.OWN), "001", vote_id, round_number)

            def work(tx: Transaction, r: str = run_id, w: str = who, t: Vote = tap) -> None:
                if t.seq == 0:
                    tx.add_seat(r, w, admitted=True)
                tx.keep_votes(r, [(w, t, 1)])
                tx.keep_outcomes(r, {(w, t.vote_id): "saved"})

            store.write(work)
    return found


def lying_in(folder: Path, words: list[str]) -> int:
    """How many of the words stand anywhere in the bytes of the database, its log and its shared memory."""
    content = b"".join(path.read_bytes() for path in folder.glob("clicker.db*"))
    return sum(1 for word in words if word.encode() in content)


def test_what_is_forgotten_is_nowhere_in_the_bytes(store: Store, tmp_path: Path) -> None:
    words = fill_two_classes(store)
    assert lying_in(tmp_path, words["gone"]) == len(words["gone"])
    store.write(lambda tx: tx.forget_persons("gone"))
    assert store.wipe()
    assert lying_in(tmp_path, words["gone"]) == 0
    assert lying_in(tmp_path, words["kept"]) == len(words["kept"])


def test_an_open_reader_is_told_of_and_hinders_only_until_it_leaves(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clicker.store.store.CHECKPOINT_PAUSE", 0.001)
    words = fill_two_classes(store)
    reader = sqlite3.connect(tmp_path / "clicker.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM seat").fetchone()
    store.write(lambda tx: tx.forget_persons("gone"))
    assert not store.wipe()
    reader.execute("COMMIT")
    assert store.wipe()
    assert lying_in(tmp_path, words["gone"]) == 0
    reader.close()


@pytest.fixture
def full(held: Store) -> Store:
    """A store whose database cannot grow by more than a page."""
    pages = held.read(lambda tx: tx._connection.exec_driver_sql("PRAGMA page_count").scalar())

    @event.listens_for(held._engine, "connect")
    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    return held


def too_much(tx: Transaction) -> None:
    tx.keep_setting("large", "x" * 100_000)


def test_a_full_disk_refuses_the_transaction_and_the_next_one_works(full: Store) -> None:
    with pytest.raises(OperationalError, match="full"):
        full.write(lambda tx: (tx.keep_setting("a", "1"), too_much(tx)))
    full.write(lambda tx: tx.keep_setting("b", "2"))
    assert full.read(lambda tx: (tx.setting("a"), tx.setting("b"))) == (None, "2")


def test_a_savepoint_says_so_where_the_database_gave_up_the_whole_transaction(full: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.keep_setting("a", "1")
        with tx.savepoint():
            too_much(tx)

    with pytest.raises(TransactionLost):
        full.write(work)
    assert full.read(lambda tx: tx.setting("a")) is None


def test_the_text_of_an_error_holds_no_seat_and_no_answer(full: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.keep_votes("run", [(seat(n), replace(vote(n), vote_id="x"), 1) for n in range(2000)])

    with pytest.raises(OperationalError) as caught:
        full.write(work)
    assert seat(1) not in f"{caught.value!r} {caught.value}"


def test_a_database_that_cannot_be_written_raises(held: Store, database: Path) -> None:
    store = Store(f"sqlite:///file:{database}?mode=ro&uri=true")
    with pytest.raises(OperationalError, match="readonly"):
        store.write(lambda tx: tx.add_seat("run", seat(1), admitted=True))
    assert store.read(lambda tx: tx.seats("run")) == {}


def test_a_database_that_is_gone_raises(held: Store, database: Path) -> None:
    for path in database.parent.glob("clicker.db*"):
        path.unlink()
    with pytest.raises(OperationalError):
        held.write(lambda tx: tx.add_seat("run", seat(1), admitted=True))
