"""Every picture at every size: drawn, large enough, nothing over anything else. GALLERY is a folder for the shots."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gallery import pictures
from playwright.sync_api import Page
from test_wall import BOXES, KEYS, LABELS, PUT, ROWS, SIZES, SMALL, SPILLS, meetings
from wall_screens import drawn

pytestmark = pytest.mark.browser

SCREENS = dict(drawn(pictures()))
LETTERS = "s => [...document.querySelectorAll(s)].map(e => parseFloat(getComputedStyle(e).fontSize))"
# What no label may lie on: bars of people's guesses or of the simple mode, people, and a summary's signs.
SHAPES = ", ".join(
    f"[class*={name}_marks] path"
    for name in (
        "guesses_bars",
        "_certain",
        "_possible",
        "_people",
        "own_range",
        "_sign",
        "certain",
        "possible",
        "bar_0",
        "bar_1",
    )
)
SEEN = f"""() => [...document.querySelectorAll("{SHAPES}")]
  .filter(e => e.getAttribute("opacity") !== "0")
  .map(e => [e.getBoundingClientRect(), e.closest("g").getAttribute("class").split(" ")[1]])
  .map(([b, name]) => [b.left, b.top, b.right, b.bottom, name]).filter(b => b[2] - b[0] > 1)"""


LOOK = f"""async html => {{
  await ({PUT})(html);
  return {{
    rows: ({BOXES})("{ROWS}"), labels: ({BOXES})("{LABELS}"), frame: ({BOXES})("figure")[0], shapes: ({SEEN})(),
    small: ({SMALL})(), letters: ({LETTERS})("{LABELS}"), keys: ({KEYS})(), spills: ({SPILLS})(),
    drawn: document.querySelectorAll("figure[data-drawn]").length,
  }};
}}"""


@pytest.fixture(scope="module")
def said(still: Page) -> list[str]:
    """What the page's console says."""
    heard: list[str] = []
    still.on("console", lambda message: heard.append(message.text))
    still.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_picture_can_be_read_from_the_back_row(still: Page, said: list[str], width: int, height: int) -> None:
    still.set_viewport_size({"width": width, "height": height})
    faults = {}
    for name, html in SCREENS.items():
        seen = still.evaluate(LOOK, html)
        _shoot(still, f"{width} {name}")
        found = {what: fault for what, fault in _faults(seen, width, height) if fault}
        if found:
            faults[name] = found
    assert faults == {}
    assert said == []


def _faults(seen: dict[str, Any], width: int, height: int) -> Iterator[tuple[str, Any]]:
    """What is wrong with a screen, as it was measured."""
    rows, labels, frame = seen["rows"], seen["labels"], seen["frame"]
    yield "not drawn", seen["drawn"] != 1
    yield "no labels", not labels
    yield "small", [one for one in seen["small"] if one[0] < height / 36]
    yield "small in the picture", [size for size in seen["letters"] if size < height / 36]
    yield "small numbers", [one for one in seen["keys"] if one[0] < height / 12]
    yield "spills", seen["spills"]
    yield "over each other", meetings(rows) + meetings(labels)
    yield "outside", [box for box in rows if min(box[:2]) < 0 or box[2] > width or box[3] > height]
    yield "outside the picture", [box for box in labels if not _inside(box, frame, height)]
    yield "over a shape", [(one[4], two[4]) for one in labels for two in seen["shapes"] if _covers(one, two, height)]


def _inside(box: list[Any], frame: list[Any], height: int) -> bool:
    """A box of text is higher than its letters."""
    air = 0.012 * height
    across = frame[0] - 1 <= box[0] and box[2] <= frame[2] + 1
    return across and frame[1] - air <= box[1] and box[3] <= frame[3] + air  # type: ignore[no-any-return]


def _covers(label: list[Any], shape: list[Any], height: int) -> bool:
    return bool(meetings([[*label[:3], label[3] - 0.008 * height, ""], shape]))


def _shoot(still: Page, name: str) -> None:
    folder = os.environ.get("GALLERY")
    if folder:
        still.screenshot(path=Path(folder) / f"{name}.png")


def test_every_picture_has_its_sentence_and_its_table(still: Page) -> None:
    for name, html in SCREENS.items():
        still.evaluate("html => { document.getElementById('screen').innerHTML = html }", html)
        sentence = still.locator("figure").get_attribute("aria-label") or ""
        assert sentence.endswith((".", "?")), name
        assert still.locator("table.unseen tr").count() > 0, name
