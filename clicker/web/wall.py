"""The wall: read-only, opened by its key. The chart's drawing and the QR code come from here too."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import qrcode
import qrcode.image.svg
from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clicker import charts
from clicker.room import UnknownCode, WallFacts, clean_code, facts
from clicker.room.pictures import CHILDREN
from clicker.room.snapshot import Snapshot
from clicker.web import session
from clicker.web.config import config, rooms, today

blueprint = Blueprint("wall", __name__)

LARGEST_AXIS = 2000


@blueprint.get("/wall")
def newest() -> AnyResponse | str:
    """The wall that follows this installation: the newest live lesson, or a page that waits for one."""
    if not session.opens_wall("*", request.args.get("key", "")):
        abort(403)
    live = [card for card in rooms().runs() if card.status == "live"]
    if not live:
        return render_template("wall/waiting.html")
    return redirect(url_for("wall.page", code=live[0].code, key=session.wall_key(live[0].id)))


@blueprint.get("/<string(length=4):code>/wall")
def page(code: str) -> str:
    run_id = _run_of(code)
    seen = view_of(rooms().snapshot(run_id))
    return render_template("wall/page.html", code=code, key=request.args["key"], view=seen)


@blueprint.get("/<string(length=4):code>/wall/state")
def state(code: str) -> Response:
    """The wall's whole view, for when its socket is away."""
    return jsonify(view_of(rooms().snapshot(_run_of(code))))


@blueprint.get("/<string(length=4):code>/qr.svg")
def qr(code: str) -> Response:
    """The way in as a QR code, dark on white with its quiet zone."""
    if not session.opens_wall(rooms().find(code), request.args.get("key", "")):
        abort(403)
    drawn = _off_the_loop(draw_qr, f"{config().addresses.base}/{code}", _("Scan the code to join"))
    return Response(drawn, mimetype="image/svg+xml")


@blueprint.get("/charts/<kind>/<int:top>/<int:step>.json")
def chart(kind: str, top: int, step: int) -> Response:
    """A chart's drawing without a number of anybody in it; the rows come with the view."""
    if not session.may_see_charts(request.args.get("key", "")):
        abort(403)
    if kind not in _SPECS or not 1 <= top <= LARGEST_AXIS or top % max(1, step):
        abort(404)
    beside = tuple(role for role in charts.BESIDE if role in request.args.getlist("mark"))
    description = _("The picture is told in the table below.")
    title = _axis_title(kind, step, CHILDREN in request.args.getlist("mark"))
    spec = _off_the_loop(_spec, kind, top, max(1, step), beside, title, description)
    response = Response(spec, mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _axis_title(kind: str, step: int, children: bool) -> str:
    """What the axis counts, and where guesses stand on it one by one, what their bars are."""
    counted = _counted(kind, step, children)
    return _("%(counted)s Each bar: those who guessed that.", counted=counted) if kind == "histogram" else counted


def _counted(kind: str, step: int, children: bool) -> str:
    """Out of a hundred (asked in fives), the others, the children, or all."""
    if step > 1 or kind == "summary":
        return _("Out of 100.") if kind == "histogram" else _("Out of 100")
    if children:
        return _("How many of the children?")
    return _("How many of all of us?") if kind == "before_after" else _("How many of the others?")


def _off_the_loop(function: Any, *arguments: Any) -> Any:
    return config().in_thread(function, *arguments)


_SPECS: dict[str, Callable[[int, int, tuple[str, ...], str, str], dict[str, Any]]] = {
    "histogram": lambda top, step, beside, axis, said: charts.histogram(
        top, step, title=axis, description=said, beside=beside
    ),
    "bars": lambda top, step, beside, axis, said: charts.bars(top, step, title=axis, description=said, beside=beside),
    "two_bars": lambda top, step, _, axis, said: charts.own_bars(top, step, title=axis, description=said),
    "one_bar": lambda top, step, _, axis, said: charts.own_bars(top, step, title=axis, description=said, guess=False),
    "before_after": lambda top, step, _, axis, said: charts.before_after(top, step, title=axis, description=said),
    "icons": lambda people, _step, _, _axis, said: charts.icons(people, description=said),
    "rounds": lambda choices, _step, _, _axis, said: charts.rounds(choices, description=said),
    "share": lambda _n, _step, _, _axis, said: charts.share(title="", description=said),
    "summary": lambda lines, _step, _, axis, said: charts.summary(lines, title=axis, description=said),
}


@lru_cache(maxsize=64)
def _spec(kind: str, top: int, step: int, beside: tuple[str, ...], axis: str, description: str) -> str:
    return json.dumps(_SPECS[kind](top, step, beside, axis, description))


@lru_cache(maxsize=64)
def draw_qr(address: str, title: str) -> bytes:
    """The address as an SVG that scales: error correction M, four modules of quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    picture = code.make_image(image_factory=qrcode.image.svg.SvgPathImage)
    stream = io.BytesIO()
    picture.save(stream)
    size = code.modules_count + 2 * code.border
    text = stream.getvalue().decode()
    head, body = text.split("<svg", 1)
    attributes = f' role="img" aria-label="{title}" viewBox="0 0 {size} {size}" xmlns="http://www.w3.org/2000/svg"'
    path = body[body.index("<path") :]
    return f'{head}<svg{attributes}><rect width="100%" height="100%" fill="#fff"/>{path}'.encode()


def view_of(snapshot: Snapshot) -> dict[str, Any]:
    """The news for walls."""
    seen = facts(snapshot, "wall", today=today(), lang=config().lang)
    assert isinstance(seen, WallFacts)
    html = render_template(
        "wall/_view.html", facts=seen, address=config().addresses.short, key=session.wall_key(snapshot.run_id)
    )
    return {"turn": seen.turn, "view": seen.view, "html": html}


def _run_of(code: str) -> str:
    """The run of a wall's link, finished or not; 403 without its key."""
    run_id = rooms().read(lambda tx: tx.run_id_of(clean_code(code)))
    if run_id is None:
        raise UnknownCode
    if not session.opens_wall(run_id, request.args.get("key", "")):
        abort(403)
    return run_id
