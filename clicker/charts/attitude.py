"""One attitude as a bar of people: certain ones in full colour, possible ones in light colour, the rest outlined."""

from __future__ import annotations

from typing import Any

import altair as alt

from clicker.charts import axis

# Units below the upper edge, of ALL; the whole stands in the middle of what room there is.
TITLE_ROW, LABEL_ROW, BAR_TOP, BAR_FOOT, COUNT_ROW = 2.4, 8.2, 12.0, 24.0, 26.6
# With more people than this one of them is too small to be seen; the bar then counts in tens.
MOST_PEOPLE = 40
ALL = 28


def spec(title: str, description: str) -> dict[str, Any]:
    """See `clicker.charts.share`."""
    layers = [
        _part("rest", "0", "datum.n", axis.PAPER, axis.MUTED),
        _part("possible", "datum.low", "datum.high", axis.OWN_TINT, axis.OWN),
        _part("certain", "0", "datum.low", axis.OWN, axis.OWN),
        _cuts(),
        _people(),
        _count("certain_count", "datum.low", "datum.low > 0 && (1 - datum.low / datum.n) * width > 5 * unit"),
        _count("all_count", "datum.n", "true"),
        _text("share_label", alt.Text("label:N"), LABEL_ROW, axis.LABEL, axis.OWN),
    ]
    if title:
        layers.append(_text("share_title", {"value": title}, TITLE_ROW, axis.SMALL, axis.INK))
    return axis.finish(layers, description)


def _part(name: str, start: str, end: str, fill: str, stroke: str) -> alt.Chart:
    """The part of the bar from one number of people to another."""
    ends = {"start": f"{start} / datum.n", "end": f"{end} / datum.n"}
    part = _parts().transform_filter(f"{end} > {start}").transform_calculate(**ends)
    mark = part.mark_rect(fill=fill, stroke=stroke, strokeWidth=axis.units(0.25))
    return axis.layer(name, mark.encode(x=_x("start"), x2=alt.X2("end:Q"), **_bar()))


def _cuts() -> alt.Chart:
    """A cut between each two people, or each two tens."""
    every = f"(datum.n > {MOST_PEOPLE} ? 10 : 1)"
    mark = _each(f"sequence({every}, datum.n, {every})", "datum.number / datum.n").mark_rule(
        color=alt.ExprRef(f"datum.number <= datum.low ? '{axis.PAPER}' : '{axis.MUTED}'"),
        strokeWidth=axis.units(0.2),
    )
    return axis.layer("cuts", mark.encode(x=_x("at"), **_bar()))


def _people() -> alt.Chart:
    """A person in each field of a bar that is small enough to be counted."""
    possible = f"datum.number < datum.high ? '{axis.OWN}' : '{axis.MUTED}'"
    each = _each("sequence(datum.n)", "(datum.number + 0.5) / datum.n")
    mark = each.transform_filter(f"datum.n <= {MOST_PEOPLE}").mark_point(
        shape=axis.PERSON,
        filled=True,
        fill=axis.PAPER,
        stroke=alt.ExprRef(f"datum.number < datum.low ? '{axis.PAPER}' : {possible}"),
        strokeWidth=axis.units(0.2),
        opacity=1,
        size=alt.ExprRef("pow(min(1.1 * width / datum.n, 8 * unit), 2)"),
    )
    return axis.layer("people", mark.encode(x=_x("at"), y=_place((BAR_TOP + BAR_FOOT) / 2)))


def _count(name: str, number: str, shown: str) -> alt.Chart:
    """A number under the end of its part, where it does not meet the number of all."""
    place = {"at": f"{number} / datum.n", "count": number}
    mark = (
        _parts()
        .transform_filter(shown)
        .transform_calculate(**place)
        .mark_text(baseline="middle", align="right", fontSize=axis.units(axis.SMALL), color=axis.INK)
    )
    text = alt.Text("count:Q", format="d")
    return axis.layer(name, mark.encode(x=_x("at"), y=_place(COUNT_ROW), text=text))


def _text(name: str, text: alt.Text | axis.Place, at: float, size: float, color: str) -> alt.Chart:
    """A line of text flush with the bar; the label in the heavier weight."""
    mark = _parts().mark_text(
        baseline="middle",
        align="left",
        fontSize=axis.units(size),
        fontWeight=600 if size == axis.LABEL else 400,
        color=color,
        limit=alt.ExprRef("width"),
    )
    return axis.layer(name, mark.encode(x={"value": 0}, y=_place(at), text=text))


def _place(length: float) -> axis.Place:
    return {"value": alt.ExprRef(f"max(0, height - {ALL} * unit) / 2 + {length:g} * unit")}


def _bar() -> dict[str, axis.Place]:
    return {"y": _place(BAR_TOP), "y2": _place(BAR_FOOT)}


def _parts() -> alt.Chart:
    return alt.Chart(alt.NamedData("parts"))


def _each(numbers: str, at: str) -> alt.Chart:
    """One row for each of the numbers, beside the part's own, and its place on the bar."""
    rows: alt.Chart = _parts().transform_calculate(number=numbers).transform_flatten(["number"])
    placed: alt.Chart = rows.transform_calculate(at=at)
    return placed


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=False), axis=None)
