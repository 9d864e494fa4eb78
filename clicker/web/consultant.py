"""The consultant: choose a lesson, hold it, take it up again. Each button sends the turn that it saw."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker import library
from clicker.lesson import Lesson, Move, NotNow
from clicker.report.results import topic_results
from clicker.room import ConsultantFacts, LabelsNeeded, Opening, TooSoon, WrongPresent, facts
from clicker.safety import warns_majority
from clicker.web import errors, session
from clicker.web.config import config, rooms, today
from clicker.web.session import consultant_only
from clicker.web.wall import draw_qr

blueprint = Blueprint("consultant", __name__, url_prefix="/consultant")


@blueprint.get("/enter/<token>")
def enter(token: str) -> AnyResponse:
    """The one-time link: it opens the consultant's pages in this browser, and nobody else's afterwards."""
    kind = rooms().take_ticket(token)
    if kind is None:
        if browser.get("consultant"):
            return redirect(url_for("consultant.start"))
        abort(403)
    browser.clear()
    browser["consultant"] = True
    browser["private"] = kind == "phone"
    return redirect(
        request.args.get("next", "") if _own_path(request.args.get("next", "")) else url_for("consultant.start")
    )


def _own_path(path: str) -> bool:
    return path.startswith("/consultant/") and "//" not in path and "\\" not in path


@blueprint.get("")
@consultant_only
def start() -> str:
    """Runs to take up again, and the lessons."""
    cards = rooms().runs()
    return render_template(
        "consultant/start.html",
        live=[card for card in cards if card.status == "live"],
        finished=[card for card in cards if card.status == "finished"],
        lessons=config().lessons(),
        problems=library.problems(),
        addresses=config().addresses,
        wall_key=session.wall_key("*"),
    )


@blueprint.post("/address")
@consultant_only
def address() -> AnyResponse:
    """Use another of this machine's addresses for the phones."""
    if not config().addresses.choose(request.form.get("host", "")):
        abort(400)
    return redirect(url_for("consultant.start"))


@blueprint.get("/lesson/<lesson_id>")
@consultant_only
def prepare(lesson_id: str) -> Response:
    """Before class: what is asked, what may be left out, warnings, and the labels of the group."""
    return _prepare(_lesson(lesson_id), "", 200)


@blueprint.post("/lesson/<lesson_id>")
@consultant_only
def create(lesson_id: str) -> Response:
    lesson = _lesson(lesson_id)
    chosen = frozenset(request.form.getlist("topic"))
    asked = frozenset(topic.id for topic in lesson.asked_topics())
    opening = Opening(
        lesson=lesson,
        school=request.form.get("school", "")[:80],
        group=request.form.get("group", "")[:20],
        left_out=asked - chosen,
        present=_whole(request.form.get("present", "")),
        substances_in_grade_6=request.form.get("substances") == "yes",
    )
    if not chosen & asked:
        return _prepare(lesson, _("Choose at least one topic."), 400)
    try:
        card = rooms().create(opening)
    except (LabelsNeeded, TooSoon) as error:
        answer = errors.answer_to(error)
        return _prepare(lesson, answer.sentence, answer.status)
    return make_response(redirect(url_for("consultant.run", run_id=card.id)))


def _prepare(lesson: Lesson, sentence: str, status: int) -> Response:
    day = today()
    figures = {topic.id: library.figures_for(topic, lesson.grades, day).behaviour for topic in lesson.topics}
    page = render_template(
        "consultant/prepare.html",
        lesson=lesson,
        topics=lesson.asked_topics(),
        figures=figures,
        today=day,
        warned={topic for topic, figure in figures.items() if warns_majority(figure)},
        minutes=sum(step.minutes for step in lesson.steps),
        prompts=sum(len(topic.prompts()) for topic in lesson.asked_topics()),
        sentence=sentence,
        form=request.form,
        chosen=request.form.getlist("topic") or [topic.id for topic in lesson.asked_topics()],
    )
    return make_response(page, status)


@blueprint.get("/run/<run_id>")
@consultant_only
def run(run_id: str) -> str:
    snapshot = rooms().snapshot(run_id)
    seen = facts(snapshot, session.consultant_screen(), today=today(), lang=config().lang)
    assert isinstance(seen, ConsultantFacts)
    return render_template(
        "consultant/run.html",
        facts=seen,
        wall=url_for("wall.page", code=snapshot.code, key=session.wall_key(run_id)),
        wall_key=session.wall_key(run_id),
        join=f"{config().addresses.base}/{snapshot.code}",
    )


@blueprint.get("/run/<run_id>/view")
@consultant_only
def view(run_id: str) -> Response:
    """The changing part of the page, for when its socket is away."""
    seen = facts(rooms().snapshot(run_id), session.consultant_screen(), today=today(), lang=config().lang)
    assert isinstance(seen, ConsultantFacts)
    return jsonify(turn=seen.turn, html=render_template("consultant/_view.html", facts=seen))


@blueprint.get("/run/<run_id>/results.json")
@consultant_only
def results(run_id: str) -> Response:
    """What was shown of each topic, as data; hidden topics are null."""
    lang = config().lang
    return jsonify(topics=rooms().read(lambda tx: topic_results(tx, run_id, lang)))


@blueprint.post("/run/<run_id>/move")
@consultant_only
def move(run_id: str) -> Any:
    """A press. The second of two tabs, or of two fast clicks, is told that the lesson has moved on."""
    name = request.form.get("move", "")
    if name not in list(Move):
        abort(400)
    try:
        rooms().move(run_id, Move(name), _whole(request.form.get("turn", "")) or 0, _argument(Move(name)))
    except (NotNow, WrongPresent) as error:
        if errors.wants_json():
            raise
        flash(errors.answer_to(error).sentence)
    return jsonify(ok=True) if errors.wants_json() else redirect(url_for("consultant.run", run_id=run_id))


def _argument(name: Move) -> Any:
    form = request.form
    match name:
        case Move.OPEN:
            return _whole(form.get("present", ""))
        case Move.CHOOSE:
            return [number for number in map(_whole, form.getlist("proposal")) if number is not None]
        case Move.OPEN_COUNTRY:
            return form.get("reason", "")
        case Move.RESERVE:
            return form.get("topic", "")
    return None


@blueprint.post("/run/<run_id>/present")
@consultant_only
def present(run_id: str) -> Any:
    rooms().set_present(run_id, _whole(request.form.get("present", "")) or 0)
    return _done(run_id)


@blueprint.post("/run/<run_id>/dark")
@consultant_only
def dark(run_id: str) -> Any:
    rooms().set_dark(run_id, request.form.get("dark") == "yes")
    return _done(run_id)


@blueprint.post("/run/<run_id>/private")
@consultant_only
def private(run_id: str) -> AnyResponse:
    """ "The wall is on another screen": from here this browser may show what only the consultant sees."""
    browser["private"] = request.form.get("private", "yes") == "yes"
    return redirect(url_for("consultant.run", run_id=run_id))


@blueprint.post("/run/<run_id>/phone")
@consultant_only
def own_phone(run_id: str) -> str:
    """A one-time QR that opens this run on the consultant's own phone, private list included."""
    rooms().snapshot(run_id)
    path = url_for("consultant.enter", token=rooms().ticket("phone"), next=url_for("consultant.run", run_id=run_id))
    drawn = config().in_thread(draw_qr, config().addresses.base + path, _("Scan with your own phone"))
    assert isinstance(drawn, bytes)
    picture = f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
    return render_template("consultant/own_phone.html", picture=picture, run_id=run_id)


@blueprint.post("/run/<run_id>/discard")
@consultant_only
def discard(run_id: str) -> AnyResponse:
    """Throw a live run away, or delete a finished one's results."""
    if request.form.get("sure") != "yes":
        abort(400)
    rooms().discard(run_id)
    return redirect(url_for("consultant.start"))


def _done(run_id: str) -> Any:
    return jsonify(ok=True) if errors.wants_json() else redirect(url_for("consultant.run", run_id=run_id))


def _lesson(lesson_id: str) -> Lesson:
    for lesson in config().lessons():
        if lesson.id == lesson_id:
            return lesson
    abort(404)


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
