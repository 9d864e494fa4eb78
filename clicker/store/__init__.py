"""The truth of every run, in SQLite or PostgreSQL through SQLAlchemy Core. Rows never leave this package.

`Store.write` and `Store.read` run one function in one transaction; that function is what the engine may put in a
thread, so no connection, row or lock crosses threads.
"""

from clicker.store.own import OwnKind, OwnText, OwnTexts
from clicker.store.published import Cell, Publication, counted, keep_published, on_wall, published, published_cells
from clicker.store.records import Ballot, Counts, OutOfReach, RunBrief, RunRecord, StationRecord, TransactionLost, Vote
from clicker.store.store import Store
from clicker.store.transaction import Transaction

__all__ = [
    "Ballot",
    "Cell",
    "Counts",
    "OutOfReach",
    "OwnKind",
    "OwnText",
    "OwnTexts",
    "Publication",
    "RunBrief",
    "RunRecord",
    "StationRecord",
    "Store",
    "Transaction",
    "TransactionLost",
    "Vote",
    "counted",
    "keep_published",
    "on_wall",
    "published",
    "published_cells",
]
