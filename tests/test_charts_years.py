"""The picture of published numbers over the years: a valid spec without a number in it, and values that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest

from clicker import charts
from clicker.charts import YearPoint
from clicker.charts.years import DASHES, FILLS, SHAPES, STROKES, TICKS

SPEC = charts.over_years([2014, 2018, 2022], 30, description="Landet over tid")


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a spec."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def point(year: int, value: float, series: str = "HBSC, drenge", **changes: Any) -> YearPoint:
    values: dict[str, Any] = {"look": 0, "sex": "male", "label": f"{value:g} %"}
    return YearPoint(year, value, series, **(values | changes))


def places(*points: YearPoint) -> list[object]:
    return [row["place"] for row in charts.years_rows(points)["points"]]


def test_the_spec_is_valid_vega_lite() -> None:
    alt.LayerChart.from_dict(SPEC)


def test_the_spec_contains_no_data() -> None:
    assert "datasets" not in SPEC
    assert all(part["data"] == {"name": "points"} for part in walk(SPEC) if "data" in part)


def test_the_spec_fills_its_figure_and_says_its_description() -> None:
    assert (SPEC["width"], SPEC["height"], SPEC["description"]) == ("container", "container", "Landet over tid")


def test_no_english_is_read_aloud() -> None:
    assert SPEC["config"]["aria"] is False
    assert all(part["mark"]["aria"] is False for part in SPEC["layer"])
    assert all(part["axis"]["aria"] is False for part in walk(SPEC) if part.get("axis"))


def test_the_years_of_the_numbers_are_written_under_it() -> None:
    axes = [part["x"]["axis"] for part in walk(SPEC) if "x" in part and isinstance(part["x"], dict)]
    assert all(axis["values"] == [2014, 2018, 2022] for axis in axes)


def test_the_height_starts_at_nothing_and_its_numbers_are_whole() -> None:
    assert set(TICKS) == set(charts.TOPS)
    assert all(numbers[0] == 0 and numbers[-1] == top for top, numbers in TICKS.items())


def test_surveys_and_sexes_differ_in_more_than_colour() -> None:
    assert len({tuple(dash) for dash in DASHES}) == len(charts.LOOKS) == len(STROKES) == len(FILLS)
    assert len(set(SHAPES)) == 3


@pytest.mark.parametrize(("years", "top"), [([], 30), ([2018, 2014], 30), ([2018, 2018], 30), ([2018], 33)])
def test_years_out_of_order_and_odd_heights_are_refused(years: list[int], top: int) -> None:
    with pytest.raises(ValueError, match=r"the years|the top"):
        charts.over_years(years, top, description="")


@pytest.mark.parametrize(
    ("values", "top"), [([], 10), ([3], 10), ([10], 10), ([10.5], 20), ([4, 26], 30), ([100], 100)]
)
def test_the_top_is_the_lowest_that_holds_all(values: list[float], top: int) -> None:
    assert charts.years_top(values) == top


def test_a_value_stands_above_its_point() -> None:
    assert places(point(2014, 21), point(2018, 26), point(2022, 27)) == ["above", "above", "above"]


def test_of_two_in_one_year_the_lower_stands_below() -> None:
    girls = "HBSC, piger"
    assert places(point(2018, 26), point(2018, 18, girls), point(2022, 27), point(2022, 22, girls)) == [
        "above",
        "below",
        "above",
        "below",
    ]


def test_two_equal_values_stand_apart() -> None:
    assert places(point(2014, 2), point(2014, 2, "b"), point(2022, 3), point(2022, 3, "b")) == [
        "above",
        "below",
        "above",
        "below",
    ]


def test_values_of_years_beside_each_other_stand_apart() -> None:
    told = places(point(2011, 18, "b"), point(2014, 23), point(2018, 16), point(2019, 17, "b"))
    assert told[2:] == ["below", "above"]


def test_a_value_keeps_off_the_line_above_it() -> None:
    assert places(point(2010, 88, "b"), point(2018, 80, "b"), point(2014, 77))[2] == "below"


def test_a_value_with_others_close_on_both_sides_stands_beside_its_point() -> None:
    assert places(point(2018, 12), point(2018, 11, "b"), point(2018, 10, "c"))[1] == "right"


def test_more_surveys_than_looks_begin_again() -> None:
    (row,) = charts.years_rows([point(2018, 3, look=len(charts.LOOKS))])["points"]
    assert row["look"] == charts.LOOKS[0]


def test_an_unknown_sex_is_refused() -> None:
    with pytest.raises(ValueError, match="sexes"):
        charts.years_rows([point(2018, 3, sex="both")])
