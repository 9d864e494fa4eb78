"""`clicker check`: every error in the lessons and figures, as sentences."""

from __future__ import annotations

import sys

from clicker import library
from clicker.words.problems import problem_place, problem_sentence


def check(lang: str) -> int:
    """Print the problems, one a line; 1 where there are any."""
    problems = library.problems()
    for problem in problems:
        place = problem_place(problem.file, problem.line, problem.key, lang)
        sys.stdout.write(f"{place}: {problem_sentence(problem.what, problem.remedy, problem.values, lang)}\n")
    return 1 if problems else 0
