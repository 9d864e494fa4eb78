"""`clicker sheet LESSON`: a lesson's A4 for parents or the teacher, as a page to print, without a server."""

from __future__ import annotations

import sys


def print_sheet(lesson_id: str, kind: str, lang: str) -> int:
    """Write the page to standard output; 1 where there is no such lesson."""
    from datetime import date

    from clicker import library
    from clicker.web.reports import render_sheet

    try:
        lesson = library.lesson(lesson_id)
    except KeyError:
        known = ", ".join(lesson.id for lesson in library.lessons())
        sys.stderr.write(f"There is no lesson {lesson_id}. There are: {known}\n")
        return 1
    # A page is UTF-8 whatever the terminal is: the browser that opens it reads the page's own word for it.
    sys.stdout.buffer.write(render_sheet(lesson, kind, date.today(), lang).encode())
    sys.stdout.flush()
    return 0
