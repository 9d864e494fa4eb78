"""Where the host's contact is kept: one setting of the installation."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from clicker.lesson.helping import (
    CONTACT_FIELDS,
    Contact,
    FieldFault,
    HelpLine,
    HelpSettings,
    contact_faults,
)
from clicker.room.codes import one_line
from clicker.store import Transaction

SETTING = "help"


class BadContact(Exception):
    """The contact cannot be kept; `faults` are (field, what is wrong with it)."""

    def __init__(self, faults: tuple[tuple[str, FieldFault], ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def help_settings(tx: Transaction) -> HelpSettings:
    """What is set, or empty settings."""
    kept = tx.setting(SETTING)
    if kept is None:
        return HelpSettings()
    data = json.loads(kept)
    confirmed = {name: (date.fromisoformat(day), what) for name, (day, what) in data["confirmed"].items()}
    return HelpSettings(Contact(**data["contact"]), confirmed)


def keep_contact(
    tx: Transaction, contact: Contact, confirmed: Collection[str], lines: Iterable[HelpLine], today: date
) -> None:
    """Keep the contact, and that number and hours of the lines with these ids were checked. Raises BadContact.

    What was confirmed before keeps its day.
    """
    faults = contact_faults(contact)
    if faults:
        raise BadContact(faults)
    before = help_settings(tx)
    days = {
        line.id: ((before.confirmed_on(line) or today).isoformat(), line.checked)
        for line in lines
        if line.id in confirmed
    }
    data = {"contact": {name: getattr(contact, name) for name in CONTACT_FIELDS}, "confirmed": days}
    tx.keep_setting(SETTING, json.dumps(data, ensure_ascii=False))


def contact_from(typed: Mapping[str, str]) -> Contact:
    """What was typed, each field as one line without what no keyboard writes; a web address may lack its https://."""
    written = {name: one_line(typed.get(name, "")) for name in CONTACT_FIELDS}
    web = written["counsel_web"].removeprefix("http://").removeprefix("https://")
    host, slash, path = web.partition("/")
    written["counsel_web"] = f"https://{host.lower()}{slash}{path}" if web else ""
    return Contact(**written)
