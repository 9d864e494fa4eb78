"""A municipality's own survey: send the file, say what its columns are, look at what was read, save, delete, fetch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker import library
from clicker.library.survey import Survey, has_own_columns, read_survey
from clicker.library.survey_file import LARGEST_FILE, Sheet, Unreadable, sheet_of, text_of
from clicker.library.survey_reading import first_guess
from clicker.library.survey_rows import COLUMNS, slug
from clicker.room import BadSurveyName, NothingToKeep, OutOfReach, TooManyFigures, own_figures
from clicker.store import Transaction
from clicker.web import own_figures_pages as pages
from clicker.web.config import config, rooms, today
from clicker.web.own_figures_form import MOST_QUESTIONS, NOT_USED, Filled, filled
from clicker.web.session import consultant_only
from clicker.web.uploads import Lapsed, allow_upload, packed, unpacked
from clicker.words.own_figures import added_sentence, default_survey
from clicker.words.spreadsheet import table_bytes

blueprint = Blueprint("own_figures", __name__, url_prefix="/consultant/own-figures")


@blueprint.before_request
def _large_forms() -> None:
    """Only a consultant may send much; nothing of a stranger's form is read."""
    if not browser.get("consultant"):
        abort(403)
    allow_upload()


@blueprint.get("")
@consultant_only
def overview() -> Response:
    """What is stored, and the form for another file."""
    return pages.overview("", 200)


@blueprint.post("/read")
@consultant_only
def read() -> Any:
    """One step further with the file: its columns, its questions, what was read."""
    try:
        given, sheet = _received()
    except (BadSurveyName, Unreadable, Lapsed) as error:
        return pages.overview(pages.why(error), 400)
    if has_own_columns(sheet):
        return _preview(given, sheet)
    match request.form.get("step", ""):
        case "questions":
            sentence = pages.missing_column(given, sheet)
            return pages.columns(given, sheet, sentence) if sentence else pages.questions(given, sheet, "")
        case "check" if given.all_chosen(sheet):
            return _preview(given, sheet)
        case "check":
            return pages.questions(given, sheet, _("Say for every question what it is about."))
    return pages.columns(given, sheet, "")


@blueprint.post("/save")
@consultant_only
def save() -> Any:
    """Keep the good rows, and how the file is read."""
    try:
        given, sheet = _received()
        added = _keep(given, sheet, _read(given, sheet))
    except (BadSurveyName, Unreadable, Lapsed, NothingToKeep, TooManyFigures, OutOfReach) as error:
        return pages.overview(pages.why(error), 400)
    flash(added_sentence(added.municipality, added.new, added.replaced, added.stayed, config().lang), "done")
    return redirect(url_for("own_figures.overview"))


@blueprint.get("/file")
@consultant_only
def file() -> Response:
    """One municipality's figures as a file for a spreadsheet, with the columns that are read without any mapping."""
    name = request.args.get("municipality", "")
    stored = rooms().read(lambda tx: own_figures.stored_survey(tx, name))
    response = Response(table_bytes(COLUMNS, map(pages.written, stored.rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug(name) or "figures"}.csv"'
    return response


@blueprint.post("/delete")
@consultant_only
def delete() -> AnyResponse:
    """Forget one municipality's figures."""
    if request.form.get("sure") != "yes":
        abort(400)
    name = request.form.get("municipality", "")
    rooms().write(lambda tx: own_figures.remove_figures(tx, name))
    flash(_("It is deleted."), "done")
    return redirect(url_for("own_figures.overview"))


def _received() -> tuple[Filled, Sheet]:
    """The form and its file: sent just now, or carried along. Raises BadSurveyName, Unreadable, Lapsed."""
    form, sent = request.form, request.files.get("file")
    name = own_figures.clean_name(form.get("municipality", ""))
    municipality = rooms().read(lambda tx: own_figures.kept_name(tx, name))
    survey = own_figures.clean_name(form.get("survey", "") or default_survey(municipality, config().lang))
    if sent is None:
        title, text = unpacked(form.get("token", ""))
        sheet = config().in_thread(sheet_of, title, text)
        return filled(form, municipality, survey, form.get("token", "")), sheet
    title = (sent.filename or "")[-80:] or "csv"
    text = config().in_thread(text_of, title, sent.stream.read(LARGEST_FILE + 1))
    sheet = config().in_thread(sheet_of, title, text)
    given = Filled(municipality, survey, packed(title, text))
    return (given if has_own_columns(sheet) else _first(given, sheet)), sheet


def _first(given: Filled, sheet: Sheet) -> Filled:
    """The form as it stands when the file came: as the survey was read last time, or by the names of the columns."""
    kept = rooms().read(lambda tx: own_figures.kept_reading(tx, given.survey))
    reading = kept if kept is not None and kept.fits(sheet) else first_guess(sheet)
    started = replace(given, columns=reading.columns(), one_grade=reading.one_grade, scale=str(reading.scale))
    known = library.known_indicators()
    told = {text: name or NOT_USED for text, name in reading.indicators.items() if not name or name in known.labels}
    return replace(started, chosen=tuple(told.get(text, "") for text in started.questions(sheet)[:MOST_QUESTIONS]))


def _read(given: Filled, sheet: Sheet) -> Survey:
    reading = None if has_own_columns(sheet) else given.reading(sheet)
    done = config().in_thread(read_survey, sheet, reading, given.typed(), library.known_indicators(), today().year)
    assert isinstance(done, Survey)
    return done


def _preview(given: Filled, sheet: Sheet) -> Response:
    return pages.preview(given, sheet, _read(given, sheet))


def _keep(given: Filled, sheet: Sheet, survey: Survey) -> own_figures.Added:
    """Keep the figures, and where it is wished how the file is read."""
    # The transaction runs outside this request, so all that it needs is taken from the request before.
    now = rooms().now()
    reading = given.reading(sheet) if not has_own_columns(sheet) and request.form.get("remember") == "yes" else None

    def work(tx: Transaction) -> own_figures.Added:
        added = own_figures.add_figures(tx, given.municipality, survey.rows, now)
        if reading is not None:
            own_figures.keep_reading(tx, given.survey, reading, now)
        return added

    return rooms().write(work)
