"""The report of a finished run, its table, and the sheets of a lesson."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Blueprint, Response, abort, render_template
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from clicker import words
from clicker.lesson import Lesson
from clicker.library import figures_for
from clicker.report import KINDS, NoReport, Report, build, csv_bytes, sheet
from clicker.report import closing as read_closing
from clicker.report.agreement import agreement_sheet
from clicker.report.own_child import OwnChild, over_meetings
from clicker.room import own_content
from clicker.room.contact import help_settings
from clicker.store import Transaction
from clicker.web.config import config, lessons, rooms, today
from clicker.web.session import consultant_only

blueprint = Blueprint("reports", __name__)

PROGRAM = Path(__file__).parent.parent


@blueprint.get("/consultant/run/<run_id>/report")
@consultant_only
def report(run_id: str) -> str:
    return render_template("report/report.html", report=_built(run_id))


@blueprint.get("/consultant/run/<run_id>/report.csv")
@consultant_only
def table(run_id: str) -> Response:
    """The same as a file for a spreadsheet; its name says nothing of whose it is."""
    content = config().in_thread(csv_bytes, _built(run_id))
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="report.csv"'
    return response


@blueprint.get("/consultant/run/<run_id>/agreement")
@consultant_only
def agreement(run_id: str) -> str:
    """What the group agreed on, to print and to hang up; also while the lesson is held."""
    lang = config().lang
    found = rooms().read(lambda tx: agreement_sheet(tx, run_id, lang))
    return render_template("report/agreement.html", sheet=found if found is not None else abort(404))


@blueprint.get("/consultant/own-child")
@consultant_only
def own_child() -> str:
    """P14: what parents say of their own child, over three meetings or more."""
    day, lang = today(), config().lang

    def work(tx: Transaction) -> OwnChild:
        own = own_content(tx)
        return over_meetings(tx, lambda declared: figures_for(declared, day, own), day, lang)

    return render_template("consultant/own_child.html", found=rooms().read(work))


@blueprint.get("/consultant/run/<run_id>/closing")
@consultant_only
def closing(run_id: str) -> str:
    """What they said about the lesson: for the consultant alone, so no report links here for others."""
    lang = config().lang
    try:
        closed = rooms().read(lambda tx: read_closing(tx, run_id, lang))
    except NoReport:
        abort(404)
    return render_template("report/closing.html", closed=closed)


@blueprint.get("/consultant/lesson/<lesson_id>/sheet/<kind>", endpoint="sheet")
@consultant_only
def lesson_sheet(lesson_id: str, kind: str) -> str:
    found = next((lesson for lesson in lessons() if lesson.id == lesson_id), None)
    if found is None or kind not in KINDS:
        abort(404)
    contact = rooms().read(help_settings).contact
    return render_template("sheet/sheet.html", sheet=sheet(found, kind, today(), config().lang, contact))


def render_sheet(lesson: Lesson, kind: str, today: date, lang: str) -> str:
    """A sheet as one HTML file that needs no server: its style is inside. ValueError for an unknown kind."""
    environment = Environment(
        loader=FileSystemLoader(PROGRAM / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["typeset"] = words.typeset
    style = Markup((PROGRAM / "static" / "report.css").read_text(encoding="utf-8"))  # noqa: S704 our own file
    return environment.get_template("sheet/file.html").render(sheet=sheet(lesson, kind, today, lang), style=style)


def _built(run_id: str) -> Report:
    day, lang = today(), config().lang
    try:
        return rooms().read(lambda tx: build(tx, run_id, today=day, lang=lang))
    except NoReport:
        abort(404)
