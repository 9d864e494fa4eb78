"""A walk-up station: the consultant opens and closes it; a phone goes through it page by page, by forms alone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clicker import library
from clicker.lesson import SKIPPED, Address, Refused
from clicker.room import (
    LessonOver,
    NothingToAsk,
    NotYours,
    StationOpening,
    Stations,
    TooMuchToAsk,
    TooYoung,
    UnknownCode,
)
from clicker.room.station_screen import GUESSES, Visit, after_answer, consultant_lines, next_question
from clicker.room.stations import LONGEST_PLACE, MOST_TOPICS, YOUNGEST, Offered, offered
from clicker.store import StationRecord
from clicker.web import contact, errors, session
from clicker.web.config import config, lessons, rooms, today
from clicker.web.session import consultant_only
from clicker.web.wall import draw_qr

blueprint = Blueprint("stations", __name__)


def stations() -> Stations:
    return Stations(rooms())


# -- the consultant -----------------------------------------------------------------------------------------------


@blueprint.get("/consultant/stations")
@consultant_only
def overview() -> str:
    """The stations there are, and the questions for a new one."""
    return _overview()


def _overview(sentence: str = "") -> str:
    """The form as it was sent, with the sentence that says why it could not be used."""
    return render_template(
        "consultant/stations.html",
        stations=stations().all(),
        choice=_choice(),
        youngest=tuple(YOUNGEST),
        most=MOST_TOPICS,
        longest=LONGEST_PLACE,
        form=request.form,
        sentence=sentence,
    )


def _choice() -> tuple[Offered, ...]:
    return offered(lessons(), library.figures_for, today())


@blueprint.post("/consultant/stations")
@consultant_only
def open_station() -> Response:
    form = request.form
    opening = StationOpening(form.get("place", ""), form.get("youngest", ""), tuple(form.getlist("topic")))
    try:
        return _to_page(stations().open(opening, _choice()))
    except (NothingToAsk, TooMuchToAsk, TooYoung) as error:
        said = errors.answer_to(error)
        return make_response(_overview(said.sentence), said.status)


@blueprint.get("/consultant/station/<station_id>")
@consultant_only
def page(station_id: str) -> str:
    """How phones find it, and what the group has come to."""
    station, day, lang = stations().record(station_id), today(), config().lang
    lines = rooms().read(lambda tx: consultant_lines(tx, station, day, lang))
    return render_template("consultant/station.html", station=station, lines=lines, address=config().addresses.short)


@blueprint.get("/consultant/station/<station_id>/sign")
@consultant_only
def sign(station_id: str) -> Response:
    """A sheet to print, or to leave open on a screen."""
    station = stations().record(station_id)
    if station.closed is not None:
        return _to_page(station_id)
    page = render_template("consultant/station_sign.html", station=station, address=config().addresses.short)
    return make_response(page)


@blueprint.get("/consultant/station/<station_id>/qr.svg")
@consultant_only
def qr(station_id: str) -> Response:
    code = stations().record(station_id).code
    drawn = config().in_thread(draw_qr, f"{config().addresses.base}/{code}", _("Scan the code to join"))
    return Response(drawn, mimetype="image/svg+xml")


@blueprint.post("/consultant/station/<station_id>/close")
@consultant_only
def close(station_id: str) -> Response:
    stations().close(station_id)
    return _to_page(station_id)


@blueprint.post("/consultant/station/<station_id>/delete")
@consultant_only
def delete(station_id: str) -> Response:
    if request.form.get("sure") != "yes":
        abort(400)
    stations().drop(station_id)
    flash(_("It is deleted."))
    return make_response(redirect(url_for("stations.overview")))


def _to_page(station_id: str) -> Response:
    return make_response(redirect(url_for("stations.page", station_id=station_id)))


# -- whoever walks by ---------------------------------------------------------------------------------------------


@blueprint.get("/station/<string(length=4):code>")
def visit(code: str) -> Response:
    """What it is, and after the start the first open question."""
    station = stations().find(code)
    seat = _seat(station)
    return _next(station, seat) if seat else _welcome(station)


@blueprint.post("/station/<string(length=4):code>/start")
def start(code: str) -> Response:
    """Take a seat, or go on in the one that this phone has."""
    station = stations().find(code)
    seat = _seat(station) or stations().join(station)
    return _next(station, seat)


@blueprint.post("/station/<string(length=4):code>/leave")
def leave(code: str) -> Response:
    """The next person at the same phone or tablet starts anew."""
    station = stations().find(code)
    return session.forget_seat(_welcome(station), station.code)


@blueprint.post("/station/<string(length=4):code>/answer")
def answer(code: str) -> Response:
    """Keep an answer; then the topic's next question, or its card. Sent twice it is counted once."""
    station, form = stations().find(code), request.form
    seat = _seat(station)
    if seat is None:
        return _welcome(station)
    address, token = Address.parse(form.get("prompt", "")), form.get("answer", "")
    if address is None:
        abort(400)
    try:
        stations().answer(station.id, seat, address, token)
    except Refused:
        abort(400)
    guess = token if address.kind in GUESSES else form.get("guess", "")
    day, lang = today(), config().lang
    seen = rooms().read(lambda tx: after_answer(tx, station, seat, address, guess, day, lang))
    return _page(seen, seat, guess)


@blueprint.errorhandler(UnknownCode)
@blueprint.errorhandler(LessonOver)
def _gone(error: UnknownCode | LessonOver) -> Response:
    """A stand that is closed or was never there, as its visitors are told; the consultant's pages say it as usual."""
    code = (request.view_args or {}).get("code")
    if code is None:
        said = errors.answer_to(error)
        return errors.page(said.status, said.sentence)
    return _not_there(str(code), error)


@blueprint.errorhandler(NotYours)
def _forgotten(_error: NotYours) -> Response:
    """Forgotten between two pages: it begins anew."""
    return _welcome(stations().find(str((request.view_args or {}).get("code"))))


def _seat(station: StationRecord) -> str | None:
    """The request's seat where it is one of this station."""
    seat = session.seat_in(request, station.code, request.form.get("seat"))
    return seat if seat and stations().seated(station.id, seat) else None


def _next(station: StationRecord, seat: str) -> Response:
    day, lang = today(), config().lang
    return _page(rooms().read(lambda tx: next_question(tx, station, seat, day, lang)), seat)


def _page(seen: Visit, seat: str, guess: str = "") -> Response:
    code = seen.station.code
    html = render_template(
        "phone/station.html",
        facts=seen,
        code=code,
        seat=session.signed_seat(seat),
        guess=guess,
        # The first answer stands, so whoever looks again sends none: nothing of it lies in the page (P4).
        again=(request.form.get("prompt", ""), SKIPPED),
        help=contact.card(str(seen.station.lesson.audience)),
    )
    return session.keep_seat(make_response(html), code, seat)


def _welcome(station: StationRecord) -> Response:
    audience = str(station.lesson.audience)
    return make_response(render_template("phone/station_start.html", station=station, help=contact.card(audience)))


def _not_there(code: str, error: UnknownCode | LessonOver) -> Response:
    said = errors.answer_to(error)
    sentence = _("This stand has closed. Thank you for stopping by.") if said.status == 410 else said.sentence
    page = render_template("phone/start.html", typed=code, sentence=sentence, help=contact.card())
    return session.forget_seat(make_response(page, said.status), code)
