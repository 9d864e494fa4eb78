"""Text in the shipped typeface: how wide it is, how it breaks into lines, and how large it may be in its box."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from clicker.words import typeset

Weight = Literal[400, 600]

VENDOR = Path(__file__).parent.parent.parent / "static" / "vendor"
FAMILY = "IBM Plex Sans"
CAP = 0.698  # height of a figure or a capital, in em
LEADING = 1.22
UNKNOWN = 0.75  # em, of a letter that the typeface has not; another one then stands in
STEP = 0.97


def font_file(weight: Weight) -> Path:
    return VENDOR / f"ibm-plex-sans-latin-{weight}-normal.woff2"


@lru_cache(maxsize=2)
def font_face(weight: Weight) -> str:
    """The typeface as CSS, so that a picture carries its own letters."""
    data = b64encode(font_file(weight).read_bytes()).decode()
    source = f"src: url(data:font/woff2;base64,{data}) format('woff2');"
    return f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; {source} }}"


@lru_cache(maxsize=2)
def _advances(weight: Weight) -> dict[int, float]:
    """Code point -> width in em."""
    from fontTools.ttLib import TTFont  # slow to load, and only posters need it

    with TTFont(font_file(weight)) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float, weight: Weight) -> float:
    """How wide the text is at that size, without kerning (which only draws letters together)."""
    known = _advances(weight)
    return size * sum(known.get(ord(letter), UNKNOWN) for letter in text)


@dataclass(frozen=True)
class Block:
    """Lines of one size; `height` is that of the box they fill, from the first line's top to the last one's bottom."""

    lines: tuple[str, ...]
    size: float
    weight: Weight
    leading: float = LEADING

    @property
    def height(self) -> float:
        return self.size * self.leading * len(self.lines)


def fit(text: str, wide: float, tall: float, weight: Weight, *, largest: float, leading: float = LEADING) -> Block:
    """The text as large as it may be in the box, at most `largest`; its lines about equally long."""
    words = typeset(text).replace("\u2011", "-").split(" ")
    size = largest
    while True:
        lines = _broken(words, size, wide, weight)
        if lines is not None and len(lines) * size * leading <= tall:
            return Block(_evened(words, size, wide, weight, len(lines)), size, weight, leading)
        size *= STEP


def _broken(words: list[str], size: float, wide: float, weight: Weight) -> tuple[str, ...] | None:
    """Lines no wider than the box; None where a single word is."""
    lines: list[str] = []
    for word in words:
        if width(word, size, weight) > wide:
            return None
        if lines and width(f"{lines[-1]} {word}", size, weight) <= wide:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _evened(words: list[str], size: float, wide: float, weight: Weight, count: int) -> tuple[str, ...]:
    """The same number of lines in the narrowest box that holds them: no word stands alone at the end."""
    best = _broken(words, size, wide, weight)
    assert best is not None
    for percent in range(98, 40, -2):
        lines = _broken(words, size, wide * percent / 100, weight)
        if lines is None or len(lines) > count:
            break
        best = lines
    return best
