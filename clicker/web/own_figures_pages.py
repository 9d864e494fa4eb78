"""The pages of an own survey, drawn from what was read; nothing is read or kept here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _

from clicker import library
from clicker.library.survey import Survey, has_own_columns
from clicker.library.survey_cells import SMALLEST_GROUP, Refused, people_of
from clicker.library.survey_file import Sheet, Unreadable
from clicker.library.survey_reading import PARTS
from clicker.library.survey_rows import COLUMNS, Cells
from clicker.room import own_figures
from clicker.web import errors
from clicker.web.config import config, rooms, today
from clicker.web.own_figures_form import MOST_QUESTIONS, NOT_USED, Filled
from clicker.web.uploads import Lapsed
from clicker.words.own_figures import people_words, value_words
from clicker.words.problems import problem_place, problem_sentence
from clicker.words.spreadsheet import DECIMAL

SHOWN_ROWS = 50
SHOWN_STORED = 200
SHOWN_PROBLEMS = 100
FIRST_ROWS = 5


def overview(sentence: str, status: int) -> Response:
    """What is stored, and the form for another file; `sentence` says why the last one was not read."""
    kept = rooms().read(lambda tx: (own_figures.stored_surveys(tx), own_figures.kept_readings(tx)))
    page = render_template(
        "consultant/own_figures.html",
        stored=kept[0],
        surveys=kept[1],
        sentence=sentence,
        columns=COLUMNS,
        table=lambda rows: _table(rows[:SHOWN_STORED]),
        shown=SHOWN_STORED,
        today=today(),
        least=SMALLEST_GROUP,
    )
    return make_response(page, status)


def columns(given: Filled, sheet: Sheet, sentence: str) -> Response:
    """Which column is what."""
    page = render_template(
        "consultant/own_figures_columns.html",
        given=given,
        sheet=sheet,
        first=sheet.rows[:FIRST_ROWS],
        carried=[*given.carried(*PARTS, "one_grade", "typed_year", "smallest", "scale")],
        sentence=sentence,
        year=today().year,
        least=SMALLEST_GROUP,
    )
    return make_response(page, 400 if sentence else 200)


def missing_column(given: Filled, sheet: Sheet) -> str:
    """What is still to be said before the file can be read; empty where all is said."""
    chosen = list(given.columns.values())
    if "value" not in given.columns:
        return _("Choose the column that holds the numbers.")
    if len(set(chosen)) < len(chosen):
        return _("You have chosen the same column for two things.")
    if "grade" not in given.columns and not _is_grade(given.one_grade):
        return _("Choose the column with the grade, or write the grade, such as %(example)s.", example="7. klasse")
    if "year" not in given.columns and given.typed().year not in range(1980, today().year + 1):
        return _("Choose the column with the year, or write the year of the survey.")
    if "n" not in given.columns and (given.typed().smallest or 0) < SMALLEST_GROUP:
        return _(
            "Choose the column with the number of answers, or write how many answered in the smallest group. "
            "It must be at least %(least)s.",
            least=SMALLEST_GROUP,
        )
    if not given.scale:
        return _("Say whether the numbers are percent or shares.")
    if len(given.questions(sheet)) > MOST_QUESTIONS:
        return _("The column with the questions has more than %(most)s different texts.", most=MOST_QUESTIONS)
    return ""


def _is_grade(text: str) -> bool:
    try:
        people_of(text)
    except Refused:
        return False
    return True


def questions(given: Filled, sheet: Sheet, sentence: str) -> Response:
    """What each question of the file is about."""
    known, texts = library.known_indicators(), given.questions(sheet)
    told = [*given.chosen, *[""] * (len(texts) - len(given.chosen))]
    page = render_template(
        "consultant/own_figures_questions.html",
        given=given,
        texts=[(text, name or known.indicator(text) or "") for text, name in zip(texts, told, strict=True)],
        indicators=sorted(known.labels.items(), key=lambda item: item[1].casefold()),
        not_used=NOT_USED,
        carried=[*given.carried("indicator")],
        sentence=sentence,
    )
    return make_response(page, 400 if sentence else 200)


def preview(given: Filled, sheet: Sheet, survey: Survey) -> Response:
    """What was read, what was refused and why, and the button that keeps the good rows."""
    own = has_own_columns(sheet)
    page = render_template(
        "consultant/own_figures_preview.html",
        given=given,
        sheet=sheet,
        survey=survey,
        own_columns=own,
        rows=_table(survey.rows[:SHOWN_ROWS]),
        problems=[_said(problem) for problem in survey.refused[:SHOWN_PROBLEMS]],
        more_problems=len(survey.refused) - SHOWN_PROBLEMS,
        replaced=_replaced(given, survey),
        carried=[*given.carried("indicator", *(("typed_year", "smallest", "scale") if own else ()))],
        chosen=given.chosen,
        year=today().year,
        least=SMALLEST_GROUP,
    )
    return make_response(page)


def _replaced(given: Filled, survey: Survey) -> int:
    """How many stored figures the new ones would take the place of."""
    stored = rooms().read(own_figures.stored_surveys)
    kept = {row["id"] for one in stored if one.municipality == given.municipality for row in one.rows}
    return len(kept & {row["id"] for row in survey.rows})


def _table(rows: Sequence[Cells]) -> list[dict[str, str]]:
    """Figures as a table of words: what, who, value, year, n, until."""
    labels, lang = library.known_indicators().labels, config().lang
    return [
        {
            "what": labels.get(row["indicator"], row["indicator"]),
            "who": people_words(row, lang),
            "value": value_words(row, lang),
            "year": row["year"],
            "n": row["n"],
            "until": row["valid_until"],
        }
        for row in rows
    ]


def _said(problem: library.Problem) -> dict[str, Any]:
    lang = config().lang
    return {
        "row": problem.line,
        "column": problem.key,
        "what": problem_sentence(problem.what, problem.remedy, problem.values, lang),
    }


def why(error: Exception) -> str:
    """Why a file was not read or kept, in one sentence."""
    if isinstance(error, Unreadable):
        problem, lang = error.problem, config().lang
        place = problem_place(problem.file, problem.line, problem.key, lang)
        return f"{place}: {problem_sentence(problem.what, problem.remedy, problem.values, lang)}."
    if isinstance(error, Lapsed):
        return _("Choose the file again. Nothing was kept.")
    return errors.answer_to(error).sentence


def written(row: Cells) -> list[str]:
    """A figure's cells as a Danish spreadsheet writes them."""
    numbers = ("value", "ci_low", "ci_high")
    return [row[name].replace(".", DECIMAL) if name in numbers else row[name] for name in COLUMNS]
