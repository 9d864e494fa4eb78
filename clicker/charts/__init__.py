"""The wall's charts: Vega-Lite specs without a single number in them, and the rows that are sent to them.

A spec is built once per topic; Altair is imported first when one is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clicker.charts.places import TOPS, YearPoint, years_top
from clicker.charts.rows import (
    AFTER,
    BEFORE,
    BESIDE,
    COUNTRY,
    GUESS,
    LOOKS,
    OWN,
    Line,
    Mark,
    People,
    bars_rows,
    before_after_rows,
    histogram_rows,
    icons_rows,
    rounds_rows,
    share_rows,
    summary_rows,
    years_rows,
)

__all__ = [
    "AFTER",
    "BEFORE",
    "BESIDE",
    "COUNTRY",
    "GUESS",
    "LOOKS",
    "OWN",
    "TOPS",
    "Line",
    "Mark",
    "People",
    "YearPoint",
    "bars",
    "bars_rows",
    "before_after",
    "before_after_rows",
    "histogram",
    "histogram_rows",
    "icons",
    "icons_rows",
    "over_years",
    "own_bars",
    "rounds",
    "rounds_rows",
    "share",
    "share_rows",
    "summary",
    "summary_rows",
    "years_rows",
    "years_top",
]


def histogram(top: int, step: int, *, title: str, description: str, beside: Sequence[str] = ()) -> dict[str, Any]:
    """The guesses on the axis 0..top in steps, with room above them for guess, own group, country and those `beside`.

    Datasets: `guesses` [{x, n}] and `marks` [{role, low, high, label}]. `title` says what the axis counts ("" for
    none), `description` is read aloud. Raises ValueError where top is not a positive whole number of steps.
    """
    from clicker.charts.guesses import spec

    return spec(top, step, title, description, beside)


def bars(top: int, step: int, *, title: str, description: str, beside: Sequence[str] = ()) -> dict[str, Any]:
    """Guess, own group, country and those `beside` as bars on the axis 0..top; a range is certain to its low end.

    Dataset: `marks` [{role, low, high, label}]. Raises ValueError as `histogram`.
    """
    from clicker.charts.three_bars import spec

    return spec(top, step, title, description, (GUESS, OWN, COUNTRY, *beside))


def own_bars(top: int, step: int, *, title: str, description: str, guess: bool = True) -> dict[str, Any]:
    """The group alone: its guess, unless told otherwise, and its answer as bars. Dataset and errors as `bars`."""
    from clicker.charts.three_bars import spec

    return spec(top, step, title, description, (GUESS, OWN) if guess else (OWN,))


def icons(people: int, *, description: str) -> dict[str, Any]:
    """Guess and own group as that many people at most, one figure each; the country as a line of text.

    Dataset: `marks` [{role, count, of, label}]. Raises ValueError where there is nobody.
    """
    from clicker.charts.people import spec

    return spec(people, description)


def summary(lines: int, *, title: str, description: str) -> dict[str, Any]:
    """So many topics with guess, answer and country out of a hundred, a line each.

    Datasets: `topics` [{row, letters, title, guess, low, high, country_low, country_high, guess_label, own_label}],
    `ticks` [{number, letters}] and `legend` [{role, label, place, before}]. `title` says what the numbers are out of.
    """
    from clicker.charts.found import spec

    return spec(lines, title, description)


def before_after(top: int, step: int, *, title: str, description: str) -> dict[str, Any]:
    """Two mean guesses, first and asked again, and the own group's answer on the axis 0..top.

    Dataset: `marks` [{role, low, high, label}] with the roles before, after and own. Raises ValueError as `histogram`.
    """
    from clicker.charts.again import spec

    return spec(top, step, title, description)


def rounds(choices: int, *, description: str) -> dict[str, Any]:
    """Two votes on so many choices side by side, a bar with its number for each.

    Datasets: `choices` [{row, words}], `heads` [{vote, label}] and `bars` [{vote, row, votes, share}]; votes are 0 and
    1, `share` is of the longest bar. Raises ValueError where there are no choices.
    """
    from clicker.charts.two_votes import spec

    return spec(choices, description)


def share(title: str, description: str) -> dict[str, Any]:
    """One bar of n people for an attitude: certain in full colour, possible in light colour, the rest outlined.

    Dataset: `parts` [{low, high, n, label}], one row, counts of people. `title` is the sentence people answered ("" for
    none).
    """
    from clicker.charts.attitude import spec

    return spec(title, description)


def over_years(years: Sequence[int], top: int, *, description: str) -> dict[str, Any]:
    """Published values in percent on an axis of years, from 0 to `top`; these years are written under it.

    Dataset: `points` [{year, value, series, look, sex, label, place}]. Its unit is a hundredth of the figure's height.
    Raises ValueError where there are no years, where they are out of order, or for a top that `years_top` never gives.
    """
    from clicker.charts.years import spec

    return spec(years, top, description)
