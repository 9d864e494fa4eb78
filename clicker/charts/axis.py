"""What all charts share: tokens, lengths, the number axis, and the shape of a finished spec.

Lengths are in units of 1/100 of the wall's height, so that one spec fits every projector; the page sets `unit`.
"""

from __future__ import annotations

from typing import Any

import altair as alt

FONT = "IBM Plex Sans"
INK, MUTED, PAPER = "#1a1a1a", "#5b6067", "#ffffff"
GUESS_FILL, GUESS_LINE, GUESS_TEXT = "#f2c9a8", "#d55e00", "#b34700"
OWN, OWN_TINT, COUNTRY_TINT = "#0072b2", "#d3e6f1", "#ececec"
LABEL, SMALL = 3.8, 2.9
# Letters that go below the line would be cut at the foot.
PADDING = {"left": 0, "top": 0, "right": 0, "bottom": 4}
FEWEST_TICKS, MOST_TICKS = 3, 7
PERSON = "M0,-1A0.38,0.38,0,1,1,0,-0.24A0.38,0.38,0,1,1,0,-1ZM-0.56,1V0.45A0.56,0.56,0,0,1,0.56,0.45V1Z"
TICK_SIZES = (1, 2, 3, 4, 5, 10, 20, 25, 50, 100)

Place = dict[str, Any]


def units(length: float) -> alt.ExprRef:
    """A length on the wall, in hundredths of its height."""
    return alt.ExprRef(f"{length:g} * unit")


def from_top(length: float) -> Place:
    """A place in the plot, in hundredths of the wall's height below its upper edge."""
    return {"value": units(length)}


def from_axis(length: float) -> Place:
    """A place in the plot, in hundredths of the wall's height above the axis."""
    return {"value": alt.ExprRef(f"height - {length:g} * unit")}


def layer(name: str, chart: alt.Chart) -> alt.Chart:
    """The chart under a name that the page finds it by; without ARIA, as the axis."""
    chart.mark.aria = False
    named: alt.Chart = chart.properties(name=name)
    return named


def inside(name: str, chart: alt.Chart) -> alt.Chart:
    """A layer that ends at the plot's edge: a mark reaching over it would move the axis when it appears."""
    chart.mark.clip = True
    return layer(name, chart)


def checked(top: int, step: int) -> None:
    """Raises ValueError where 0..top is not a positive whole number of steps."""
    if step < 1 or top < step or top % step:
        raise ValueError(f"an axis from 0 to {top} has no steps of {step}")


def ticks(top: int, step: int) -> list[int]:
    """The numbers written under the axis: even ones and the top, far enough from each other."""
    sizes = [size for size in TICK_SIZES if size >= step and top / size <= MOST_TICKS] or [top]
    every = next((size for size in sizes if top % size == 0 and top / size >= FEWEST_TICKS), sizes[0])
    numbers = list(range(0, top + 1, every))
    if numbers[-1] == top:
        return numbers
    return [*(numbers if 2 * (top - numbers[-1]) > every else numbers[:-1]), top]


def x_scale(top: int, step: int) -> alt.Scale:
    """Half a step of air at both ends, so that the bars of 0 and top are whole."""
    return alt.Scale(domain=[-step / 2, top + step / 2], nice=False, zero=False)


def x_axis(top: int, step: int, title: str) -> alt.Axis:
    """The axis under the plot; without ARIA, whose words would be English."""
    return alt.Axis(
        values=ticks(top, step), format="d", aria=False, grid=False, ticks=False, title=title or None,
        labelFontSize=units(SMALL), labelColor=INK, labelPadding=units(1), labelOverlap=False, labelAngle=0,
        titleFontSize=units(SMALL), titleColor=MUTED, titleFontWeight=400, titlePadding=units(0.8), titleAnchor="start",
        titleLimit=alt.ExprRef("width"), domainColor=INK, domainWidth=units(0.22),
    )  # fmt: skip


def finish(layers: list[alt.Chart], description: str) -> dict[str, Any]:
    """The layers as a plain spec: it fills its figure, and holds no data."""
    chart = (
        alt.layer(*layers)
        .add_params(alt.param(name="unit", value=10))
        .properties(
            width="container", height="container", padding=PADDING, description=description, background="transparent",
            autosize=alt.AutoSizeParams(type="fit", contains="padding", resize=True),
        )
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
    )  # fmt: skip
    return dict(chart.to_dict())
