"""`clicker figures list`: the published numbers and the municipalities' own, a line each, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from clicker import library, words
from clicker.cli.folder import DATABASE, opened, user_folder
from clicker.lesson import Fit, Published
from clicker.library.own import NOTHING
from clicker.room import own_content

MOST_NAMES = 5


def list_figures(
    indicator: str | None, grade: str | None, *, as_json: bool, lang: str, today: date, own: library.Own = NOTHING
) -> int:
    """Print the figures of an indicator and a grade (all without); 1 where there is no such indicator."""
    rows = library.figure_rows(own)
    known = [one.id for one in library.indicators()]
    if indicator is not None and indicator not in known:
        near = _nearest(indicator, known)
        said = words.unknown_indicator(indicator, near, lang)
        sys.stderr.write(said + "\n")
        return 1
    chosen = [row for row in rows if indicator in (None, row.indicator.id)]
    chosen = list(library.of_grade(chosen, grade)) if grade else chosen
    fits = library.usable_for(today, own)
    if as_json:
        found = [_as_data(row, fits.get(row.id, ()), today) for row in chosen]
        _write(json.dumps(found, ensure_ascii=False, indent=2))
    elif chosen:
        _write("\n".join(words.row_line(row, len(fits.get(row.id, ())), today, lang) for row in chosen))
    else:
        sys.stderr.write(words.no_figures(grade or "", lang) + "\n")
    return 0


def own_of(folder: Path | None, lang: str) -> library.Own:
    """What was added to the database in the folder, by default the user's; nothing where there is no database.
    Raises Unusable."""
    folder = folder or user_folder()
    if not (folder / DATABASE).is_file():
        return NOTHING
    with opened(folder, lang) as store:
        return store.read(own_content)


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    """The known names most like it; those with a part of it where none is alike, else the first few."""
    near = get_close_matches(name, known, MOST_NAMES, 0.5)
    parts = [one for one in known if any(part in one.split("_") for part in name.casefold().split("_"))]
    return (near or parts or list(known))[:MOST_NAMES]


def _as_data(row: Published, fits: Sequence[Fit], today: date) -> dict[str, Any]:
    source = {name: getattr(row.source, name) for name in ("publisher", "title", "url", "licence")}
    return {
        **row.cells,
        "source": source,
        "expired": row.valid_until < today.year,
        "usable_for": [{"lesson": fit.lesson, "topic": fit.topic, "differs": list(fit.differs)} for fit in fits],
    }


def _write(text: str) -> None:
    # Names and Danish letters must survive a terminal or a pipe that was never told of UTF-8.
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.flush()
