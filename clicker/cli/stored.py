"""A second look at the database from another process: how many answers lie in it, and whose hashes it holds.

python -m clicker.cli.stored FOLDER             prints the number of ballots, read through SQLite
python -m clicker.cli.stored FOLDER --hashes -  prints how many of the hashes on standard input stand in its bytes
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path


def ballots_in(folder: Path) -> int:
    """The number of ballots in the folder's database, committed ones only."""
    with sqlite3.connect(f"file:{folder / 'clicker.db'}?mode=ro", uri=True, timeout=10) as connection:
        return int(connection.execute("SELECT count(*) FROM ballot").fetchone()[0])


def hashes_in(folder: Path, hashes: list[str]) -> int:
    """How many of the seat hashes stand anywhere in the bytes of the database, its log and its shared memory."""
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("clicker.db*")))
    return sum(1 for one in hashes if one.encode() in content or bytes.fromhex(one) in content)


def main() -> int:
    parser = argparse.ArgumentParser(prog="stored", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hashes", action="store_true")
    given = parser.parse_args()
    found = hashes_in(given.folder, sys.stdin.read().split()) if given.hashes else ballots_in(given.folder)
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
