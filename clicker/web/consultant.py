"""The consultant: choose a lesson, hold it, take it up again. Each button sends the turn that it saw."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker import library
from clicker.lesson import Move, NotNow
from clicker.report.results import agreement_results, topic_results
from clicker.room import (
    ConsultantFacts,
    LessonOver,
    OutOfReach,
    UnknownCode,
    WrongPresent,
    facts,
    own_content,
)
from clicker.web import errors, session
from clicker.web.config import config, lessons, rooms, today
from clicker.web.own_cards import own_cards
from clicker.web.session import consultant_only
from clicker.web.wall import draw_qr
from clicker.words.problems import problem_place, problem_sentence

blueprint = Blueprint("consultant", __name__, url_prefix="/consultant")


@blueprint.get("/enter/<token>")
def enter(token: str) -> AnyResponse:
    """The one-time link: it opens the consultant's pages in this browser, and nobody else's afterwards."""
    wanted = request.args.get("next", "")
    target = wanted if _own_path(wanted) else url_for("consultant.start")
    kind = rooms().take_ticket(token)
    if kind is None:
        if browser.get("consultant"):
            return redirect(target)
        used = _(
            "This link has been used already or is too old. Use the browser that it was opened in, or stop the program "
            "and start it again: then it shows a new link, and a lesson under way goes on."
        )
        return errors.page(403, used)
    browser.clear()
    browser.permanent = True
    browser["consultant"] = True
    browser["private"] = kind == "phone"
    return redirect(target)


def _own_path(path: str) -> bool:
    return path.startswith("/consultant/") and path.isprintable() and "//" not in path and "\\" not in path


@blueprint.get("")
@consultant_only
def start() -> str:
    """Runs to take up again, and the lessons."""
    cards = rooms().runs()
    return render_template(
        "consultant/start.html",
        live=[card for card in cards if card.status == "live"],
        finished=[card for card in cards if card.status == "finished"],
        lessons=lessons(),
        own=own_cards(),
        problems=[_said(problem) for problem in library.problems(_figures_alone(rooms().read(own_content)))],
        addresses=config().addresses,
        today=today(),
        alone=config().addresses.chosen.startswith("127."),
        wall_key=session.wall_key("*"),
    )


def _figures_alone(own: library.Own) -> library.Own:
    """Without the own lessons: a draft with mistakes says so where it is listed."""
    return library.Own(figures=own.figures)


def _said(problem: library.Problem) -> tuple[str, str]:
    """Where a mistake stands, and what it is and what to do, in the page's language."""
    lang = config().lang
    place = problem_place(problem.file, problem.line, problem.key, lang)
    return place, problem_sentence(problem.what, problem.remedy, problem.values, lang)


@blueprint.post("/address")
@consultant_only
def address() -> AnyResponse:
    """Use another of this machine's addresses for the phones."""
    if not config().addresses.choose(request.form.get("host", "")):
        abort(400)
    return redirect(url_for("consultant.start"))


@blueprint.get("/run/<run_id>")
@consultant_only
def run(run_id: str) -> AnyResponse | str:
    """The lesson being held. One that was thrown away leads to the start page."""
    try:
        seen = _seen(run_id)
    except UnknownCode:
        flash(_("That lesson is not here any more."))
        return redirect(url_for("consultant.start"))
    return render_template(
        "consultant/run.html",
        facts=seen,
        wall=url_for("wall.page", code=seen.code, key=session.wall_key(run_id)),
        join=f"{config().addresses.short}/{seen.code}",
    )


def _seen(run_id: str) -> ConsultantFacts:
    """What this browser may know of the run. Raises UnknownCode, also for a run that was thrown away."""
    snapshot = rooms().snapshot(run_id)
    if snapshot.status == "discarded":
        raise UnknownCode
    seen = facts(snapshot, session.consultant_screen(), today=today(), lang=config().lang)
    assert isinstance(seen, ConsultantFacts)
    return seen


@blueprint.get("/run/<run_id>/view")
@consultant_only
def view(run_id: str) -> Response:
    """The changing part of the page, for when its socket is away."""
    return jsonify(_view(run_id))


def _view(run_id: str) -> dict[str, Any]:
    return view_of(_seen(run_id))


def view_of(seen: ConsultantFacts) -> dict[str, Any]:
    """The news for the consultant's page. `stuck`: whether nothing can be saved just now."""
    html = render_template("consultant/_view.html", facts=seen)
    return {"turn": seen.turn, "html": html, "stuck": rooms().stuck}


@blueprint.get("/run/<run_id>/results.json")
@consultant_only
def results(run_id: str) -> Response:
    """What was shown of each topic, as data (hidden topics are null), and what was agreed on."""
    lang = config().lang
    topics = rooms().read(lambda tx: topic_results(tx, run_id, lang))
    return jsonify(topics=topics, agreements=rooms().read(lambda tx: agreement_results(tx, run_id)))


@blueprint.post("/run/<run_id>/move")
@consultant_only
def move(run_id: str) -> Any:
    """A press. The second of two tabs, or of two fast clicks, is told that the lesson has moved on."""
    name = request.form.get("move", "")
    if name not in list(Move):
        abort(400)
    turn = whole_number(request.form.get("turn", "")) or 0
    return _done(run_id, lambda: rooms().move(run_id, Move(name), turn, _argument(Move(name))))


def _argument(name: Move) -> Any:
    form = request.form
    match name:
        case Move.OPEN:
            return whole_number(form.get("present", ""))
        case Move.PROPOSE:
            return form.get("text", "")
        case Move.WITHDRAW:
            return whole_number(form.get("number", ""))
        case Move.CHOOSE:
            return [number for number in map(whole_number, form.getlist("proposal")) if number is not None]
        case Move.OPEN_COUNTRY:
            return form.get("reason", "")
        case Move.RESERVE:
            return form.get("topic", "")
    return None


@blueprint.post("/run/<run_id>/present")
@consultant_only
def present(run_id: str) -> Any:
    """How many are in the room, as typed before the first opening."""
    typed = whole_number(request.form.get("present", "")) or 0
    return _done(run_id, lambda: rooms().set_present(run_id, typed))


@blueprint.post("/run/<run_id>/dark")
@consultant_only
def dark(run_id: str) -> Any:
    """Make the wall black, or light again."""
    wanted = request.form.get("dark") == "yes"
    return _done(run_id, lambda: rooms().set_dark(run_id, wanted))


@blueprint.post("/run/<run_id>/private")
@consultant_only
def private(run_id: str) -> AnyResponse:
    """ "The wall is on another screen": from here this browser may show what only the consultant sees."""
    browser["private"] = request.form.get("private", "yes") == "yes"
    return redirect(_here(run_id))


@blueprint.post("/run/<run_id>/phone")
@consultant_only
def own_phone(run_id: str) -> AnyResponse | str:
    """A one-time QR that opens this run on the consultant's own phone, private list included.

    It is drawn only for a screen that nobody else sees: on a mirrored one a pupil could be the first to scan it.
    """
    _seen(run_id)
    if request.form.get("alone") != "yes":
        flash(_("First make sure that nobody else can see this screen, and tick the box."))
        return redirect(_here(run_id))
    path = url_for("consultant.enter", token=rooms().ticket("phone"), next=_here(run_id))
    drawn = config().in_thread(draw_qr, config().addresses.base + path, _("Scan with your own phone"))
    assert isinstance(drawn, bytes)
    picture = f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
    alone = config().addresses.chosen.startswith("127.")
    return render_template("consultant/own_phone.html", picture=picture, run_id=run_id, alone=alone)


@blueprint.post("/run/<run_id>/discard")
@consultant_only
def discard(run_id: str) -> AnyResponse:
    """Throw a live run away, or delete a finished one's results."""
    if request.form.get("sure") != "yes":
        abort(400)
    rooms().discard(run_id)
    flash(_("It is deleted."), "done")
    return redirect(url_for("consultant.start"))


def _done(run_id: str, work: Callable[[], None]) -> Any:
    """Do what the button asked for; the answer is the page as it then stands, or the sentence that says why not."""
    try:
        work()
    except (NotNow, WrongPresent, LessonOver, OutOfReach) as error:
        answer = errors.answer_to(error)
        sentence = _("That lesson is over.") if isinstance(error, LessonOver) else answer.sentence
        if errors.wants_json():
            return errors.page(answer.status, sentence)
        flash(sentence)
        return redirect(_here(run_id))
    return jsonify(ok=True, **_view(run_id)) if errors.wants_json() else redirect(_here(run_id))


def _here(run_id: str) -> str:
    return url_for("consultant.run", run_id=run_id)


def whole_number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
