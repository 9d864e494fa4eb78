"""Mistakes in content, said so that somebody who does not program can mend them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal

from clicker.words.catalogue import catalogue


def problem_place(file: str, line: int, key: str, lang: str) -> str:
    """Where it stands: file, line (0 means the whole file) and key."""
    _ = catalogue(lang).gettext
    where = _("line {line}").format(line=line) if line else ""
    return ", ".join(part for part in (file, where, key) if part)


def problem_sentence(what: str, remedy: str, values: Mapping[str, Any], lang: str) -> str:
    """What is wrong, and what to do."""
    _ = catalogue(lang).gettext
    said = with_decimals(values, lang)
    return "; ".join(_(words).format(**said) for words in (what, remedy))


def with_decimals(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The same with "21,1" or "21.1" for a number with decimals."""
    return {
        key: format_decimal(value, "0.0", locale=lang) if isinstance(value, float) else value
        for key, value in values.items()
    }
