"""The wall's charts: Vega-Lite specs without a single number in them, and the rows that are sent to them.

A spec is built once per topic; Altair is imported first when one is asked for.
"""

from __future__ import annotations

from typing import Any

from clicker.charts.rows import AFTER, BEFORE, COUNTRY, GUESS, OWN, Mark, before_after_rows, histogram_rows, share_rows

__all__ = [
    "AFTER",
    "BEFORE",
    "COUNTRY",
    "GUESS",
    "OWN",
    "Mark",
    "before_after",
    "before_after_rows",
    "histogram",
    "histogram_rows",
    "share",
    "share_rows",
]


def histogram(top: int, step: int, *, title: str, description: str) -> dict[str, Any]:
    """The guesses on the axis 0..top in steps, with room above them for guess, own group and country.

    Datasets: `guesses` [{x, n}] and `marks` [{role, low, high, label}]. `title` says what the axis counts ("" for
    none), `description` is read aloud. Raises ValueError where top is not a positive whole number of steps.
    """
    from clicker.charts.guesses import spec

    return spec(top, step, title, description)


def before_after(top: int, step: int, *, title: str, description: str) -> dict[str, Any]:
    """Two mean guesses, first and asked again, and the own group's answer on the axis 0..top.

    Dataset: `marks` [{role, low, high, label}] with the roles before, after and own. Raises ValueError as `histogram`.
    """
    from clicker.charts.again import spec

    return spec(top, step, title, description)


def share(title: str, description: str) -> dict[str, Any]:
    """One bar of n people for an attitude: certain in full colour, possible in light colour, the rest outlined.

    Dataset: `parts` [{low, high, n, label}], one row, counts of people. `title` is the sentence people answered ("" for
    none).
    """
    from clicker.charts.attitude import spec

    return spec(title, description)
