"""Whether the database can be used at all: what the drivers say of it, in one word of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DatabaseError

from clicker.store.records import OutOfReach


@contextmanager
def reaching(dialect: Any) -> Iterator[None]:
    """Raises OutOfReach for what the database says when it is locked, full, away or none at all.

    Statements that run on the driver's own cursor raise the driver's own error.
    """
    try:
        yield
    except (DatabaseError, dialect.loaded_dbapi.DatabaseError) as error:
        driver, said = dialect.loaded_dbapi, getattr(error, "orig", error)
        # A file that is broken or no database is told by the plain word, of which all others are kinds.
        if isinstance(said, driver.OperationalError) or type(said) is driver.DatabaseError:
            raise OutOfReach(str(error)) from error
        raise
