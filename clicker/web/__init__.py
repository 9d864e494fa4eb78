"""The web: one app for consultants, phones and walls. Views parse, call and render; nothing is decided here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_socketio import SocketIO

from clicker import words
from clicker.web import (
    before_class,
    consultant,
    contact,
    editor,
    errors,
    figures,
    own_figures,
    phone,
    posters,
    reports,
    twins,
    wall,
)
from clicker.web.config import Config, config
from clicker.web.headers import guard_posts, harden
from clicker.web.live import Live
from clicker.web.session import Sessions
from clicker.web.uploads import Request

__all__ = ["Config", "create_app", "live_of"]

LARGEST_FORM = 64 * 1024


def create_app(settings: Config, socket_settings: dict[str, Any]) -> tuple[Flask, SocketIO]:
    """The Flask app and its socket, wired to the rooms; the caller serves them and calls `rooms.open_for(live)`."""
    app = Flask("clicker")
    app.request_class = Request
    app.secret_key = settings.secret
    app.session_interface = Sessions()
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SESSION_COOKIE_NAME="consultant",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        BABEL_DEFAULT_LOCALE=settings.lang,
    )
    app.extensions["clicker"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["typeset"] = words.typeset
    app.jinja_env.filters["day"] = lambda day: words.day(day, settings.lang)
    app.jinja_env.filters["whom"] = lambda lesson: words.whom(lesson, settings.lang)
    app.jinja_env.globals["lang"] = settings.lang
    Babel(app, locale_selector=lambda: config().lang)
    # An installation speaks one language; Flask-Babel would look it up anew at every word of every count.
    spoken = words.catalogue(settings.lang)
    app.jinja_env.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)  # type: ignore[attr-defined]
    parts = (phone, before_class, consultant, contact, editor, figures, own_figures, wall, reports, twins, posters)
    for part in parts:
        app.register_blueprint(part.blueprint)
    app.before_request(guard_posts)
    app.after_request(harden)
    errors.register(app)
    socket = SocketIO(app, **socket_settings)
    live = Live(app, socket, settings.rooms, settings.capacity)
    app.extensions["clicker_live"] = live
    return app, socket


def live_of(app: Flask) -> Live:
    """Where the app's news goes: hand it to `rooms.open_for`."""
    found: Live = app.extensions["clicker_live"]
    return found
