"""`clicker lessons`: every error of one lesson file, and what lessons there are."""

from __future__ import annotations

import sys
from pathlib import Path

from clicker import library, words
from clicker.words.problems import problem_place, problem_sentence


def check_lesson(path: Path, lang: str) -> int:
    """Print the file's errors, one a line, and how many; 1 where there are any or the file cannot be opened."""
    said = words.catalogue(lang)
    try:
        raw = path.read_bytes()
    except OSError as error:
        sys.stderr.write(said.gettext("{file} cannot be opened: {reason}").format(file=path, reason=error.strerror))
        sys.stderr.write("\n")
        return 1
    lesson, problems = library.check_file(path.name, raw)
    for problem in problems:
        place = problem_place(str(path), problem.line, problem.key, lang)
        sys.stdout.write(f"{place}: {problem_sentence(problem.what, problem.remedy, problem.values, lang)}\n")
    if lesson is None:
        many = said.ngettext(
            "{count} error. Mend it and check again.", "{count} errors. Mend them and check again.", len(problems)
        )
        sys.stdout.write(many.format(count=len(problems)) + "\n")
        return 1
    fine = said.gettext("{file}: no errors. The lesson “{title}” can be held.").format(file=path, title=lesson.title)
    sys.stdout.write(f"{fine}\n")
    return 0


def list_lessons(lang: str) -> int:
    """Print id, grades and title of every lesson that comes with the program; 0."""
    _ = words.catalogue(lang).gettext
    for lesson in library.lessons():
        grades = ", ".join(map(str, lesson.grades))
        where = _("Grade {grades}").format(grades=grades) if grades else ""
        sys.stdout.write(f"{lesson.id:<24}{where:<16}{lesson.title}\n")
    return 0
