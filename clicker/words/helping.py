"""The help card in words: whom one can talk to, with as much as is known to be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clicker.lesson.content import Audience
from clicker.lesson.helping import Contact, FieldFault, HelpLine, HelpSettings, dialled
from clicker.words.catalogue import catalogue


@dataclass(frozen=True)
class HelpEntry:
    """Somebody to talk to; "" where there is nothing. `dial` is the number as a link dials it."""

    name: str
    what: str = ""
    phone: str = ""
    dial: str = ""
    mail: str = ""
    web: str = ""
    hours: str = ""

    @property
    def site(self) -> str:
        """The web address as one reads it."""
        return self.web.removeprefix("https://").rstrip("/")


@dataclass(frozen=True)
class HelpCard:
    """The same for every phone of an audience: what is always true first, then the entries, the nearest first."""

    first: str
    entries: tuple[HelpEntry, ...]
    last: str


def help_card(settings: HelpSettings, lines: Iterable[HelpLine], audience: str, lang: str) -> HelpCard:
    """The card for an audience, "" for all of them. A number that nobody has checked is not printed, nor its hours."""
    _ = catalogue(lang).gettext
    adults = audience in (Audience.PARENTS, Audience.STAFF)
    first = _("Talk to somebody you trust.") if adults else _("Talk to a grown-up you feel safe with.")
    shown = [_national(settings, line) for line in lines if audience in ("", *line.whom)]
    # A line with nothing but a number waits until somebody has checked it.
    entries = (*_local(settings.contact, lang), *(one for one in shown if one.phone or one.web))
    return HelpCard(first, entries, _("We cannot see that you read this."))


def _local(contact: Contact, lang: str) -> list[HelpEntry]:
    _ = catalogue(lang).gettext
    found = []
    if contact.name:
        where = _("SSP consultant, {municipality}").format(municipality=contact.municipality)
        what = where if contact.municipality else _("SSP consultant")
        dial = dialled(contact.phone)
        found.append(HelpEntry(contact.name, what, contact.phone, dial, contact.mail, hours=contact.hours))
    if contact.counsel_name:
        what = _("Here you need not say your name.")
        phone = contact.counsel_phone
        found.append(
            HelpEntry(
                contact.counsel_name, what, phone, dialled(phone), web=contact.counsel_web, hours=contact.counsel_hours
            )
        )
    return found


def _national(settings: HelpSettings, line: HelpLine) -> HelpEntry:
    if settings.confirmed_on(line) is None:
        return HelpEntry(line.name, line.what, web=line.web)
    return HelpEntry(line.name, line.what, line.phone, dialled(line.phone), web=line.web, hours=line.hours)


def fault_sentence(fault: FieldFault, most: int, lang: str) -> str:
    """What is wrong with a field of the contact, and what to do."""
    _ = catalogue(lang).gettext
    return {
        FieldFault.LONG: _("That is too long. Write at most {most} letters."),
        FieldFault.PHONE: _("That is no telephone number. Write digits and spaces, such as 12 34 56 78."),
        FieldFault.MAIL: _("That is no email address. Write it as name@example.org."),
        FieldFault.WEB: _("That is no web address. Write it as example.org, without what comes after a question mark."),
        FieldFault.NAME: _("Write the name too."),
    }[fault].format(most=most)
