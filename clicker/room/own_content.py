"""The installation's own lessons and figures, as the library reads them."""

from __future__ import annotations

from clicker.library import Own
from clicker.store import OwnKind, Transaction


def own_content(tx: Transaction) -> Own:
    """All own texts of the database."""
    texts = tx.own.all()
    return Own(
        lessons=tuple((one.name, one.text) for one in texts if one.kind is OwnKind.LESSON),
        figures=tuple((one.name, one.text) for one in texts if one.kind is OwnKind.FIGURES),
    )
