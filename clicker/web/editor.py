"""Making one's own lesson: copy, change, see, save, take out and take in. Every press of a button keeps the draft."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker.lesson import editing
from clicker.room import OutOfReach, own_lessons
from clicker.room.own_lessons import LessonRefused, LessonTooLarge, OwnLesson, StaleLesson
from clicker.web import editor_page, errors
from clicker.web.config import config, lessons, rooms
from clicker.web.editor_form import BadForm, Data, lesson_of, new_topic
from clicker.web.session import consultant_only
from clicker.words.problems import problem_place, problem_sentence

blueprint = Blueprint("editor", __name__, url_prefix="/consultant/own")

# Letters of a form take up to three bytes for one: a lesson of 200 kB fits.
LARGEST_FORM = 600_000


@blueprint.get("/copy/<lesson_id>")
@consultant_only
def name_copy(lesson_id: str) -> str:
    """Ask what the copy is to be called."""
    return render_template("consultant/editor_copy.html", lesson_id=lesson_id, title=_title_of(lesson_id))


@blueprint.post("/copy/<lesson_id>")
@consultant_only
def copy(lesson_id: str) -> AnyResponse:
    title, now = request.form.get("title", ""), rooms().now()
    made = rooms().write(lambda tx: own_lessons.copy(tx, lesson_id, title, now))
    return redirect(url_for("editor.edit", lesson_id=made))


def _title_of(lesson_id: str) -> str:
    found = next((lesson.title for lesson in lessons() if lesson.id == lesson_id), None)
    return found or _own(lesson_id).title


@blueprint.post("/import")
@consultant_only
def take_in() -> AnyResponse:
    """Keep the lesson of an uploaded file, or list every mistake that keeps it from being one."""
    allow_large_form()
    file = request.files.get("file")
    raw = file.read(own_lessons.LARGEST + 1) if file else b""
    name, now = (file.filename if file else "") or _("the file"), rooms().now()
    try:
        data = config().in_thread(own_lessons.read_file, name[:80], raw)
    except LessonRefused as refused:
        lang = config().lang
        listed = [
            (problem_place(one.file, one.line, one.key, lang), problem_sentence(one.what, one.remedy, one.values, lang))
            for one in refused.problems
        ]
        return make_response(render_template("consultant/editor_refused.html", file=name[:80], problems=listed), 400)
    made = rooms().write(lambda tx: own_lessons.take_in(tx, data, now))
    flash(_("The lesson is taken in. Look it through before you use it."), "done")
    return redirect(url_for("editor.edit", lesson_id=made))


@blueprint.get("/<lesson_id>.yaml")
@consultant_only
def export(lesson_id: str) -> Response:
    """The lesson's file, for another computer or a text editor."""
    response = Response(_own(lesson_id).text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{lesson_id}.yaml"'
    return response


@blueprint.post("/<lesson_id>/delete")
@consultant_only
def delete(lesson_id: str) -> AnyResponse:
    if request.form.get("sure") != "yes":
        abort(400)
    rooms().write(lambda tx: own_lessons.delete(tx, lesson_id))
    flash(_("It is deleted."), "done")
    return redirect(url_for("consultant.start"))


@blueprint.get("/<lesson_id>")
@consultant_only
def edit(lesson_id: str) -> str:
    own = _own(lesson_id)
    opened, saved = request.args.get("open", ""), request.args.get("saved") == "yes"
    return editor_page.whole(own.data, own.version, opened=opened, saved=saved)


@blueprint.post("/<lesson_id>")
@consultant_only
def save(lesson_id: str) -> AnyResponse:
    """Save what was typed and do what the button says; what cannot be saved is shown again as it was typed."""
    _own(lesson_id)
    data, seen = _typed(lesson_id)
    doing, _colon, what = request.form.get("do", "save").partition(":")
    if doing == "show":
        return make_response(editor_page.whole(data, seen, opened=what))
    made, opened = _pressed(data, doing, what)
    now = rooms().now()
    try:
        rooms().write(lambda tx: own_lessons.save(tx, lesson_id, made, seen, now))
    except (StaleLesson, LessonTooLarge, OutOfReach) as error:
        answer = errors.answer_to(error)
        version = _own(lesson_id).version
        return make_response(editor_page.whole(data, version, opened=what, sentence=answer.sentence), answer.status)
    here = opened or None
    return redirect(url_for("editor.edit", lesson_id=lesson_id, saved="yes", open=here, _anchor=here))


@blueprint.post("/<lesson_id>/preview")
@consultant_only
def preview(lesson_id: str) -> str:
    """Phone, wall and mistakes of what is being typed; nothing is saved."""
    data, _seen = _typed(lesson_id)
    return editor_page.changing(data, request.form.get("show", ""))


def _pressed(data: Data, doing: str, what: str) -> tuple[Data, str]:
    """The lesson after the button, and the card that it was about. 400 for a button that there is none of."""
    number = int(what) if what.isascii() and what.isdigit() and len(what) < 4 else -1
    moves: dict[str, Callable[[], Data]] = {
        "save": lambda: data,
        "topic-up": lambda: editing.move_topic(data, what, -1),
        "topic-down": lambda: editing.move_topic(data, what, 1),
        "to-reserve": lambda: editing.to_reserve(data, what),
        "to-asked": lambda: editing.to_asked(data, what),
        "remove": lambda: editing.remove_topic(data, what),
        "step-up": lambda: editing.move_step(data, number, -1),
        "step-down": lambda: editing.move_step(data, number, 1),
        "add": lambda: editing.add_topic(data, added),
    }
    if doing not in moves:
        abort(400)
    added = new_topic(request.form, data) if doing == "add" else {}
    opened = {
        "save": what,
        "add": f"t.{added.get('id')}",
        "remove": "",
        "step-up": f"s.{number - 1}",
        "step-down": f"s.{number + 1}",
    }
    return moves[doing](), opened.get(doing, f"t.{what}")


def _typed(lesson_id: str) -> tuple[Data, int]:
    """The lesson in the form, and the version that the form was made of. 400 for a form that is none of ours."""
    allow_large_form()
    try:
        data = lesson_of(request.form)
    except BadForm:
        abort(400)
    return {**data, "id": lesson_id}, data["version"]


def _own(lesson_id: str) -> OwnLesson:
    """Raises UnknownLesson."""
    return rooms().read(lambda tx: own_lessons.own_lesson(tx, lesson_id))


def allow_large_form() -> None:
    """Let this request be as large as a lesson is; to be called before its form is read."""
    request.max_content_length = LARGEST_FORM
    request.max_form_memory_size = LARGEST_FORM
