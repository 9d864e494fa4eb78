"""The only reader of content: lessons, reference figures, and everything that is wrong with either.

`folder` is a folder laid out like norms_data (`lessons/*.yaml`, the three tables); without it, the content that
came with the program is read. `own` is what the installation added. Reading is kept until something changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from clicker.lesson import Audience, Disagreement, Figures, Fit, Indicator, Lesson, Published, Related
from clicker.lesson.helping import HelpLine
from clicker.library import disagreeing, fits
from clicker.library.figures import choose
from clicker.library.help_lines import read_help
from clicker.library.lessons import judged, read_form, read_lesson
from clicker.library.own import NOTHING, Own
from clicker.library.own_figures import read_own
from clicker.library.problem import Problem
from clicker.library.published import grades_of, indicators_of, of_grade, published_rows, related_to
from clicker.library.survey_known import Known, known_from
from clicker.library.tables import Row, Tables, check_figures, read_tables
from clicker.library.writing import write_lesson
from clicker.library.yaml_lines import Written, read
from clicker.safety import Declared

__all__ = [
    "Known",
    "Own",
    "Problem",
    "check_data",
    "check_file",
    "check_form",
    "disagreements",
    "figure_problems",
    "figure_rows",
    "figures_for",
    "grades_of",
    "help_lines",
    "indicators",
    "known_indicators",
    "lesson",
    "lesson_data",
    "lessons",
    "of_grade",
    "own_figures",
    "own_lesson",
    "problems",
    "related",
    "usable_for",
    "write_lesson",
]

Folder = Path | Traversable | None

# Which file it says it is.
_NAMED = re.compile(r"^id: *([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True)
class _Content:
    lessons: tuple[Lesson, ...]
    tables: Tables
    problems: tuple[Problem, ...]

    @property
    def indicators(self) -> dict[str, Indicator] | None:
        """The known ones; None where their table cannot be read."""
        return indicators_of(self.tables) if "indicators" in self.tables.rows else None


def lessons(own: Own = NOTHING, folder: Folder = None) -> tuple[Lesson, ...]:
    """The lessons without problems: those of the program, klasse-7 before klasse-10, then the installation's own."""
    return (*_content(folder).lessons, *_own_lessons(own, folder)[0])


def lesson(lesson_id: str, folder: Folder = None) -> Lesson:
    """The program's lesson of that id; KeyError where there is none without problems."""
    for found in _content(folder).lessons:
        if found.id == lesson_id:
            return found
    raise KeyError(lesson_id)


def problems(own: Own = NOTHING, folder: Folder = None) -> tuple[Problem, ...]:
    """Every mistake of all figure and lesson files; a file with one is not used."""
    content = _content(folder)
    return (*content.problems, *_own_lessons(own, folder)[1], *read_own(own, content.indicators)[1])


def help_lines(folder: Folder = None) -> tuple[HelpLine, ...]:
    """The national lines of the help card, in its order; none where their file has a mistake.

    Only their file is read: a phone that comes in must not wait for all lessons.
    """
    return _shipped_help() if folder is None else read_help(folder)[0]


def own_figures(own: Own, folder: Folder = None) -> tuple[Row, ...]:
    """The rows of the municipalities' own surveys, as the schema of figures types them; their source is "own".

    Rows that cannot be read, or whose indicator is not known any more, are left out; `problems` tells of them.
    """
    return read_own(own, _content(folder).indicators)[0]


def known_indicators(folder: Folder = None) -> Known:
    """The indicators that an own survey can be about."""
    return known_from(_content(folder).tables)


def figure_problems(file: Path | None = None, folder: Folder = None) -> tuple[Problem, ...]:
    """What is wrong with the tables of figures, or with a file that would stand in place of `figures.csv`."""
    content = _content(folder)
    if file is not None:
        return check_figures(file, file.name, content.tables)
    return content.tables.problems


def figures_for(declared: Declared, today: date, own: Own = NOTHING, folder: Folder = None) -> Figures:
    """The figures that the group of `declared` may be held against on that day, in percent: see `figures.choose`.

    None where nothing fits. An expired figure is given; its `valid_until` tells. `own.of` says which municipality
    the group lives in; with the surveys of several none of them is used.
    """
    return choose(_content(folder).tables, own_figures(own, folder), declared, today)


def figure_rows(own: Own = NOTHING, folder: Folder = None) -> tuple[Published, ...]:
    """Every figure in the order of the tables: the program's, which are the country's, then the municipality's."""
    return published_rows(_content(folder).tables, own_figures(own, folder))


def indicators(folder: Folder = None) -> tuple[Indicator, ...]:
    """What there are figures of, in the order of their table."""
    return tuple(indicators_of(_content(folder).tables).values())


def usable_for(today: date, own: Own = NOTHING, folder: Folder = None) -> Mapping[str, tuple[Fit, ...]]:
    """The shipped topics that each figure may be shown with on that day, by the figure's id."""
    content = _content(folder)
    return fits.usable_for(content.tables, content.lessons, today, own_figures(own, folder))


def disagreements(
    indicator: str | None, grades: tuple[int, ...], today: date, own: Own = NOTHING, folder: Folder = None
) -> tuple[Disagreement, ...]:
    """Which surveys disagree about these grades (about the ones beside them where nobody asked these), newest first.

    Without grades all that disagree about the indicator; without an indicator those of all.
    """
    rows = [row for row in figure_rows(own, folder) if indicator in (None, row.indicator.id)]
    found = disagreeing.disagreeing(rows, today, disagreeing.chosen_from(_content(folder).tables, today))
    return disagreeing.concerning(found, grades) if grades else found


def related(indicator: str, folder: Folder = None) -> tuple[Related, ...]:
    """The indicators declared to ask for the same thing in another way."""
    return related_to(_content(folder).tables, indicator)


def check_file(name: str, raw: bytes, folder: Folder = None) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson in the bytes of the file `name`, or None and everything that is wrong with it."""
    lesson, wrong = read_lesson(name, raw, _content(folder).indicators)
    return lesson, tuple(wrong)


def check_data(data: Any, folder: Folder = None) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson that is being written, as far as it can be made out (None where it cannot), and its mistakes.

    There are no lines: where a mistake stands is said by its key.
    """
    name = data.get("id", "") if isinstance(data, dict) else ""
    lesson, wrong = judged(f"{name}.yaml", Written(data, {}, ()), _content(folder).indicators)
    return lesson, tuple(wrong)


def check_form(raw: bytes) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The plain data of a lesson's file that has the form of a lesson, whatever rules it breaks, and its mistakes;
    None where it has not. The file may have any name."""
    named = _NAMED.search(raw.decode("utf-8", "replace"))
    data, wrong = read_form(f"{named[1] if named else ''}.yaml", raw, _content(None).indicators)
    return data, tuple(wrong)


def lesson_data(text: str) -> Any:
    """The plain data of a lesson's file, right or wrong. Raises yaml.YAMLError where it is not YAML."""
    return read(text).data


def own_lesson(name: str, text: str, folder: Folder = None) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """An own lesson, or None and what is wrong with it; remembered, since it is asked for at every page."""
    indicators = _content(folder).indicators
    return _own_lesson(name, text, None if indicators is None else frozenset(indicators.items()))


@lru_cache(maxsize=128)
def _own_lesson(
    name: str, text: str, indicators: frozenset[tuple[str, Indicator]] | None
) -> tuple[Lesson | None, tuple[Problem, ...]]:
    known = None if indicators is None else dict(indicators)
    lesson, wrong = read_lesson(f"{name}.yaml", text.encode(), known)
    return lesson, tuple(wrong)


def _own_lessons(own: Own, folder: Folder) -> tuple[tuple[Lesson, ...], tuple[Problem, ...]]:
    read = [own_lesson(name, text, folder) for name, text in own.lessons]
    return (
        tuple(lesson for lesson, _ in read if lesson is not None),
        tuple(problem for _, wrong in read for problem in wrong),
    )


def _content(folder: Folder) -> _Content:
    if folder is None or isinstance(folder, Path):
        return _kept(folder, () if folder is None else _stamp(folder))
    return _read(folder)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the folder's files: what changes when somebody saves one."""
    found = sorted([*folder.glob("*.csv"), *folder.glob("*.yaml"), *folder.glob("lessons/*.yaml")])
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@lru_cache(maxsize=8)
def _kept(folder: Path | None, _stamp: tuple[tuple[str, int, int], ...]) -> _Content:
    return _read(files("norms_data") if folder is None else folder)


def _read(folder: Traversable) -> _Content:
    tables = read_tables(folder)
    indicators = _Content((), tables, ()).indicators
    read: list[Lesson] = []
    found = list(tables.problems)
    for path in _lesson_files(folder):
        lesson, wrong = read_lesson(f"lessons/{path.name}", path.read_bytes(), indicators)
        found += wrong
        read += [] if lesson is None else [lesson]
    # A stable sort: within an audience the order of the files stays.
    read.sort(key=lambda lesson: list(Audience).index(lesson.audience))
    return _Content(tuple(read), tables, (*found, *read_help(folder)[1]))


@lru_cache(maxsize=1)
def _shipped_help() -> tuple[HelpLine, ...]:
    return read_help(files("norms_data"))[0]


def _lesson_files(root: Traversable) -> list[Traversable]:
    folder = root.joinpath("lessons")
    listed = [path for path in folder.iterdir() if path.name.endswith(".yaml")] if folder.is_dir() else []
    return sorted(
        listed, key=lambda path: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]
    )
