"""A source's terms, which its table names in English, in the language of the page."""

from __future__ import annotations

import re

from clicker.words.catalogue import catalogue

_REPORTS = re.compile(r"reports of (?P<name>.+)")
_PUBLICATIONS = re.compile(r"(?P<name>.+)'s publications")


def terms_text(licence: str, lang: str) -> str:
    """What is quoted of the terms stays as it is, and so does what is not known here."""
    return "; ".join(_piece(piece, lang) for piece in licence.split("; "))


def _piece(piece: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    says, colon, rest = piece.partition(": ")
    known = {
        "not seen": _("not seen"),
        "not seen on the page": _("not seen on the page"),
        "news: facts only, no text": _("news: the facts may be used, not the text"),
        "open access": _("open access"),
        "licence line not read": _("the licence was not read"),
        "may be freely cited with clear source": _("may be freely cited with clear source"),
    }
    if piece in known or not colon:
        return known.get(piece, _whose(piece, lang))
    quoted = rest.startswith("'") and rest.endswith("'")
    return f"{_whose(says, lang)}: {f'”{rest[1:-1]}”' if quoted else known.get(rest, rest)}"


def _whose(says: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    for pattern, text in ((_REPORTS, _("reports of {name}")), (_PUBLICATIONS, _("publications of {name}"))):
        found = pattern.fullmatch(says)
        if found:
            return text.format(name=found["name"])
    return says
