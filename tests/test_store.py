"""The database: what is kept, in which order, how safely, and that what is deleted is nowhere."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import lesson, neutral_topic, risk_topic, walk
from classroom import MONDAY, run_record

from clicker.lesson import Address, Kind, Move, Run
from clicker.store import Counts, Store, Transaction, Vote

NOON = MONDAY
OWN = Address("alcohol-weekly", Kind.OWN)
GUESS = Address("alcohol-weekly", Kind.OTHERS)


def vote(number: int, seq: int = 1, address: Address = OWN) -> Vote:
    return Vote(address, "001", f"vote-{number}", seq)


def seat(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@pytest.fixture
def held(store: Store) -> Store:
    """A store with one run in it."""
    store.write(lambda tx: tx.add_run(run_record()))
    return store


def value_after(store: Store, *taps: tuple[int, int]) -> int | None:
    """What stands after these taps (sequence number, value), each in its own transaction."""
    for number, (seq, value) in enumerate(taps):
        store.write(lambda tx, n=number, s=seq, v=value: tx.keep_votes("run", [(seat(1), vote(n, s), v)]))
    (ballot,) = store.read(lambda tx: tx.ballots("run", [OWN.topic]))
    return ballot.value


def test_a_run_comes_back_as_it_was_kept(store: Store) -> None:
    run = walk(Run(lesson(neutral_topic(), risk_topic())), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE, Move.EVALUATE)
    kept = run_record(run=run, choices={"a": [1]}, marks=frozenset({"x", "y"}), dark=True, evaluated_on=NOON)
    store.write(lambda tx: tx.add_run(kept))
    assert store.read(lambda tx: tx.run("run")) == kept


def test_a_saved_run_replaces_the_kept_one(held: Store) -> None:
    changed = run_record(run=Run(lesson(), turn=7), status="finished", touched=NOON + timedelta(hours=1))
    held.write(lambda tx: tx.save_run(changed))
    assert held.read(lambda tx: tx.run("run")) == changed


def test_a_lesson_that_grew_is_seen_though_nothing_else_of_the_run_changed(held: Store) -> None:
    """A reserve topic adds steps; a transaction that read the run so and was taken back must leave no trace."""
    first, second = (Run(lesson(neutral_topic(name)), turn=7) for name in ("one", "other"))

    def taken_back(tx: Transaction) -> None:
        tx.save_run(run_record(run=first))
        assert tx.brief("run").run == first  # type: ignore[union-attr]
        raise ZeroDivisionError

    with contextlib.suppress(ZeroDivisionError):
        held.write(taken_back)
    held.write(lambda tx: tx.save_run(run_record(run=second)))
    assert held.read(lambda tx: tx.brief("run")).run == second  # type: ignore[union-attr]


def test_a_run_of_an_older_version_is_read_anew_each_time(held: Store, database: Path) -> None:
    for name in ("one", "other"):
        held.write(lambda tx, name=name: tx.save_run(run_record(run=Run(lesson(neutral_topic(name))))))
        with contextlib.closing(sqlite3.connect(database)) as older, older:
            older.execute("UPDATE run SET state = json_remove(state, '$.lesson')")
        assert held.read(lambda tx: tx.brief("run")).run.lesson.topics[0].id == name  # type: ignore[union-attr]


def test_a_start_that_is_cut_off_leaves_no_half_made_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cut.db"

    def cut(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE run (id)")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("clicker.store.store.metadata.create_all", cut)
        with pytest.raises(KeyboardInterrupt):
            Store(f"sqlite:///{path}")
    with contextlib.closing(Store(f"sqlite:///{path}")) as store:
        store.write(lambda tx: tx.add_run(run_record()))


def test_a_code_leads_to_the_live_run_before_any_finished_one(held: Store) -> None:
    held.write(lambda tx: tx.add_run(run_record("old", status="finished", created=NOON + timedelta(days=1))))
    assert held.read(lambda tx: tx.run_id_of("CDFG")) == "run"
    assert held.read(lambda tx: tx.live_codes()) == {"CDFG"}


def test_the_list_of_runs_leaves_out_the_discarded_ones(held: Store) -> None:
    held.write(lambda tx: tx.add_run(run_record("gone", status="discarded")))
    assert [one.id for one in held.read(lambda tx: tx.runs())] == ["run"]
    assert len(held.read(lambda tx: tx.runs(discarded=True))) == 2


def test_the_highest_sequence_number_stands_whenever_it_came(held: Store) -> None:
    assert value_after(held, (2, 0), (5, 1), (3, 0)) == 1


def test_of_equal_sequence_numbers_the_later_stands(held: Store) -> None:
    assert value_after(held, (4, 0), (4, 1)) == 1


def test_within_one_batch_the_highest_sequence_number_stands(held: Store) -> None:
    taken = [(seat(1), vote(1, 2), 0), (seat(1), vote(2, 9), 1), (seat(1), vote(3, 4), 0)]
    assert held.write(lambda tx: tx.keep_votes("run", taken)) == {(seat(1), "vote-3")}
    assert [one.value for one in held.read(lambda tx: tx.ballots("run", [OWN.topic]))] == [1]
    assert held.read(lambda tx: tx.last_seq("run", seat(1))) == 9


def test_what_does_not_stand_is_named(held: Store) -> None:
    held.write(lambda tx: tx.keep_votes("run", [(seat(1), vote(1, 5), 0), (seat(2), vote(2, 1), 0)]))
    taken = [(seat(1), vote(3, 4), 1), (seat(2), vote(4, 2), 1), (seat(3), vote(5), 1)]
    assert held.write(lambda tx: tx.keep_votes("run", taken)) == {(seat(1), "vote-3")}


def test_no_answer_is_a_ballot_too(held: Store) -> None:
    held.write(lambda tx: tx.keep_votes("run", [(seat(1), vote(1), None)]))
    assert [one.value for one in held.read(lambda tx: tx.ballots_of("run", seat(1)))] == [None]


def test_the_outcome_of_a_vote_is_remembered_for_its_seat_alone(held: Store) -> None:
    held.write(lambda tx: tx.keep_outcomes("run", {(seat(1), "a"): "closed"}))
    for number in (1, 2):
        held.write(lambda tx, number=number: tx.add_seat("run", seat(number), admitted=number == 1))
    assert held.read(lambda tx: tx.standing("run", seat(1), "a")) == (True, "closed")
    assert held.read(lambda tx: tx.standing("run", seat(1), "b")) == (True, None)
    assert held.read(lambda tx: tx.standing("run", seat(2), "a")) == (False, None)
    assert held.read(lambda tx: tx.standing("run", seat(3), "a")) == (None, None)


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
        with contextlib.suppress(ZeroDivisionError), tx.savepoint():
            tx.save_run(run_record(dark=True))
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
    assert held.read(lambda tx: [tx.admitted("run", seat(number)) for number in (0, 1, 9)]) == [False, True, None]
    assert held.read(lambda tx: (tx.seats_in("run"), tx.seats_in("run", admitted=True))) == (3, 1)


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
