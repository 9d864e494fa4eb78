"""The phone: join by code, see the questions, answer. Everything works without a socket and without scripts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker.room import LessonOver, NotYours, PhoneFacts, RoomFull, Rooms, UnknownCode, clean_code, facts, vote_from
from clicker.room.codes import CODE_LENGTH
from clicker.room.snapshot import Snapshot
from clicker.web import contact, errors, session
from clicker.web.config import config, full, phone_view, rooms, today

blueprint = Blueprint("phone", __name__)


@blueprint.get("/")
def start() -> AnyResponse | str:
    """The field for the code; a typed code leads to its lesson."""
    typed = clean_code(request.args.get("code", ""))
    if len(typed) == CODE_LENGTH:
        return redirect(url_for("phone.lesson", code=typed))
    sentence = errors.answer_to(UnknownCode()).sentence if typed else ""
    return render_template("phone/start.html", typed=typed, sentence=sentence, help=contact.card())


@blueprint.get("/<string(length=4):code>")
def lesson(code: str) -> Response:
    """The lesson as it stands for this phone, or the way in."""
    if code != clean_code(code):
        return make_response(redirect(url_for("phone.lesson", code=clean_code(code) or "none")))
    try:
        run_id = rooms().find(code)
    except (UnknownCode, LessonOver) as error:
        station = rooms().read(lambda tx: tx.stations.by_code(code))
        if station is not None and (station.closed is None or isinstance(error, UnknownCode)):
            return make_response(redirect(url_for("stations.visit", code=code)))
        return _not_there(code, error)
    seat = session.seat_of(run_id, code)
    if seat is None:
        audience = str(rooms().snapshot(run_id).run.lesson.audience)
        return make_response(render_template("phone/join.html", code=code, help=contact.card(audience)))
    return _page(run_id, code, seat)


@blueprint.post("/<string(length=4):code>/join")
def join(code: str) -> Response:
    """Take a seat, or the one that this phone has."""
    seat = session.seat_in(request, code, request.form.get("seat"))
    run_id = rooms().run_of(code, seat) if seat else None
    try:
        if run_id is None and full():
            raise RoomFull
        if run_id is None:
            joined = rooms().join(code)
            run_id, seat = joined.run_id, joined.seat
        else:
            rooms().find(code)
    except (UnknownCode, LessonOver) as error:
        return _not_there(code, error)
    assert seat is not None
    if errors.wants_json():
        return session.keep_seat(jsonify(ok=True, seat=session.signed_seat(seat)), code, seat)
    return session.keep_seat(_page(run_id, code, seat), code, seat)


@blueprint.post("/<string(length=4):code>/vote")
def vote(code: str) -> Response:
    """A vote without a socket: JSON from a script, a form without one."""
    sent = _sent()
    run_id = rooms().find(code)
    seat = session.seat_of(run_id, code, _text(sent.get("seat")))
    if seat is None:
        raise NotYours
    if request.is_json:
        return jsonify(cast_vote(rooms(), run_id, seat, sent))
    ack = cast_vote(rooms(), run_id, seat, _completed(run_id, seat, sent))
    if ack["ok"] and session.cookie_name(code) in request.cookies:
        # So that a reload of the next page does not send this answer again.
        place = _after_vote(run_id, _text(sent.get("prompt")))
        return make_response(redirect(url_for("phone.lesson", code=code, at=place, saved="yes"), 303))
    return session.keep_seat(_page(run_id, code, seat, voted=_text(sent.get("prompt")), ack=ack), code, seat)


def _sent() -> Any:
    """What was posted, as a mapping; 400 for anything else."""
    try:
        sent = request.get_json(silent=True) if request.is_json else request.form
    except RecursionError:
        sent = None
    return sent if hasattr(sent, "get") else abort(400)


def _completed(run_id: str, seat: str, form: Any) -> dict[str, Any]:
    """A form without scripts carries no number of its own: each time it is sent it is the seat's newest tap."""
    numbered = {"id": secrets.token_hex(8), "seq": rooms().mine(run_id, seat).seq}
    return {**numbered, **{name: form.get(name) for name in ("prompt", "answer", "id", "seq") if form.get(name)}}


def cast_vote(rooms: Rooms, run_id: str, seat: str, sent: Any) -> dict[str, Any]:
    """What socket and form share: from what was sent to the acknowledgement, after the commit."""
    vote = vote_from(
        _text(sent.get("prompt")), _text(sent.get("answer")), _text(sent.get("id")), _number(sent.get("seq"), -1)
    )
    if vote is None:
        return {"ok": False, "reason": "not_offered"}
    ack = rooms.vote(run_id, seat, vote)
    return {"ok": ack.ok, "reason": ack.reason}


@blueprint.get("/<string(length=4):code>/mine")
def mine(code: str) -> Response:
    """What only this phone may know."""
    run_id = rooms().find(code)
    seat = session.seat_of(run_id, code, request.headers.get("X-Seat"))
    if seat is None:
        raise NotYours
    own = rooms().mine(run_id, seat)
    cards = render_template("phone/_mine.html", now=own.now, earlier=own.earlier)
    return jsonify(admitted=own.admitted, turn=own.turn, answers=dict(own.answers), cards=cards, seq=own.seq)


@blueprint.get("/<string(length=4):code>/state")
def state(code: str) -> Response:
    """The whole view, for those without a socket."""
    try:
        run_id = rooms().find(code)
    except LessonOver:
        return session.forget_seat(jsonify(view_of(rooms().last(code)) | {"turn": 2**31}), code)
    return jsonify(phone_view(run_id))


def view_of(snapshot: Snapshot) -> dict[str, Any]:
    """The news for phones: the same for all of them. `prompts` says in data what the html says in words."""
    seen = facts(snapshot, "phone", today=today(), lang=config().lang)
    assert isinstance(seen, PhoneFacts)
    help_ = contact.card(seen.audience) if seen.view in ("help", "finished") else None
    return {
        "turn": seen.turn,
        "view": seen.view,
        "over": seen.view == "finished",
        "prompts": [
            {"prompt": prompt.address, "choices": [token for token, _label in prompt.choices]}
            for prompt in seen.prompts
        ],
        "html": render_template(
            "phone/_view.html", facts=seen, at=None, answers={}, seat="", waiting=False, help=help_
        ),
    }


def _page(run_id: str, code: str, seat: str, voted: str = "", ack: Mapping[str, Any] | None = None) -> Response:
    """The phone's page with everything filled in, so that it works without a script. `ack` is what became of the
    vote on the prompt `voted` that a form sent."""
    seen = facts(rooms().snapshot(run_id), "phone", today=today(), lang=config().lang)
    assert isinstance(seen, PhoneFacts)
    own = rooms().mine(run_id, seat)
    saved = ack is not None and bool(ack["ok"])
    return make_response(
        render_template(
            "phone/page.html",
            facts=seen,
            code=code,
            seat=session.signed_seat(seat),
            answers=own.answers,
            now=own.now,
            earlier=own.earlier,
            help=contact.card(seen.audience),
            waiting=not own.admitted,
            at=_place(seen, own.answers, voted, saved),
            just_saved=saved or request.args.get("saved") == "yes",
            notice="" if ack is None or saved else _why_not(ack["reason"]),
            # Without its cookie a page that reloads itself would be a stranger; its button carries the seat.
            refreshes=not seen.prompts and session.cookie_name(code) in request.cookies,
            seq=own.seq,
        )
    )


def _why_not(reason: str) -> str:
    if reason in ("closed", "waiting"):
        return _("Answers are closed. That is fine.")
    return _("That answer cannot be used here. Tap one of the buttons.")


def _after_vote(run_id: str, voted: str) -> int:
    """The place of the question after the one that was answered."""
    seen = facts(rooms().snapshot(run_id), "phone", today=today(), lang=config().lang)
    assert isinstance(seen, PhoneFacts)
    addresses = [prompt.address for prompt in seen.prompts]
    return addresses.index(voted) + 1 if voted in addresses else 0


def _place(seen: PhoneFacts, answers: Mapping[str, str], voted: str, saved: bool) -> int:
    """Which question a page without scripts shows: the one after a saved vote, the same after a refused one, else
    as asked for, else the first open."""
    addresses = [prompt.address for prompt in seen.prompts]
    wanted = _number(request.values.get("at"), -1)
    if voted in addresses:
        return addresses.index(voted) + int(saved)
    if 0 <= wanted <= len(addresses):
        return wanted
    return next((index for index, address in enumerate(addresses) if address not in answers), len(addresses))


def _not_there(code: str, error: UnknownCode | LessonOver) -> Response:
    answer = errors.answer_to(error)
    over = isinstance(error, LessonOver)
    page = render_template("phone/start.html", typed=code, sentence=answer.sentence, over=over, help=contact.card())
    return session.forget_seat(make_response(page, answer.status), code)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object, otherwise: int = 0) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
