"""Whom a lesson is for, in words."""

from __future__ import annotations

from clicker.lesson import Audience, Lesson
from clicker.words.catalogue import catalogue
from clicker.words.numbers import number_range


def whom(lesson: Lesson, lang: str) -> str:
    """ "7th grade", "Parents, grades 5-6", "Youth education", "Teachers and other staff"; "" where nobody is named."""
    _ = catalogue(lang).gettext
    grades = ""
    if len(lesson.grades) == 1:
        grades = _("grade {grade}").format(grade=lesson.grades[0])
    elif lesson.grades:
        grades = _("grades {grades}").format(grades=number_range(f"{min(lesson.grades)}.", max(lesson.grades)))
    named = {
        Audience.PUPILS: "",
        Audience.STUDENTS: _("Youth education"),
        Audience.PARENTS: _("Parents"),
        Audience.STAFF: _("Teachers and other staff"),
    }
    said = ", ".join(part for part in (named[lesson.audience], grades) if part)
    return said[:1].upper() + said[1:]
