"""What every answer carries: a strict content policy, no caching of pages, small bytes; and who may post."""

from __future__ import annotations

import gzip
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Response, abort, request

_COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")
_WORTH_COMPRESSING = 600
_YEAR = 365 * 24 * 3600


def guard_posts() -> None:
    """Refuse a form that another site sends in somebody's name (with SameSite cookies the second wall)."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and _host_of(origin) != request.host:
        abort(403)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def harden(response: Response) -> Response:
    """Security headers on everything; compression where it helps."""
    headers = response.headers
    headers["Content-Security-Policy"] = _policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    # Without any referrer browsers send forms as from nowhere, and `guard_posts` would refuse them.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint == "static":
        kept = _YEAR if "/vendor/" in request.path else 3600
        headers["Cache-Control"] = f"public, max-age={kept}"
        # Registries on some laptops call scripts plain text, and nosniff would then refuse them.
        if request.path.endswith(".js"):
            headers["Content-Type"] = "text/javascript; charset=utf-8"
    else:
        headers.setdefault("Cache-Control", "no-store")
    return _compressed(response)


def _policy() -> str:
    # Older Safari does not let 'self' cover the socket, so the page's own host is named for it.
    host = request.host
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _compressed(response: Response) -> Response:
    kind = response.headers.get("Content-Type", "")
    wanted = "gzip" in request.headers.get("Accept-Encoding", "") and response.status_code == 200
    if not wanted or not kind.startswith(_COMPRESSED) or response.headers.get("Content-Encoding"):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _WORTH_COMPRESSING:
        return response
    # Only what never changes is worth remembering compressed.
    packed = _packed(body) if request.endpoint == "static" else gzip.compress(body, 5)
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response


@lru_cache(maxsize=64)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 9)
