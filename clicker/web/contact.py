"""Contact and help: whom one can talk to, as the host sets it, and the card that every phone holds."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clicker import library
from clicker.lesson.helping import LONGEST, Contact, HelpSettings
from clicker.room.contact import BadContact, contact_from, help_settings, keep_contact
from clicker.web import errors
from clicker.web.config import config, rooms, today
from clicker.web.session import consultant_only
from clicker.words.helping import HelpCard, fault_sentence, help_card

blueprint = Blueprint("contact", __name__, url_prefix="/consultant/settings")


def card(audience: str = "") -> HelpCard:
    """What a phone of that audience holds behind its link; it is the same for all of them."""
    return help_card(rooms().read(help_settings), library.help_lines(), audience, config().lang)


@blueprint.get("")
@consultant_only
def settings() -> Response:
    return _page(kept := rooms().read(help_settings), kept.contact)


@blueprint.post("")
@consultant_only
def save() -> Response:
    """Keep what was typed, or say at each field why not; the form stays as it was sent."""
    contact, confirmed, day = contact_from(request.form), request.form.getlist("confirmed"), today()
    try:
        rooms().write(lambda tx: keep_contact(tx, contact, confirmed, library.help_lines(), day))
    except BadContact as error:
        answer = errors.answer_to(error)
        said = {name: fault_sentence(fault, LONGEST[name], config().lang) for name, fault in error.faults}
        return _page(rooms().read(help_settings), contact, said, answer.sentence, answer.status, confirmed)
    flash(_("It is saved. Phones that open a lesson from now on have it."), "done")
    return make_response(redirect(url_for("contact.settings")))


def _page(
    kept: HelpSettings,
    contact: Contact,
    said: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
    ticked: list[str] | None = None,
) -> Response:
    lines = library.help_lines()
    days = {line.id: day for line in lines if (day := kept.confirmed_on(line))}
    page = render_template(
        "consultant/settings.html",
        contact=contact,
        longest=LONGEST,
        said=said or {},
        sentence=sentence,
        lines=lines,
        days=days,
        ticked=set(days) if ticked is None else set(ticked),
        help=help_card(kept, lines, "", config().lang),
    )
    return make_response(page, status)
