"""The formats of a poster, and the files made of its drawing: SVG, PNG, PDF."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from clicker.report.posters.lettering import FAMILY, font_file

Kind = Literal["svg", "png", "pdf"]

POINTS_OF_A_MM = 72 / 25.4


@dataclass(frozen=True)
class Paper:
    """A format: its drawing is `wide` by `tall` in `unit`, its PNG `pixels` wide."""

    name: str
    wide: float
    tall: float
    unit: Literal["mm", "px"]
    pixels: int
    kinds: tuple[Kind, ...]


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("a3", 297, 420, "mm", 1754, ("pdf", "png", "svg")),
        Paper("a4", 210, 297, "mm", 1240, ("pdf", "png", "svg")),
        Paper("phone", 1080, 1920, "px", 1080, ("png", "svg")),
    )
}
CONTENT_TYPES: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def kinds(paper: Paper) -> tuple[Kind, ...]:
    """The files that this machine can make; without the converter a browser still draws and prints the SVG."""
    return paper.kinds if find_spec("vl_convert") else ("svg",)


def converted(svg: str, paper: Paper, kind: Kind, pixels: int = 0) -> bytes:
    """The drawing as a file, a PNG so many pixels wide. The first one takes half a second; not on the loop."""
    if kind == "svg":
        return svg.encode()
    import vl_convert  # 80 MB, and only this needs it

    _letters()
    if kind == "png":
        wide = pixels or paper.pixels
        return vl_convert.svg_to_png(_sized(svg, paper, wide, round(wide * paper.tall / paper.wide)), scale=1)
    # The converter takes a pixel for a point.
    points = (round(length * POINTS_OF_A_MM, 2) for length in (paper.wide, paper.tall))
    return vl_convert.svg_to_pdf(_sized(svg, paper, *points))


def head(paper: Paper) -> str:
    """The drawing's own size, as it stands in its first tag."""
    return f'width="{paper.wide}{paper.unit}" height="{paper.tall}{paper.unit}"'


def _sized(svg: str, paper: Paper, wide: float, tall: float) -> str:
    return svg.replace(head(paper), f'width="{wide}" height="{tall}"', 1)


@lru_cache(maxsize=1)
def _letters() -> None:
    """Hand the shipped typeface to the converter, which reads no compressed fonts."""
    import vl_convert
    from fontTools.ttLib import TTFont

    folder = Path(tempfile.mkdtemp(prefix="clicker-letters-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for weight in (400, 600):
        with TTFont(font_file(weight)) as font:
            font.flavor = None
            font.save(folder / f"{FAMILY}-{weight}.ttf")
    vl_convert.register_font_directory(str(folder))
