"""The published numbers for the consultant: by group, by indicator and grade, with pictures over the years."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from clicker import charts, library, words
from clicker.lesson import Published
from clicker.room import own_content
from clicker.web import figure_pages
from clicker.web.config import config, rooms, today
from clicker.web.session import consultant_only

blueprint = Blueprint("figures", __name__, url_prefix="/consultant/figures")

MOST_YEARS = 60
YEARS = range(1980, 2101)


@blueprint.get("")
@consultant_only
def overview() -> str:
    """All indicators by group, or those that were asked about one grade."""
    own, grade, day = rooms().read(own_content), request.args.get("grade", ""), today()
    rows = library.figure_rows(own)
    seen = library.of_grade(rows, grade) if grade else rows
    disputed = {found.indicator.id for found in library.disagreements(None, (), day, own)}
    return render_template(
        "consultant/figures.html",
        groups=figure_pages.shelves(seen, library.usable_for(day, own), disputed, config().lang),
        grade=grade,
        grades=figure_pages.grade_choices(library.grades_of(rows), config().lang),
    )


@blueprint.get("/<indicator>")
@consultant_only
def one(indicator: str) -> str:
    """One indicator: what disagrees, pictures, and the table of all its rows."""
    own = rooms().read(own_content)
    all_rows = library.figure_rows(own)
    rows = _of(indicator, all_rows)
    if not rows:
        abort(404)
    lang, day, grade = config().lang, today(), request.args.get("grade", "")
    seen = library.of_grade(rows, grade) if grade else rows
    numbers = (int(grade),) if grade.isdecimal() and len(grade) < 3 else ()
    return render_template(
        "consultant/figure.html",
        indicator=rows[0].indicator,
        label=rows[0].indicator.label(lang),
        group=words.topic_group(rows[0].indicator.group, lang),
        lines=figure_pages.lines(seen, library.usable_for(day, own), day, lang),
        pictures=figure_pages.pictures(seen, lang),
        disagreements=[
            (words.disagreement_headline(found, lang), words.disagreement_sentence(found, lang))
            for found in library.disagreements(indicator, numbers, day, own)
        ],
        related=[
            (other, other.indicator.label(lang), words.newest_text(_of(other.indicator.id, all_rows), lang))
            for other in library.related(indicator)
        ],
        grade=grade,
        grades=figure_pages.grade_choices(library.grades_of(rows), lang),
    )


@blueprint.get("/years/<years>/<int:top>.json")
@consultant_only
def chart(years: str, top: int) -> Response:
    """The drawing of a picture over those years ("2014-2018"), without a number in it."""
    wanted = [int(year) for year in years.split("-") if year.isascii() and year.isdigit() and len(year) == 4]
    known = wanted and wanted == sorted(set(wanted)) and {wanted[0], wanted[-1]} <= set(YEARS)
    if not known or len(wanted) > MOST_YEARS or "-".join(map(str, wanted)) != years or top not in charts.TOPS:
        abort(404)
    spec = config().in_thread(_spec, tuple(wanted), top, _("The picture is told in the table below."))
    response = Response(spec, mimetype="application/json")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@lru_cache(maxsize=64)
def _spec(years: tuple[int, ...], top: int, description: str) -> str:
    return json.dumps(charts.over_years(years, top, description=description))


def _of(indicator: str, rows: Iterable[Published]) -> tuple[Published, ...]:
    return tuple(row for row in rows if row.indicator.id == indicator)
