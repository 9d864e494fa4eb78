"""Who asks: a consultant's browser (by its one-time link), the wall (by its key), a phone (by its seat)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from flask import Flask, Request, Response, abort, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer

from clicker.web.config import rooms

F = TypeVar("F", bound=Callable[..., Any])

FOUR_HOURS = 4 * 60 * 60


class Sessions(SecureCookieSessionInterface):
    """A session ends after its time has passed; setting the machine's clock neither ends nor prolongs it.

    Its signer is made once, and not anew for every request of every phone.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(seconds())

        self._signer = Signer
        self._made: dict[Any, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """As Flask makes it, with our time."""
        key = app.secret_key
        if key not in self._made:
            made = super().get_signing_serializer(app)
            if made is not None:
                made.signer = self._signer
            self._made = {key: made}
        return self._made[key]


def consultant_only(view: F) -> F:
    """Answer 403 to everyone without a consultant's session."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not session.get("consultant"):
            abort(403)
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]


def may_see_private() -> bool:
    """Whether this browser has said that the wall is on another screen, or is the consultant's phone."""
    return bool(session.get("consultant") and session.get("private"))


def consultant_screen() -> str:
    return "consultant_private" if may_see_private() else "consultant"


def wall_key(run_id: str) -> str:
    """The key in a wall's link: it opens the wall of one run and nothing else."""
    return _signer("wall").dumps(run_id)


def opens_wall(run_id: str, key: str) -> bool:
    try:
        return bool(_signer("wall").loads(key) == run_id)
    except (BadSignature, UnicodeError):
        return False


def may_see_charts(key: str) -> bool:
    """Drawing a chart costs time that votes need, so only a wall or a consultant may ask for one."""
    if session.get("consultant"):
        return True
    try:
        return isinstance(_signer("wall").loads(key), str)
    except (BadSignature, UnicodeError):
        return False


def signed_seat(seat: str) -> str:
    """A copy of the seat for a phone that keeps no cookies."""
    return _signer("seat").dumps(seat)


def seat_in(message: Request, code: str, copy: str | None = None) -> str | None:
    """The seat that a request carries: its cookie, else a signed copy; None where there is neither."""
    cookie = message.cookies.get(cookie_name(code))
    if cookie:
        return cookie
    if not copy:
        return None
    try:
        return str(_signer("seat").loads(copy))
    except (BadSignature, UnicodeError):
        return None


def cookie_name(code: str) -> str:
    return f"seat_{code}"


def keep_seat(response: Response, code: str, seat: str) -> Response:
    """The one cookie of a phone: necessary, unreadable for scripts, gone after four hours."""
    response.set_cookie(
        cookie_name(code), seat, max_age=FOUR_HOURS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def forget_seat(response: Response, code: str) -> Response:
    if cookie_name(code) in request.cookies:
        response.delete_cookie(cookie_name(code), path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def seat_of(run_id: str, code: str, copy: str | None = None) -> str | None:
    """The request's seat where it is one of this run."""
    seat = seat_in(request, code, copy)
    return seat if seat and rooms().seated(run_id, seat) else None


def _signer(purpose: str) -> URLSafeSerializer:
    return _made(str(current_app.secret_key or ""), purpose)


@lru_cache(maxsize=8)
def _made(secret: str, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=purpose)
