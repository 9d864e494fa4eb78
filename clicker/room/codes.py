"""Codes, seats and tickets: random, and kept only as hashes where they are keys to something; and labels as typed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection

# Without vowels, look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and the two widest letters: no words, nothing to
# misread, and every code has room on a 4:3 wall.
ALPHABET = "CDFGHJKNPQRTXY34679"
CODE_LENGTH = 4


def new_code(taken: Collection[str]) -> str:
    """A join code that no live run has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def clean_code(text: str) -> str:
    """A code as typed: any case, spaces and dashes around it forgiven."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:8]


def new_seat() -> str:
    """128 random bits, new for every run."""
    return secrets.token_hex(16)


def new_id() -> str:
    return secrets.token_hex(16)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def one_line(text: str) -> str:
    """A label as typed, without what no keyboard writes: pages, papers and databases choke on it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
