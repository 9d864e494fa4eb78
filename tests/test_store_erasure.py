"""What is deleted is nowhere in the bytes, and a database that fails acknowledges nothing and tells nothing."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from classroom import run_record
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from clicker.lesson import Address, Kind
from clicker.store import Store, Transaction, TransactionLost, Vote


def seat(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@pytest.fixture
def held(store: Store) -> Store:
    """A store with one run in it."""
    store.write(lambda tx: tx.add_run(run_record()))
    return store


def fill_two_classes(store: Store) -> dict[str, list[str]]:
    """Two runs whose seats and votes lie mixed on the same pages; run -> what must not be found of it."""
    # With this order rows move between pages and leave copies that deleting alone does not overwrite.
    chance = random.Random(0)
    found: dict[str, list[str]] = {"gone": [], "kept": []}
    for run_id in found:
        store.write(lambda tx, r=run_id: tx.add_run(run_record(r)))
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


def test_an_open_reader_is_told_of_and_hinders_only_until_it_leaves(store: Store, tmp_path: Path) -> None:
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

    held.close()  # what is open already would not be limited
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
        tx.keep_votes("run", [(seat(n), Vote(Address("t", Kind.OWN), "001", "x", 1), 1) for n in range(2000)])

    with pytest.raises(sqlite3.OperationalError) as caught:
        full.write(work)
    assert seat(1) not in f"{caught.value!r} {caught.value}"


def test_a_database_that_cannot_be_written_raises(held: Store, database: Path) -> None:
    store = Store(f"sqlite:///file:{database}?mode=ro&uri=true")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.write(lambda tx: tx.add_seat("run", seat(1), admitted=True))
    assert store.read(lambda tx: tx.seats("run")) == {}


def test_a_database_that_is_gone_raises(held: Store, database: Path) -> None:
    for path in database.parent.glob("clicker.db*"):
        path.unlink()
    with pytest.raises(sqlite3.OperationalError):
        held.write(lambda tx: tx.add_seat("run", seat(1), admitted=True))


def test_a_connection_to_a_replaced_file_is_not_used_again(held: Store, database: Path) -> None:
    """Another transaction notices first that the file is another; what was under way keeps nothing of the old one."""

    def replaced_meanwhile(tx: Transaction) -> None:
        tx.keep_setting("a", "1")
        for path in list(database.parent.glob("clicker.db*")):
            path.rename(path.with_name(f"old-{path.name}"))
        other = Store(f"sqlite:///{database}")
        other.close()
        held.read(lambda tx: tx.setting("a"))

    held.write(replaced_meanwhile)
    held.write(lambda tx: tx.keep_setting("b", "2"))
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT name FROM setting").fetchall() == [("b",)]


def test_who_came_when_is_in_no_hidden_column(held: Store, database: Path) -> None:
    held.write(lambda tx: [tx.add_seat("run", seat(number), admitted=True) for number in range(9)])
    with sqlite3.connect(database) as connection, pytest.raises(sqlite3.OperationalError, match="rowid"):
        connection.execute("SELECT rowid FROM seat")
