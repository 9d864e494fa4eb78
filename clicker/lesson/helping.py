"""Whom one can talk to: the local contact that the host sets, the national lines, and how their fields are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from clicker.lesson.content import Audience

NAME, LONGER = 60, 100
LONGEST: Mapping[str, int] = {
    "municipality": NAME,
    "name": NAME,
    "phone": 20,
    "mail": LONGER,
    "hours": LONGER,
    "counsel_name": NAME,
    "counsel_phone": 20,
    "counsel_web": LONGER,
    "counsel_hours": LONGER,
}
_PHONE = re.compile(r"\+?\d(?:[ -]?\d)*")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_WEB = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[A-Za-z0-9._~/-]*)?")
SHORT_NUMBER, LEAST_DIGITS, MOST_DIGITS = 3, 6, 15


class FieldFault(StrEnum):
    """What can be wrong with a field of the contact."""

    LONG = "long"
    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    NAME = "name"


@dataclass(frozen=True)
class Contact:
    """The local contact as the host wrote it: the consultant, and a place for counselling where no name is asked.

    Every field is one line of text, "" where nothing is set; `counsel_web` begins with https://.
    """

    municipality: str = ""
    name: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""
    counsel_name: str = ""
    counsel_phone: str = ""
    counsel_web: str = ""
    counsel_hours: str = ""

    @property
    def reachable(self) -> bool:
        """Whether there is somebody, and a way to them."""
        return bool(self.name and (self.phone or self.mail))


CONTACT_FIELDS = tuple(one.name for one in fields(Contact))


@dataclass(frozen=True)
class HelpLine:
    """A national line, as `help.yaml` lists it. `whom` are the audiences it is shown to; `confirmed` is the day on
    which somebody checked number and hours, None where nobody did."""

    id: str
    name: str
    what: str
    whom: tuple[Audience, ...]
    web: str = ""
    hours: str = ""
    phone: str = ""
    confirmed: date | None = None

    @property
    def checked(self) -> str:
        """What is confirmed; another number or other hours are not confirmed by it."""
        return f"{self.phone}|{self.hours}"


@dataclass(frozen=True)
class HelpSettings:
    """What the host has set: the contact, and of which lines number and hours were checked (id -> day, what)."""

    contact: Contact = Contact()
    confirmed: Mapping[str, tuple[date, str]] = field(default_factory=dict)

    def confirmed_on(self, line: HelpLine) -> date | None:
        """When this very number with these hours was checked, by the host or in the file; None where it was not."""
        day, what = self.confirmed.get(line.id, (None, ""))
        return day if day is not None and what == line.checked else line.confirmed


def contact_faults(contact: Contact) -> tuple[tuple[str, FieldFault], ...]:
    """(field, what is wrong with it), in the order of the fields; nothing where the contact can be kept."""
    return tuple((name, fault) for name in CONTACT_FIELDS if (fault := _fault(contact, name)) is not None)


def _fault(contact: Contact, name: str) -> FieldFault | None:
    value = getattr(contact, name)
    if len(value) > LONGEST[name]:
        return FieldFault.LONG
    if name in ("name", "counsel_name"):
        others = [one for one in CONTACT_FIELDS if one != name and one.startswith("counsel_") == (name != "name")]
        return FieldFault.NAME if not value and any(getattr(contact, one) for one in others) else None
    _start, _line, kind = name.rpartition("_")
    rules = {"phone": is_phone, "mail": is_mail, "web": is_web}
    return FieldFault(kind) if value and kind in rules and not rules[kind](value) else None


def is_phone(text: str) -> bool:
    """112, 116 111, 12 34 56 78, +45 12 34 56 78."""
    digits = sum(letter.isdigit() for letter in text)
    long_enough = digits == SHORT_NUMBER or LEAST_DIGITS <= digits <= MOST_DIGITS
    return text.isascii() and _PHONE.fullmatch(text) is not None and long_enough


def is_mail(text: str) -> bool:
    return _MAIL.fullmatch(text) is not None


def is_web(text: str) -> bool:
    """An https:// address without a query."""
    return _WEB.fullmatch(text) is not None


def dialled(phone: str) -> str:
    """The number as a link dials it."""
    return re.sub(r"[^\d+]", "", phone)
