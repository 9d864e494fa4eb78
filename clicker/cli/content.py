"""`clicker check`: every error in the lessons and figures, as sentences."""

from __future__ import annotations

import sys

from clicker import library, words
from clicker.words.problems import problem_place, problem_sentence


def check(lang: str) -> int:
    """Print the problems, one a line, or one line where there are none; 1 where there are any."""
    problems = library.problems()
    for problem in problems:
        place = problem_place(problem.file, problem.line, problem.key, lang)
        sys.stdout.write(f"{place}: {problem_sentence(problem.what, problem.remedy, problem.values, lang)}\n")
    if not problems:
        _ = words.catalogue(lang).gettext
        fine = _("No errors: {lessons} lessons and {figures} figures can be used.")
        sys.stdout.write(fine.format(lessons=len(library.lessons()), figures=len(library.figure_rows())) + "\n")
    return 1 if problems else 0
