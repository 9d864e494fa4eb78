"""The surveys of municipalities that this installation keeps, and how their files were read last time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from clicker.library.own_figures import figures_cells, merged
from clicker.library.survey_file import MOST_ROWS
from clicker.library.survey_reading import Reading, reading_from, reading_text
from clicker.library.survey_rows import LONGEST_NAME, Cells
from clicker.room.errors import BadSurveyName, NothingToKeep, TooManyFigures, UnknownSurvey
from clicker.store import OwnKind, OwnText, Transaction


@dataclass(frozen=True)
class StoredSurvey:
    """What is kept of one municipality; `changed` in UTC."""

    municipality: str
    surveys: tuple[str, ...]
    years: tuple[int, ...]
    rows: tuple[Cells, ...]
    changed: datetime


@dataclass(frozen=True)
class Added:
    """What adding did: rows that are new, that took the place of older ones, and that stayed as they were."""

    municipality: str
    new: int
    replaced: int
    stayed: int


def clean_name(text: str) -> str:
    """A municipality's or survey's name with single blanks. Raises BadSurveyName."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadSurveyName
    return name


def stored_surveys(tx: Transaction) -> tuple[StoredSurvey, ...]:
    """All that are kept, by municipality."""
    return tuple(_stored(one) for one in tx.own.all() if one.kind is OwnKind.FIGURES)


def stored_survey(tx: Transaction, municipality: str) -> StoredSurvey:
    """One municipality's. Raises UnknownSurvey."""
    return _stored(_text(tx, municipality))


def preselected(tx: Transaction, twins: Collection[str] = ()) -> str:
    """Which municipality is proposed for the next run: that of the run it belongs to, else of the newest one, as far
    as it is still kept; else the only one that is; else none, ""."""
    kept = [one.municipality for one in stored_surveys(tx)]
    runs = [record for record in tx.runs(discarded=True) if not twins or record.id in twins]
    last = runs[0].municipality if runs else ""
    return last if last in kept else kept[0] if len(kept) == 1 else ""


def kept_name(tx: Transaction, municipality: str) -> str:
    """The name under which this municipality is kept already, else the one given: small letters make no other one."""
    found = _find(tx, OwnKind.FIGURES, municipality)
    return found.name if found else municipality


def add_figures(tx: Transaction, municipality: str, rows: Sequence[Cells], now: datetime) -> Added:
    """Keep the rows beside those of the same municipality; a row with the same id takes the older one's place.

    Raises NothingToKeep without rows, BadSurveyName, TooManyFigures.
    """
    if not rows:
        raise NothingToKeep
    name = clean_name(municipality)
    found = _find(tx, OwnKind.FIGURES, name)
    text, replaced = merged(found.text if found else None, rows)
    before = len(figures_cells(found.text)) if found else 0
    if before + len(rows) - replaced > MOST_ROWS:
        raise TooManyFigures
    tx.own.keep(OwnText(OwnKind.FIGURES, found.name if found else name, text, now))
    return Added(found.name if found else name, len(rows) - replaced, replaced, before - replaced)


def remove_figures(tx: Transaction, municipality: str) -> None:
    """Forget a municipality's figures. Raises UnknownSurvey."""
    tx.own.drop(OwnKind.FIGURES, _text(tx, municipality).name)


def keep_reading(tx: Transaction, survey: str, reading: Reading, now: datetime) -> None:
    """Remember how the survey's file is read, for next year's. Raises BadSurveyName."""
    name = clean_name(survey)
    found = _find(tx, OwnKind.READING, name)
    tx.own.keep(OwnText(OwnKind.READING, found.name if found else name, reading_text(reading), now))


def kept_reading(tx: Transaction, survey: str) -> Reading | None:
    """How the file of the survey of that name was read last time."""
    found = _find(tx, OwnKind.READING, survey)
    return reading_from(found.text) if found else None


def kept_readings(tx: Transaction) -> tuple[str, ...]:
    """The names of the surveys whose files have been read before."""
    return tuple(one.name for one in tx.own.all() if one.kind is OwnKind.READING)


def _find(tx: Transaction, kind: OwnKind, name: str) -> OwnText | None:
    wanted = name.casefold()
    return next((one for one in tx.own.all() if one.kind is kind and one.name.casefold() == wanted), None)


def _text(tx: Transaction, municipality: str) -> OwnText:
    found = _find(tx, OwnKind.FIGURES, municipality)
    if found is None:
        raise UnknownSurvey
    return found


def _stored(one: OwnText) -> StoredSurvey:
    rows = figures_cells(one.text)
    return StoredSurvey(
        one.name,
        tuple(dict.fromkeys(row["survey"] for row in rows)),
        tuple(sorted({int(row["year"]) for row in rows})),
        rows,
        one.changed,
    )
