"""`clicker check`: every error in the lessons and figures, as sentences."""

from __future__ import annotations

import sys

from clicker import library


def check(lang: str) -> int:
    """Print the problems, one a line; 1 where there are any."""
    problems = library.problems()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0
