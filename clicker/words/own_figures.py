"""A municipality's own survey in words: whose it is, and one figure as it is read on a page."""

from __future__ import annotations

from collections.abc import Mapping

from clicker.words.catalogue import catalogue
from clicker.words.spreadsheet import DECIMAL

_SIBILANTS = ("s", "x", "z")


def default_survey(municipality: str, lang: str) -> str:
    """What a survey is called that nobody gave a name."""
    _ = catalogue(lang).gettext
    if municipality.lower().endswith(_SIBILANTS):
        return _("{name}' own survey").format(name=municipality)
    return _("{name}'s own survey").format(name=municipality)


def value_words(row: Mapping[str, str], lang: str) -> str:
    """The share with its unit: "12,5 %", "ca. 33 %", "under 1 %"."""
    _ = catalogue(lang).gettext
    number = row["value"].replace(".", DECIMAL) if lang == "da" else row["value"]
    share = f"{number}\u00a0%"
    ways = {
        "percent": "{number}",
        "percent_approx": _("about {number}"),
        "percent_lt": _("under {number}"),
        "percent_gt": _("over {number}"),
    }
    return ways[row["unit"]].format(number=share).replace(" ", "\u00a0")


def people_words(row: Mapping[str, str], lang: str) -> str:
    """Who was asked, and which sex where it is one."""
    _ = catalogue(lang).gettext
    sexes = {"all": "", "male": _("boys"), "female": _("girls")}
    return ", ".join(part for part in (row["grade"], sexes[row["sex"]]) if part)


def added_sentence(municipality: str, new: int, replaced: int, stayed: int, lang: str) -> str:
    """What saving did to the figures of a municipality."""
    texts = catalogue(lang)
    parts = [texts.ngettext("{number} new figure", "{number} new figures", new).format(number=new)]
    if replaced:
        parts.append(texts.ngettext("{number} replaced", "{number} replaced", replaced).format(number=replaced))
    if stayed:
        parts.append(texts.ngettext("{number} unchanged", "{number} unchanged", stayed).format(number=stayed))
    return texts.gettext("Saved for {name}: {what}.").format(name=municipality, what=", ".join(parts))
