"""The folder of the data: where it is, that one program at a time serves from it, and the database in it."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clicker.safety.declared import N_
from clicker.store import OutOfReach, Store
from clicker.words import catalogue

DATABASE = "clicker.db"
LOCK = "clicker.lock"


class Unusable(Exception):
    """What stands in the way of using the folder, as a sentence."""


@contextlib.contextmanager
def data_folder(given: argparse.Namespace) -> Iterator[Path]:
    """Where the database lies: the demo's is temporary, the run's is the user's own. Raises Unusable."""
    keep = given.keep if given.command == "demo" else given.data or user_folder()
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="clicker-") as temporary:
            yield Path(temporary)
    else:
        try:
            keep.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(N_("The folder {folder} cannot be used."), keep, given.lang) from error
        yield keep


def user_folder() -> Path:
    """Where the program keeps what it is told, unless somebody names another folder."""
    import platformdirs

    return platformdirs.user_data_path("clicker", appauthor=False)


@contextlib.contextmanager
def opened(folder: Path, lang: str) -> Iterator[Store]:
    """The database in the folder. Raises Unusable."""
    file = folder / DATABASE
    try:
        store = Store(f"sqlite:///{file}")
    except OutOfReach as error:
        raise _unusable(N_("The database {folder} cannot be opened or cannot be written to."), file, lang) from error
    with contextlib.closing(store):
        yield store


@contextlib.contextmanager
def alone(folder: Path, lang: str) -> Iterator[None]:
    """Serve from this folder as the only one: a second program would move lessons whose phones hear only the first.
    Raises Unusable. The system gives the folder free again when the program ends, however it ends."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _unusable(N_("The folder {folder} cannot be used."), folder, lang) from error
    try:
        if not _locked(file):
            running = N_("Clicker is running with the folder {folder} already. Use that one, or stop it.")
            raise _unusable(running, folder, lang)
        yield
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a network's folder may know no locks
        return True
    return True


def _unusable(sentence: str, folder: Path, lang: str) -> Unusable:
    return Unusable(catalogue(lang).gettext(sentence).format(folder=folder))
