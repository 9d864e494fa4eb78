"""The words of an agreement: how a proposal stands, who is with what was chosen, and the sheet that is printed."""

from __future__ import annotations

from clicker.lesson import Move, Phase
from clicker.safety import Banded
from clicker.words.catalogue import catalogue


def counts_text(agree: int, can_live_with: int, disagree: int, lang: str) -> str:
    """How a proposal stands."""
    _ = catalogue(lang).gettext
    return _("{agree} agree, {can_live_with} can live with it, {disagree} disagree").format(
        agree=agree, can_live_with=can_live_with, disagree=disagree
    )


def too_few_voted(lang: str) -> str:
    """Instead of numbers."""
    return catalogue(lang).gettext("Too few voted for numbers to be shown.")


def not_counted(voted: bool, lang: str) -> str:
    """Beside one proposal that has no numbers."""
    _ = catalogue(lang).gettext
    return _("too few votes for numbers") if voted else _("not voted on")


def joined_sentence(joined: Banded | None, lang: str) -> str:
    """P2: how many of those who answered are with it, never who."""
    if joined is None:
        return catalogue(lang).gettext("Too few answered to say how many are with it.")
    return "".join(text for text, _whose in joined_heading(joined, lang))


def joined_heading(joined: Banded, lang: str) -> tuple[tuple[str, str], ...]:
    """The same cut into (text, whose number it is or ""), for the wall."""
    _ = catalogue(lang).gettext
    number = joined.low
    if joined.exact:
        sentence = _("{number} of the {n} who answered are with it.")
    elif joined.low == 0:
        number, sentence = joined.high, _("At most {number} of the {n} who answered are with it.")
    else:
        sentence = _("At least {number} of the {n} who answered are with it.")
    before, after = (part.format(n=joined.n) for part in sentence.split("{number}"))
    parts = ((before, ""), (str(number), "own"), (after, ""))
    return tuple(part for part in parts if part[0])


def who_joins_title(lang: str) -> str:
    """The wall's question while phones answer."""
    return catalogue(lang).gettext("How many are with it?")


def who_joins_question(lang: str) -> str:
    """The phone's question."""
    return catalogue(lang).gettext("Are you with what we have chosen?")


def who_joins_hint(lang: str) -> str:
    """Under the phone's question."""
    return catalogue(lang).gettext("It stands on the board. Only how many are with it is shown, never who.")


def chosen_title(products: bool, lang: str) -> str:
    """Over the chosen points."""
    _ = catalogue(lang).gettext
    return _("This is what we chose") if products else _("This is what we agree on")


def page_line(first: int, last: int, of: int, lang: str) -> str:
    """Which proposals the wall shows."""
    _ = catalogue(lang).gettext
    if first == last:
        return _("Proposal {first} of {of}").format(first=first, of=of)
    return _("Proposals {first}-{last} of {of}").format(first=first, last=last, of=of)


def ticked_rule(products: bool, lang: str) -> str:
    """Which proposals are ticked beforehand."""
    _ = catalogue(lang).gettext
    if products:
        return _("The proposal with the most support is ticked beforehand. You decide.")
    return _(
        "Ticked beforehand are those that at most one in ten disagrees with, at most four of them. At least five must "
        "have voted on them. You decide."
    )


def without_vote(lang: str) -> str:
    """Where nobody voted on any of the points."""
    return catalogue(lang).gettext("Agreed on without a vote.")


def point_without_vote(lang: str) -> str:
    """Beside a point that nobody voted on, where others were."""
    return catalogue(lang).gettext("agreed on without a vote")


def agreement_label(move: Move, now: Phase, products: bool, lang: str) -> str:
    """What the consultant's button says in an agreement; "" where it says what it always says."""
    _ = catalogue(lang).gettext
    labels = {
        Move.CHOOSE: _("Change the choice") if now is not Phase.CLOSED else chosen_title(products, lang),
        Move.PAGE: _("Show more proposals"),
    }
    if now is Phase.CHOSEN:
        labels[Move.OPEN] = _("Ask how many are with it")
    return labels.get(move, "")
