"""The three designs: a large number, one figure for each person, large words. Whatever they hold is in the words.

The number's figures are at least a fifth of the page's height: that is read from five metres.
"""

from __future__ import annotations

from clicker.report.posters.lettering import CAP, Block, fit, width
from clicker.report.posters.page import GROUND, OWN, OWN_TINT, Look, Page
from clicker.report.posters.paper import Paper
from clicker.words.posters import PosterWords

DESIGNS = ("number", "figures", "words")
DESIGNS_OF_TWO = ("number", "words")
MOST_FIGURES = 400  # more people than this are a grey field
PROGRAM = "Clicker"
TIGHT = 1.14  # leading of large letters

_LOOKS = {
    "number": Look(centred=True),
    "figures": Look(),
    "words": Look(ground=OWN, ink=GROUND, number=GROUND, muted=GROUND, line=OWN_TINT),
}
_FIGURES = {"number": 27, "figures": 20, "words": 20}  # percent of the page's height
_CLAIM = {"number": 7, "figures": 6.5, "words": 11}


def designs(words: PosterWords) -> tuple[str, ...]:
    """Those that can hold so many people."""
    return tuple(one for one in DESIGNS if one != "figures" or words.of <= MOST_FIGURES)


def draw(words: PosterWords, design: str, paper: Paper) -> str:
    """One claim as SVG; `design` is one of `designs`, else KeyError."""
    page = Page(paper, _LOOKS[design])
    _foot(page, [words.foot])
    _country(page, words)
    page.settle()
    _opening(page, words, _FIGURES[design])
    if design == "figures":
        page.gap(3)
        page.people(words.count, words.of, _room_for_people(page, words))
        page.gap(1)
    _claim(page, words, largest=_CLAIM[design])
    return page.svg(words.sentence, words.foot)


def draw_two(first: PosterWords, second: PosterWords, design: str, paper: Paper) -> str:
    """The same claim from two times, one above the other: two numbers, no arrow and no verdict."""
    page = Page(paper, _LOOKS[design])
    _foot(page, [first.foot, second.foot])
    page.settle()
    for words in (first, second):
        page.put(page.block(words.when, 3, largest=2.4, weight=600))
        _opening(page, words, 20, small=True)
        page.gap(3)
    _claim(page, first, largest=6)
    return page.svg(f"{first.when}: {first.sentence} {second.when}: {second.sentence}", first.foot)


def _opening(page: Page, words: PosterWords, percent: float, *, small: bool = False) -> None:
    """ "Mindst", the number, and whom it is of: beside the number where there is room, else below."""
    if words.before:
        page.put(page.block(words.before, 5, largest=2.4 if small else 4.2))
    page.gap(0.8 if small else 1.2)
    number = page.figure(words.number, percent)
    free = page.wide - width(words.number, number.size, 600) - page.share(2)
    if free >= 0.28 * page.paper.wide and not page.look.centred:
        page.put(number, colour=page.look.number)
        _beside(page, words.after, number, free)
        page.gap(1.5)
        return
    page.put(number, colour=page.look.number)
    page.gap(1.5)
    page.put(page.block(words.after, 6.5 if small else 9, largest=2.4 if small else 3.6))


def _beside(page: Page, text: str, number: Block, free: float) -> None:
    """Right of the number, its last line on the number's foot."""
    block = fit(text, free, number.height, 400, largest=page.share(3.6))
    below = (block.leading - CAP) / 2 * block.size
    page.at(block, page.margin + page.wide - free, page.top - block.height + below)


def _room_for_people(page: Page, words: PosterWords) -> float:
    """Percent of the height: what a claim in readable letters leaves free."""
    claim = fit(words.claim, page.wide, page.paper.tall, 600, largest=page.share(4), leading=TIGHT)
    free = page.bottom - page.top - claim.height - page.share(11 if words.more else 7)
    return min(30, max(12, 100 * free / page.paper.tall))


def _claim(page: Page, words: PosterWords, *, largest: float) -> None:
    """What so many do, as large as the rest of the page lets it be."""
    more = page.block(words.more, 4, largest=3) if words.more else None
    page.gap(2)
    room = page.bottom - page.top - page.share(1.5) - (more.height + page.share(1.5) if more else 0)
    page.put(fit(words.claim, page.wide, room, 600, largest=page.share(largest), leading=TIGHT))
    if more:
        page.gap(1.5)
        page.put(more)


def _foot(page: Page, lines: list[str]) -> None:
    """Who answered, where and when; the program's name, small."""
    name = Block((PROGRAM,), page.share(1.25), 400)
    room = page.wide - width(PROGRAM, name.size, 400) - page.share(2)
    page.bottom += 0.35 * page.margin
    page.at(
        name,
        page.margin + page.wide,
        page.bottom - name.height,
        colour=page.look.muted,
        anchor="end",
    )
    for line in reversed(lines):
        page.put_low(page.block(line, 4, largest=1.6, wide=room), colour=page.look.muted)
    page.bottom -= page.share(1)
    page.rule(page.bottom)
    page.bottom -= page.share(1)


def _country(page: Page, words: PosterWords) -> None:
    if words.country:
        page.put_low(page.block(words.source, 5, largest=1.3), colour=page.look.muted)
        page.put_low(page.block(words.country, 7, largest=2))
        page.bottom -= page.share(1)
