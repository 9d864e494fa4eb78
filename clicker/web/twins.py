"""From a finished lesson to the one that belongs to it: the parents' evening of its class, and its follow-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from clicker.report import (
    KINDS,
    NoFirstRun,
    NoReport,
    TwoTimes,
    build_classes,
    build_two_times,
    sheet,
    two_times_csv,
)
from clicker.room import WrongTwin
from clicker.room.twins import TwinPlan, follow_up_of, parents_lessons
from clicker.store import Transaction
from clicker.web import before_class
from clicker.web.config import config, lessons, rooms, today
from clicker.web.session import consultant_only

T = TypeVar("T")

blueprint = Blueprint("twins", __name__, url_prefix="/consultant")


@blueprint.get("/parents")
@consultant_only
def parents() -> Response:
    """Choose a lesson for the parents of the ticked classes; where only one fits, it is opened at once."""
    runs, offered, day = request.args.getlist("run"), lessons(), today()
    plans = rooms().read(lambda tx: parents_lessons(tx, runs, offered, day))
    if len(plans) == 1:
        lesson_id = plans[0].lesson.id
        return make_response(redirect(url_for("before_class.prepare", lesson_id=lesson_id, twin=runs)))
    return make_response(render_template("consultant/parents.html", plans=plans, runs=runs))


@blueprint.get("/run/<run_id>/followup")
@consultant_only
def follow_up(run_id: str) -> Response:
    """Before the follow-up: the questions of the first time, without those that are never asked again."""
    plan = _follow_up(run_id)
    return before_class.show_form(plan.lesson, plan)


@blueprint.post("/run/<run_id>/followup")
@consultant_only
def hold_follow_up(run_id: str) -> Response:
    plan = _follow_up(run_id)
    return before_class.make_run(rooms().snapshot(run_id).run.lesson, plan)


@blueprint.get("/run/<run_id>/followup/plan")
@consultant_only
def count(run_id: str) -> str:
    """Minutes, questions and presses for the chosen topics."""
    lesson = _follow_up(run_id).lesson
    plan = before_class.counted(lesson, request.args)
    return render_template("consultant/_plan.html", plan=plan)


@blueprint.get("/run/<run_id>/followup/sheet/<kind>", endpoint="sheet")
@consultant_only
def follow_up_sheet(run_id: str, kind: str) -> str:
    """The sheet to print, with the questions of the follow-up only."""
    if kind not in KINDS:
        abort(404)
    return render_template("sheet/sheet.html", sheet=sheet(_follow_up(run_id).lesson, kind, today(), config().lang))


def _follow_up(run_id: str) -> TwinPlan:
    day = today()
    return rooms().read(lambda tx: follow_up_of(tx, run_id, day))


@blueprint.get("/run/<run_id>/before-after")
@consultant_only
def before_after(run_id: str) -> str:
    """A finished follow-up beside its first run."""
    return render_template("consultant/before_after.html", page=_two_times(run_id))


@blueprint.get("/run/<run_id>/before-after/classes")
@consultant_only
def before_after_classes(run_id: str) -> str:
    """The same of every class that was followed up like this one."""
    lang = config().lang
    page = _found(lambda tx: build_classes(tx, run_id, lang=lang))
    return render_template("consultant/before_after_classes.html", page=page)


@blueprint.get("/run/<run_id>/before-after.csv")
@consultant_only
def before_after_table(run_id: str) -> Response:
    """The same as a file for a spreadsheet; its name says nothing of whose it is."""
    response = Response(two_times_csv(_two_times(run_id)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="before-after.csv"'
    return response


def _two_times(run_id: str) -> TwoTimes:
    day, lang = today(), config().lang
    return _found(lambda tx: build_two_times(tx, run_id, today=day, lang=lang))


def _found(work: Callable[[Transaction], T]) -> T:
    """What is read of a follow-up and its first run."""
    try:
        return rooms().read(work)
    except NoReport:
        abort(404)
    except NoFirstRun:
        raise WrongTwin("gone") from None
