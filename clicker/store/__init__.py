"""The truth of every run, in SQLite or PostgreSQL through SQLAlchemy Core. Rows never leave this package.

`Store.write` and `Store.read` run one function in one transaction; that function is what the engine may put in a
thread, so no connection, row or lock crosses threads.
"""

from clicker.store.own import OwnKind, OwnText, OwnTexts
from clicker.store.records import Ballot, Counts, OutOfReach, RunBrief, RunRecord, TransactionLost, Vote
from clicker.store.store import Store
from clicker.store.transaction import Transaction

__all__ = [
    "Ballot",
    "Counts",
    "OutOfReach",
    "OwnKind",
    "OwnText",
    "OwnTexts",
    "RunBrief",
    "RunRecord",
    "Store",
    "Transaction",
    "TransactionLost",
    "Vote",
]
