"""The charts: valid specs without answers in them, and a picture whose axis stays while marks come."""

from __future__ import annotations

import html
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import altair as alt
import pytest

from clicker import charts
from clicker.charts import AFTER, BEFORE, COUNTRY, GUESS, OWN, Line, Mark, People
from clicker.charts.axis import ticks
from clicker.charts.rows import REFERENCES

STATIC = Path(__file__).parent.parent / "clicker" / "static"
Spec = dict[str, Any]
HISTOGRAM = charts.histogram(24, 1, title="Så mange af de 24 andre", description="Klassens gæt")
AGAIN = charts.before_after(25, 1, title="", description="Klassens to gæt")
SHARE = charts.share("Det er i orden.", "Klassens holdning")
BARS = charts.bars(24, 1, title="Så mange af de 24 andre", description="Klassens gæt")
ICONS = charts.icons(25, description="Klassens gæt")
SUMMARY = charts.summary(3, title="Ud af 100", description="Klassens gæt og svar")
ROUNDS = charts.rounds(4, description="Klassens to afstemninger")
ALL = {
    "histogram": HISTOGRAM,
    "before_after": AGAIN,
    "share": SHARE,
    "bars": BARS,
    "icons": ICONS,
    "summary": SUMMARY,
    "rounds": ROUNDS,
    "histogram beside": charts.histogram(24, 1, title="", description="Klassens gæt", beside=charts.BESIDE),
    "bars beside": charts.bars(24, 1, title="", description="Klassens gæt", beside=charts.BESIDE),
}
SPECS = pytest.mark.parametrize("spec", ALL.values(), ids=ALL)

COUNTS = [0, 0, 1, 1, 1, 2, 2, 3, 2, 3, 2, 2, 1, 2, 1, 0, 1, 1, *[0] * 7]
OUR_GUESS = Mark(GUESS, 8.6, 8.6, "Vores gæt: 9")
BAND = Mark(OWN, 0, 3, "Vores svar: 0-3")
LAND = Mark(COUNTRY, 2.4, 2.4, "Hele landet: 10 af 100")


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a spec."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def layer(spec: Spec, name: str) -> Spec:
    return next(part for part in spec["layer"] if part["name"] == name)


@SPECS
def test_a_spec_is_valid_vega_lite(spec: Spec) -> None:
    alt.LayerChart.from_dict(spec)


@SPECS
def test_a_spec_contains_no_data(spec: Spec) -> None:
    assert "datasets" not in spec
    assert all(set(part["data"]) == {"name"} for part in walk(spec) if "data" in part)


@SPECS
def test_a_spec_fills_its_figure_and_says_its_description(spec: Spec) -> None:
    assert (spec["width"], spec["height"], spec["autosize"]["type"]) == ("container", "container", "fit")
    assert spec["description"].startswith("Klassens")


@SPECS
def test_no_english_is_read_aloud(spec: Spec) -> None:
    assert spec["config"]["aria"] is False
    assert all(part["mark"]["aria"] is False for part in spec["layer"])
    axes = [part["axis"] for part in walk(spec) if part.get("axis")]
    assert all(axis["aria"] is False for axis in axes)


@SPECS
def test_letters_grow_with_the_wall(spec: Spec) -> None:
    sizes = [value for part in walk(spec) for key, value in part.items() if key.lower().endswith("fontsize")]
    assert sizes
    assert all(float(size["expr"].removesuffix(" * unit")) >= 100 / 36 for size in sizes)


def test_a_spec_is_the_same_whenever_it_is_built() -> None:
    again = charts.histogram(24, 1, title="Så mange af de 24 andre", description="Klassens gæt")
    assert json.dumps(again) == json.dumps(HISTOGRAM)


def test_the_height_of_the_bars_depends_on_guesses_only() -> None:
    scales = [part for part in HISTOGRAM["layer"] if "scale" in part["encoding"]["y"]]
    assert [part["data"]["name"] for part in scales] == ["guesses"]


def test_every_layer_has_the_same_axis() -> None:
    domains = {tuple(part["encoding"]["x"]["scale"]["domain"]) for part in HISTOGRAM["layer"]}
    assert domains == {(-0.5, 24.5)}


def test_a_mark_ends_at_the_plots_edge_so_that_the_axis_stays() -> None:
    assert all(part["mark"]["clip"] for part in HISTOGRAM["layer"])


@pytest.mark.parametrize("kind", ["histogram beside", "bars beside"])
def test_each_figure_from_outside_has_its_own_dash_and_row(kind: str) -> None:
    spec = ALL[kind]
    drawn = [layer(spec, f"{role}_outline" if kind.startswith("bars") else f"{role}_line") for role in REFERENCES]
    assert len({str(one["mark"]["strokeDash"]) for one in drawn}) == 3
    rows = {str(layer(spec, f"{role}_label")["encoding"]["y"]) for role in REFERENCES}
    assert len(rows) == 3


def test_no_line_is_drawn_inside_an_own_band() -> None:
    lines = [part for part in HISTOGRAM["layer"] if part["name"].startswith("own_") and part["mark"]["type"] == "rule"]
    assert {part["name"] for part in lines} == {"own_beam", "own_left", "own_right", "own_line"}
    assert {"filter": "datum.low === datum.high"} in layer(HISTOGRAM, "own_line")["transform"]
    assert layer(HISTOGRAM, "own_tint")["mark"]["type"] == "rect"


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_rows_of_a_band_are_the_same_bytes_for_every_count_in_it(k: int) -> None:
    low, high = (0, 3) if k <= 3 else (k, k)
    rows = charts.histogram_rows(COUNTS, 1, [OUR_GUESS, Mark(OWN, low, high, "Vores svar: 0-3")])
    assert json.dumps(rows) == json.dumps(charts.histogram_rows(COUNTS, 1, [OUR_GUESS, BAND]))


def test_histogram_rows_put_counts_on_the_axis_in_steps() -> None:
    assert charts.histogram_rows([1, 0, 2], 5)["guesses"] == [{"x": 0, "n": 1}, {"x": 5, "n": 0}, {"x": 10, "n": 2}]


def test_a_mark_becomes_a_row_with_its_label() -> None:
    rows = charts.histogram_rows(COUNTS, 1, [BAND])["marks"]
    assert rows == [{"role": "own", "low": 0, "high": 3, "label": "Vores svar: 0-3"}]


@pytest.mark.parametrize("marks", [[BAND, BAND], [Mark(BEFORE, 1, 1, "")], [Mark("seat", 1, 1, "")]])
def test_a_foreign_or_repeated_role_is_refused(marks: list[Mark]) -> None:
    with pytest.raises(ValueError, match="each mark once"):
        charts.histogram_rows(COUNTS, 1, marks)


def test_before_after_takes_its_own_roles() -> None:
    marks = [Mark(BEFORE, 9, 9, "Først: 9"), Mark(AFTER, 4, 4, "Nu: 4"), BAND]
    assert [row["role"] for row in charts.before_after_rows(marks)["marks"]] == ["before", "after", "own"]


def test_a_mark_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="from low to high"):
        Mark(OWN, 3, 0, "")


@pytest.mark.parametrize(("low", "high", "n"), [(-1, 0, 5), (3, 2, 5), (3, 6, 5), (0, 0, 0)])
def test_an_impossible_share_is_refused(low: int, high: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        charts.share_rows(low, high, n, "")


def test_a_band_of_the_simple_mode_is_a_tint_with_its_certain_part_in_full_colour() -> None:
    rules = {part["name"] for part in BARS["layer"] if part["mark"]["type"] == "rule"}
    assert rules == {"start", "guess_nobody", "own_nobody", "country_nobody"}
    for name in ("own_certain", "own_possible"):
        assert layer(BARS, name)["mark"]["type"] == "rect"
    assert [layer(BARS, "own_possible")["encoding"][end]["field"] for end in ("x", "x2")] == ["low", "high"]
    assert [layer(BARS, "own_certain")["encoding"][end]["field"] for end in ("x", "x2")] == ["zero", "low"]


def test_the_bars_of_the_simple_mode_differ_in_more_than_colour() -> None:
    outlines = [layer(BARS, f"{role}_outline")["mark"] for role in (GUESS, OWN, COUNTRY)]
    assert len({json.dumps(mark.get("strokeDash")) for mark in outlines}) == 3


def test_people_are_as_many_as_they_say() -> None:
    rows = charts.icons_rows([People(GUESS, 9, 24, "Vores gæt: 9"), People(COUNTRY, 0, 0, "Hele landet: 10 af 100")])
    assert [(row["role"], row["count"], row["of"]) for row in rows["marks"]] == [("guess", 9, 24), ("country", 0, 0)]


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5)])
def test_impossible_people_are_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="are no people"):
        People(OWN, count, of, "")


def test_a_line_of_the_summary_has_its_place_and_its_numbers_out_of_a_hundred() -> None:
    lines = [Line("Alkohol", 36, 0, 12.5, None, "36", "0-13"), Line("Snus", None, 4, 4, (3, 5), "", "4")]
    rows = charts.summary_rows(lines, [(GUESS, "Vores gæt"), (OWN, "Vores svar")])
    assert [(row["row"], row["title"], row["letters"]) for row in rows["topics"]] == [(0, "Alkohol", 7), (1, "Snus", 7)]
    assert [(row["guess"], row["country_low"], row["country_high"]) for row in rows["topics"]] == [
        (36, None, None),
        (None, 3, 5),
    ]
    assert [row["number"] for row in rows["ticks"]] == [0, 25, 50, 75, 100]
    assert [(row["place"], row["before"]) for row in rows["legend"]] == [(0, 0), (1, 9)]


def test_the_legend_of_ranges_shows_one() -> None:
    lines = [Line("Alkohol", 36, 0, 12.5, None, "36", "0-13")]
    assert charts.summary_rows(lines, [(OWN, "Vores svar")])["legend"][0]["role"] == "range"


def test_a_picture_of_nobody_or_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        charts.icons(0, description="")
    with pytest.raises(ValueError, match="has a line"):
        charts.summary(0, title="", description="")


@pytest.mark.parametrize(("top", "step"), [(0, 1), (24, 0), (24, 5)])
def test_an_axis_without_whole_steps_is_refused(top: int, step: int) -> None:
    with pytest.raises(ValueError, match="has no steps"):
        charts.histogram(top, step, title="", description="")


@pytest.mark.parametrize("top", range(1, 31))
def test_the_axis_names_its_ends_and_few_numbers_between(top: int) -> None:
    numbers = ticks(top, 1)
    assert (numbers[0], numbers[-1]) == (0, top)
    assert len(numbers) <= 9
    assert numbers == sorted(set(numbers))


def test_rows_need_no_altair() -> None:
    code = "import sys, clicker.charts; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
TYPES = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2", "json": "application/json"}
SCRIPTS = ("vendor/vega.min.js", "vendor/vega-lite.min.js", "vendor/vega-embed.min.js", "chart.js", "start.js")
PAGE = (
    "<!doctype html><html lang='da'><meta charset='utf-8'><title>Væg</title><link rel='icon' href='data:,'>"
    "<link rel='stylesheet' href='/tokens.css'><link rel='stylesheet' href='/page.css'>"
    "<figure data-spec='/histogram.json' data-rows='{rows}'></figure>{scripts}"
)
MADE = {
    "/histogram.json": json.dumps(HISTOGRAM),
    "/page.css": "body { margin: 5vh 5vw } figure { margin: 0; height: 66vh }",
    "/start.js": "window.clickerChart.draw(document.querySelector('figure'))",
}


class Site(BaseHTTPRequestHandler):
    """One page with one figure, under the strict policy of the real wall."""

    def do_GET(self) -> None:
        if self.path == "/":
            rows = html.escape(json.dumps(charts.histogram_rows(COUNTS, 1, [OUR_GUESS])), quote=True)
            body = PAGE.format(rows=rows, scripts="".join(f"<script src='/{name}'></script>" for name in SCRIPTS))
            return self.answer(body.encode(), "text/html; charset=utf-8")
        made = MADE.get(self.path)
        body_bytes = made.encode() if made is not None else (STATIC / self.path.lstrip("/")).read_bytes()
        return self.answer(body_bytes, TYPES[self.path.rsplit(".", 1)[1]])

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", CSP),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def screen(chromium: Any) -> Iterator[Any]:
    """A page with a drawn histogram, and `said`: everything its console said."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.wait_for_selector("figure[data-drawn]")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


@pytest.fixture
def wall(screen: Any) -> Any:
    """The page at 1024x768 with the guesses alone."""
    screen.set_viewport_size({"width": 1024, "height": 768})
    reveal(screen, OUR_GUESS)
    return screen


SWAP = """rows => {
  const old = document.querySelector("figure"), next = document.createElement("figure");
  Object.assign(next.dataset, {spec: old.dataset.spec, rows: JSON.stringify(rows)});
  old.replaceWith(next);
  window.clickerChart.draw(next);
}"""
BOXES = """selector => [...document.querySelectorAll(selector)].map(e => {
  const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom];
})"""
LABELS = "svg [class*=_label_marks] text, svg .role-axis-label text"


def reveal(page: Any, *marks: Mark) -> None:
    page.evaluate(SWAP, charts.histogram_rows(COUNTS, 1, marks))
    page.wait_for_selector("figure[data-drawn]")


def meet(one: list[float], two: list[float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] + 2 < two[3] and two[1] + 2 < one[3]


@pytest.mark.browser
def test_the_axis_and_the_bars_stay_while_marks_come(wall: Any) -> None:
    seen = partial(wall.evaluate, BOXES, ".role-axis-label text, .guesses_bars_marks path")
    before = seen()
    assert len(before) >= len(COUNTS)
    reveal(wall, OUR_GUESS, BAND, LAND)
    assert seen() == before


@pytest.mark.browser
def test_a_swapped_figure_takes_over_the_drawn_picture(wall: Any) -> None:
    wall.evaluate("window.first = document.querySelector('svg')")
    reveal(wall, OUR_GUESS, BAND)
    assert wall.evaluate("document.querySelector('svg') === window.first")
    assert wall.locator(".own_label_marks text").text_content() == "Vores svar: 0-3"


@pytest.mark.browser
def test_the_strict_policy_is_never_broken(wall: Any) -> None:
    reveal(wall, OUR_GUESS, BAND, LAND)
    assert wall.said == []


@pytest.mark.browser
def test_the_picture_is_one_danish_image(wall: Any) -> None:
    assert wall.get_by_role("img", name="Klassens gæt", exact=True).count() == 1
    assert wall.locator("figure svg").get_attribute("aria-hidden") == "true"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize(
    ("guess", "own", "country"),
    [(8.6, (0, 3), 2.4), (8.6, (7, 7), 7), (8, (8, 8), 8), (9, (0, 0), 0), (23.5, (24, 24), 24), (20, (21, 24), 21)],
)
def test_labels_are_large_and_never_over_each_other(
    wall: Any, width: int, height: int, guess: float, own: tuple[int, int], country: float
) -> None:
    wall.set_viewport_size({"width": width, "height": height})
    reveal(
        wall,
        Mark(GUESS, guess, guess, f"Vores gæt: {guess:.0f}"),
        Mark(OWN, *own, f"Vores svar: {own[0]}-{own[1]}"),
        Mark(COUNTRY, country, country, "Hele landet: 10 af 100"),
    )
    boxes = wall.evaluate(BOXES, LABELS)
    bars = wall.evaluate(BOXES, ".guesses_bars_marks path:not([opacity='0'])")
    labels = wall.evaluate(BOXES, "svg [class*=_label_marks] text")
    assert len(labels) == 3
    assert not [(one, two) for i, one in enumerate(boxes) for two in boxes[i + 1 :] if meet(one, two)]
    assert not [(one, bar) for one in labels for bar in bars if meet([*one[:3], one[3] - 0.008 * height], bar)]
    assert all(box[0] >= 0.049 * width and box[2] <= 0.951 * width for box in labels)
    sizes = wall.evaluate(
        "s => [...document.querySelectorAll(s)].map(e => parseFloat(getComputedStyle(e).fontSize))", LABELS
    )
    assert min(sizes) >= height / 36
