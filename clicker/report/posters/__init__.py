"""Posters and cards: of one finished run (`single`), of several together (`several`), drawn and made into files."""

from clicker.report.posters.design import DESIGNS_OF_TWO, designs, draw, draw_two
from clicker.report.posters.paper import CONTENT_TYPES, PAPERS, Kind, Paper, converted, kinds
from clicker.report.posters.several import (
    Choosable,
    Countable,
    NoPublication,
    NothingTogether,
    NotOneGroup,
    Overlaps,
    choosable,
    in_order,
    of_publication,
    other_times,
    publish,
    sift,
)
from clicker.report.posters.single import Offer, RunPosters, of_run
from clicker.store import Publication, published
from clicker.words.posters import PosterWords

__all__ = [
    "CONTENT_TYPES",
    "PAPERS",
    "Choosable",
    "Countable",
    "Kind",
    "NoPublication",
    "NotOneGroup",
    "NothingTogether",
    "Offer",
    "Overlaps",
    "Paper",
    "PosterWords",
    "Publication",
    "RunPosters",
    "choosable",
    "designs_of",
    "file_of",
    "in_order",
    "kinds",
    "of_publication",
    "of_run",
    "other_times",
    "publish",
    "published",
    "sift",
]


def designs_of(claims: tuple[PosterWords, ...]) -> tuple[str, ...]:
    """The designs for one claim, or for two times."""
    return designs(claims[0]) if len(claims) == 1 else DESIGNS_OF_TWO


def file_of(claims: tuple[PosterWords, ...], design: str, paper: Paper, kind: Kind, pixels: int = 0) -> bytes:
    """One claim, or the same one from two times, as a file. Not on the loop."""
    first, *later = claims
    drawn = draw_two(first, later[0], design, paper) if later else draw(first, design, paper)
    return converted(drawn, paper, kind, pixels)
