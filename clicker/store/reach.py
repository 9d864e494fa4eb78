"""Whether the database can be used at all: what the drivers say of it, in one word of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import OperationalError

from clicker.store.records import OutOfReach


@contextmanager
def reaching(dialect: Any) -> Iterator[None]:
    """Raises OutOfReach for what the database says when it is locked, full or away.

    Statements that run on the driver's own cursor raise the driver's own error.
    """
    try:
        yield
    except (OperationalError, dialect.loaded_dbapi.OperationalError) as error:
        raise OutOfReach(str(error)) from error
