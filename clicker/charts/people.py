"""Small numbers as people: one figure for each person, those who are counted filled; the country as a line of text."""

from __future__ import annotations

from typing import Any

import altair as alt

from clicker.charts import axis, marks
from clicker.charts.rows import COUNTRY, GUESS, OWN

# Shares of the plot's height where guess, own group and country begin.
BANDS = {GUESS: 0.0, OWN: 0.43, COUNTRY: 0.86}
BAND = 0.43
# Units below the upper edge of a band.
LABEL_ROW, PEOPLE_TOP, AIR = 2.6, 5.6, 1.2
# A wider gap after every fifth person makes them easy to count; fewer people than this are drawn no larger.
FIVE, WIDER, LEAST = 5, 0.4, 16
# How much of its field a person fills across, and how broad the shape is for its height.
FILLS, SLENDER = 0.88, 0.56
STROKE = {GUESS: 0.35, OWN: 0.25}
# Of counted people: the text's colour, the fill and the outline.
LOOKS = {GUESS: (axis.GUESS_TEXT, axis.GUESS_FILL, axis.GUESS_LINE), OWN: (axis.OWN, axis.OWN, axis.OWN)}


def spec(people: int, description: str) -> dict[str, Any]:
    """See `clicker.charts.icons`."""
    if people < 1:
        raise ValueError(f"{people} people are no picture")
    layers = [*(part for role in LOOKS for part in _group(role, people)), _swatch(), _label(COUNTRY, axis.INK, 4)]
    return axis.finish(layers, description)


def _group(role: str, people: int) -> list[alt.Chart]:
    """Label and people of one role."""
    text, fill, line = LOOKS[role]
    each = (
        _row(role)
        .transform_calculate(number="sequence(datum.of)")
        .transform_flatten(["number"])
        .transform_calculate(at=f"datum.number + 0.5 + {WIDER} * floor(datum.number / {FIVE})")
    )
    counted = "datum.number < datum.count"
    mark = each.mark_point(
        shape=axis.PERSON,
        filled=True,
        fill=alt.ExprRef(f"{counted} ? '{fill}' : '{axis.PAPER}'"),
        stroke=alt.ExprRef(f"{counted} ? '{line}' : '{axis.MUTED}'"),
        strokeWidth=alt.ExprRef(f"({counted} ? {STROKE[role]} : 0.25) * unit"),
        opacity=1,
        size=alt.ExprRef(f"pow({_tall(people)}, 2)"),
    )
    scale = alt.Scale(domain=[0, _fields(people)], nice=False, zero=False)
    y = {"value": alt.ExprRef(f"{BANDS[role]} * height + {PEOPLE_TOP} * unit + {_tall(people)} / 2")}
    people_layer = axis.layer(f"{role}_people", mark.encode(x=alt.X("at:Q", scale=scale, axis=None), y=y))
    return [people_layer, _label(role, text, 0)]


def _swatch() -> alt.Chart:
    """The country's dash before its words: its number is out of a hundred and has no people here."""
    mark = _row(COUNTRY).mark_rule(color=axis.INK, strokeWidth=axis.units(0.5), strokeDash=marks.dashed(marks.DASHED))
    y = {"y": _at(COUNTRY, LABEL_ROW - 2), "y2": _at(COUNTRY, LABEL_ROW + 2)}
    return axis.layer(f"{COUNTRY}_line", mark.encode(x={"value": axis.units(1)}, **y))


def _label(role: str, color: str, indent: float) -> alt.Chart:
    mark = _row(role).mark_text(
        baseline="middle", align="left", fontSize=axis.units(axis.LABEL), fontWeight=600, color=color
    )
    place = {"x": {"value": axis.units(indent)}, "y": _at(role, LABEL_ROW)}
    return axis.layer(f"{role}_label", mark.encode(text=alt.Text("label:N"), **place))


def _row(role: str) -> alt.Chart:
    row: alt.Chart = alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.role === '{role}'")
    return row


def _at(role: str, length: float) -> axis.Place:
    return {"value": alt.ExprRef(f"{BANDS[role]} * height + {length:g} * unit")}


def _fields(people: int) -> float:
    """The width of all people and gaps, in people."""
    most = max(people, LEAST)
    return most + WIDER * ((most - 1) // FIVE)


def _tall(people: int) -> str:
    """A person's height: as tall as its share of the width and its band allow."""
    return f"min({FILLS / SLENDER:.3f} * width / {_fields(people):g}, {BAND} * height - {PEOPLE_TOP + AIR} * unit)"
