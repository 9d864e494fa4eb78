"""`clicker figures add` and `clicker figures check`: a municipality's own survey from a file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from clicker import library
from clicker.cli.folder import Unusable, data_folder, opened
from clicker.library.survey import Survey, has_own_columns, read_survey
from clicker.library.survey_cells import Scale
from clicker.library.survey_file import LARGEST_FILE, Sheet, Unreadable, sheet_of, text_of
from clicker.library.survey_reading import PARTS, Reading, Typed, questions, spread
from clicker.library.survey_rows import NEVER_USED, UNKNOWN_INDICATOR
from clicker.room import BadSurveyName, NothingToKeep, TooManyFigures, own_figures
from clicker.room.rooms import utc_now
from clicker.safety.declared import N_
from clicker.store import Store
from clicker.words import catalogue
from clicker.words.own_figures import added_sentence, default_survey
from clicker.words.problems import problem_place, problem_sentence

YES = ("y", "yes", "j", "ja")
NOT_USED = "-"


def add(given: argparse.Namespace) -> int:
    """Keep the good rows of the file; 1 where nothing was kept."""
    os.umask(0o077)  # the database is the consultant's alone, as when the program runs
    try:
        with data_folder(given) as folder, opened(folder, given.lang) as store:
            return _add(store, given)
    except Unusable as reason:
        return _refuse(str(reason))


def _add(store: Store, given: argparse.Namespace) -> int:
    _ = _words(given)
    try:
        name = own_figures.clean_name(given.municipality)
        municipality = store.read(lambda tx: own_figures.kept_name(tx, name))
        title = own_figures.clean_name(given.survey or default_survey(municipality, given.lang))
        sheet = _sheet(given.file)
        kept = store.read(lambda tx: own_figures.kept_reading(tx, title))
        reading = _reading(sheet, given, kept)
        survey = _survey(sheet, reading, given, municipality, title)
        _print_problems(survey.refused, given.lang)
        if survey.asks_scale:
            return _refuse(_("Say it with --scale percent or --scale share."))
        if survey.rows and survey.refused and not _agreed(survey, given):
            return _refuse(_("Nothing was saved. With --yes the good rows are saved."))
        added = store.write(lambda tx: own_figures.add_figures(tx, municipality, survey.rows, utc_now()))
        if reading is not None:
            store.write(lambda tx: own_figures.keep_reading(tx, title, reading, utc_now()))
    except Unreadable as error:
        _print_problems([error.problem], given.lang)
        return 1
    except Unmapped as error:
        return _refuse(_unmapped(error, given))
    except BadSurveyName:
        return _refuse(_("Write the names of the municipality and the survey, with at most 60 letters each."))
    except NothingToKeep:
        return _refuse(_("There was no row that could be kept."))
    except TooManyFigures:
        return _refuse(_("A municipality can keep at most 5,000 figures. Delete the old ones first."))
    _say(added_sentence(added.municipality, added.new, added.replaced, added.stayed, given.lang))
    return 0


def check(given: argparse.Namespace) -> int:
    """Print what is wrong with the published figures or with one file; 1 where anything is."""
    problems: Iterable[library.Problem]
    try:
        problems = library.figure_problems() if given.file is None else _check(given)
    except Unreadable as error:
        problems = (error.problem,)
    except Unmapped as error:
        return _refuse(_unmapped(error, given))
    found = _print_problems(problems, given.lang)
    if not found:
        _ = _words(given)
        _say(_("Nothing is wrong."))
    return 1 if found else 0


def _check(given: argparse.Namespace) -> Iterable[library.Problem]:
    """A file with sources of its own is held against the published figures, any other is a municipality's survey."""
    sheet = _sheet(given.file)
    if {"source_id", "region"} <= set(sheet.header) and not given.municipality:
        return library.figure_problems(given.file)
    name = given.municipality or given.file.stem
    title = given.survey or default_survey(name, given.lang)
    return _survey(sheet, _reading(sheet, given, None), given, name, title).refused


class Unmapped(Exception):
    """The file has columns of its own, and nobody said what they are. `sheet` is the file."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet.file)
        self.sheet = sheet


def _sheet(path: Path) -> Sheet:
    """The file as a table. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError:
        what, remedy = N_("the file cannot be opened"), N_("look at its name and folder")
        raise Unreadable(library.Problem(path.name, 0, "", what, remedy)) from None
    return sheet_of(path.name, text_of(path.name, raw))


def _reading(sheet: Sheet, given: argparse.Namespace, kept: Reading | None) -> Reading | None:
    """How to read it: by our columns, as told, or as last time. Raises Unmapped."""
    if not given.map:
        if has_own_columns(sheet):
            return None
        if kept is None or not kept.fits(sheet):
            raise Unmapped(sheet)
        return kept
    columns = {part: column for column, part in given.map}
    reading = Reading(**columns, one_grade=given.grade or "")
    told = {text: "" if name == NOT_USED else name for text, name in given.question}
    if not questions(sheet, reading):
        told[""] = given.indicator or ""
    return Reading(**columns, one_grade=given.grade or "", indicators=told, scale=Scale(given.scale or ""))


def _survey(sheet: Sheet, reading: Reading | None, given: argparse.Namespace, municipality: str, title: str) -> Survey:
    typed = Typed(municipality, title, given.year, given.smallest, Scale(given.scale or ""))
    survey = read_survey(sheet, reading, typed, library.known_indicators(), utc_now().year)
    return replace(survey, refused=tuple(_typed_here(one, reading) for one in survey.refused))


def _typed_here(problem: library.Problem, reading: Reading | None) -> library.Problem:
    """With a remedy that can be typed, where a question of the file leads to no indicator that is used."""
    if reading is None or problem.what not in (UNKNOWN_INDICATOR, NEVER_USED):
        return problem
    if not reading.question:
        return replace(problem, remedy=N_("say with --indicator which one; “clicker figures list” shows them"))
    if problem.what == NEVER_USED:
        return replace(problem, remedy=N_("leave it out with --question “TEXT=-”"))
    remedy = N_(
        "say with --question “TEXT=INDICATOR” which one it is (“clicker figures list” shows them), or leave it out "
        "with --question “TEXT=-”; what somebody has done to a pupil is never used"
    )
    if "nearest" in problem.values:
        remedy = N_(
            "say with --question “TEXT=INDICATOR” which one it is (nearest: {nearest}), or leave it out with "
            "--question “TEXT=-”; what somebody has done to a pupil is never used"
        )
    return replace(problem, remedy=remedy)


def _agreed(survey: Survey, given: argparse.Namespace) -> bool:
    """Whether the good rows are to be kept although others are refused."""
    if given.yes or not sys.stdin.isatty():
        return bool(given.yes)
    _ = _words(given)
    question = _("Save the {good} good figures without the {bad} refused rows? (y/n) ")
    sys.stdout.write(question.format(good=len(survey.rows), bad=survey.refused_rows))
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in YES


def _unmapped(error: Unmapped, given: argparse.Namespace) -> str:
    _ = _words(given)
    side_by_side = spread(error.sheet)
    if side_by_side:
        text = _(
            "{file} has its numbers side by side in the columns {columns}. Put one number in each row, and what now "
            "stands above the numbers in a column of its own."
        )
        return text.format(file=error.sheet.file, columns=", ".join(side_by_side))
    text = _(
        "{file} has columns of its own: {columns}. Say with --map COLUMN=FIELD which is what; the fields are {fields}. "
        "Or send the file in on the consultant's page."
    )
    return text.format(file=error.sheet.file, columns=", ".join(error.sheet.header), fields=", ".join(PARTS))


def _print_problems(problems: Iterable[library.Problem], lang: str) -> int:
    """One a line; how many."""
    lines = [
        f"{problem_place(one.file, one.line, one.key, lang)}: "
        f"{problem_sentence(one.what, one.remedy, one.values, lang)}\n"
        for one in problems
    ]
    sys.stdout.write("".join(lines))
    return len(lines)


def _words(given: argparse.Namespace) -> Callable[[str], str]:
    return catalogue(given.lang).gettext


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1
