"""A drawing as it grows from the top: blocks of text and rows of people on one page, as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from markupsafe import escape

from clicker.report.posters.lettering import CAP, FAMILY, Block, Weight, fit, font_face, width
from clicker.report.posters.paper import Paper, head

# As in static/tokens.css.
INK, MUTED, LINE, GROUND = "#1a1a1a", "#5b6067", "#d9dce0", "#ffffff"
OWN, OWN_TINT = "#0072b2", "#d3e6f1"

# One person in a field 60 wide and 100 tall.
PERSON = "M30 2a17 17 0 1 0 0 34a17 17 0 1 0 0-34ZM2 96V66a24 24 0 0 1 24-24h8a24 24 0 0 1 24 24v30Z"
SLENDER, APART, ROW = 0.6, 1.22, 1.18
SINK = 0.4  # how much of the empty space at the bottom goes to the top


@dataclass(frozen=True)
class Look:
    """Colours, and whether text stands in the middle or at the left margin."""

    centred: bool = False
    ground: str = GROUND
    ink: str = INK
    number: str = OWN
    muted: str = MUTED
    line: str = LINE


@dataclass
class Page:
    """`top` and `bottom` bound what is still empty; lengths are in the paper's unit."""

    paper: Paper
    look: Look
    top: float = 0
    bottom: float = 0
    _parts: list[str] = field(default_factory=list)
    _foot: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.top = self.margin
        self.bottom = self.paper.tall - self.margin

    @property
    def margin(self) -> float:
        return 0.085 * self.paper.wide

    @property
    def wide(self) -> float:
        """Between the margins."""
        return self.paper.wide - 2 * self.margin

    def share(self, percent: float) -> float:
        """So much of the page's height."""
        return self.paper.tall * percent / 100

    def gap(self, percent: float) -> None:
        self.top += self.share(percent)

    def block(self, text: str, percent: float, *, largest: float, weight: Weight = 400, wide: float = 0) -> Block:
        """The text in a box of so much of the page's height, its letters at most `largest` percent of it."""
        return fit(text, wide or self.wide, self.share(percent), weight, largest=self.share(largest))

    def put(self, block: Block, *, colour: str = "") -> None:
        """At the top of what is empty."""
        if self.look.centred:
            self.at(block, self.paper.wide / 2, self.top, colour=colour, anchor="middle")
        else:
            self.at(block, self._left(block), self.top, colour=colour)
        self.top += block.height

    def _left(self, block: Block) -> float:
        """A number stands out by the white that its figure has, and in both margins where it is as wide as the page."""
        if block.leading != CAP:
            return self.margin
        taken = width(block.lines[0], block.size, block.weight)
        return min(self.margin - 0.05 * block.size, (self.paper.wide - taken) / 2)

    def put_low(self, block: Block, *, colour: str = "") -> None:
        """At the bottom of what is empty."""
        self.bottom -= block.height
        self.at(block, self.margin, self.bottom, colour=colour)

    def at(self, block: Block, x: float, y: float, *, colour: str = "", anchor: str = "start") -> None:
        row = block.size * block.leading
        for number, line in enumerate(block.lines):
            base = y + number * row + (row + CAP * block.size) / 2
            self._parts.append(
                f'<text x="{x:.2f}" y="{base:.2f}" font-size="{block.size:.2f}" font-weight="{block.weight}"'
                f' text-anchor="{anchor}" fill="{colour or self.look.ink}">{escape(line)}</text>'
            )

    def figure(self, text: str, percent: float) -> Block:
        """A number whose figures are so much of the page's height, or as large as the page is wide."""
        room = self.paper.wide - self.margin
        size = min(self.share(percent) / CAP, room / width(text, 1, 600))
        return Block((text,), size, 600, CAP)

    def settle(self) -> None:
        """What stands so far is the foot, and stays where it is."""
        self._foot, self._parts = self._parts, []

    def rule(self, y: float) -> None:
        """A thin line from margin to margin."""
        x, thick = self.margin, self.share(0.12)
        self._parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{self.wide:.2f}" height="{thick:.2f}" fill="{self.look.line}"/>'
        )

    def people(self, count: int, of: int, percent: float) -> None:
        """So many people in rows, the first `count` filled; the others are there, pale, and nothing more."""
        columns, each = _grid(of, self.wide, self.share(percent))
        rows = math.ceil(of / columns)
        across = each * SLENDER * ((columns - 1) * APART + 1)
        left = (self.paper.wide - across) / 2 if self.look.centred else self.margin
        for number in range(of):
            x = left + (number % columns) * each * SLENDER * APART
            y = self.top + (number // columns) * each * ROW
            fill = self.look.number if number < count else OWN_TINT
            place = f'transform="translate({x:.2f} {y:.2f}) scale({each / 100:.4f})"'
            self._parts.append(f'<use href="#person" {place} fill="{fill}"/>')
        self.top += rows * each * ROW

    def svg(self, title: str, description: str) -> str:
        """The whole drawing; it carries its letters and needs no other file."""
        wide, tall = self.paper.wide, self.paper.tall
        lower = SINK * max(0, self.bottom - self.top)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {head(self.paper)} viewBox="0 0 {wide} {tall}" role="img"'
            f" font-family=\"'{FAMILY}', sans-serif\">"
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
            f"<style>{font_face(400)}{font_face(600)}</style>"
            f'<defs><path id="person" d="{PERSON}"/></defs>'
            f'<rect width="{wide}" height="{tall}" fill="{self.look.ground}"/>'
            f'{"".join(self._foot)}<g transform="translate(0 {lower:.2f})">{"".join(self._parts)}</g></svg>'
        )


def _grid(of: int, wide: float, tall: float) -> tuple[int, float]:
    """Columns, and the height of a person, as large as they can stand in the box; full rows are preferred."""
    found: list[tuple[float, int, float]] = []
    for columns in range(1, of + 1):
        rows = math.ceil(of / columns)
        across = wide / ((columns - 1) * APART + 1) / SLENDER
        down = tall / (rows * ROW)
        each = min(across, down)
        empty = rows * columns - of
        found.append((each * (1 - 0.3 * empty / (rows * columns)), columns, each))
    _worth, columns, each = max(found, key=lambda one: (one[0], one[1]))
    return columns, each
