"""The fixed words of the private list (P7), of how far a class is (P6), and of the moves."""

from __future__ import annotations

from clicker.lesson import Move, Phase, Verdict
from clicker.safety import Many
from clicker.words.catalogue import catalogue


def verdict_word(verdict: Verdict, lang: str) -> str:
    """P7: one of four words."""
    _ = catalogue(lang).gettext
    return {
        Verdict.SHOW: _("is shown"),
        Verdict.SHOW_ATTITUDE: _("is shown as attitude"),
        Verdict.HIDE: _("is passed over"),
        Verdict.TOO_FEW: _("too few answers"),
    }[verdict]


def verdict_explanation(verdict: Verdict, lang: str) -> str:
    """P7: one fixed explanation per word, the same whichever rule fired."""
    _ = catalogue(lang).gettext
    return {
        Verdict.SHOW: _("Here there are numbers to show and to talk about."),
        Verdict.SHOW_ATTITUDE: _("Here we show what the group thinks."),
        Verdict.HIDE: _("The numbers would not help the talk here. The next step comes by itself."),
        Verdict.TOO_FEW: _("With so few answers somebody could be recognised."),
    }[verdict]


def many_text(many: Many, lang: str) -> str:
    """P6: how far the class is, without a number."""
    _ = catalogue(lang).gettext
    return {
        Many.FEW: _("Few have answered"),
        Many.HALF: _("About half have answered"),
        Many.MOST: _("Most have answered"),
        Many.ALL: _("All have answered"),
    }[many]


def move_label(move: Move, coming: Phase | None, lang: str, *, asks: bool = False) -> str:
    """What the consultant's button says; `coming` is the reveal that the press would bring, `asks` whether it would
    open another question."""
    _ = catalogue(lang).gettext
    reveals = {
        Phase.GUESSES: _("Show the guesses"),
        Phase.OWN: _("Show our answers"),
        Phase.ATTITUDE: _("Show what we find all right"),
        Phase.CHILDREN: _("Show what the children answered"),
        Phase.COUNTRY: _("Show the country"),
        Phase.BOTH: _("Show both guesses"),
    }
    if move is Move.REVEAL and coming in reveals:
        return reveals[coming]
    return {
        Move.START: _("Start"),
        Move.OPEN: _("Open for answers"),
        Move.CLOSE: _("Close the answers"),
        Move.REOPEN: _("Open again"),
        Move.EVALUATE: _("Count the answers"),
        Move.REVEAL: _("Show"),
        Move.NEXT: _("Next question") if asks else _("Next"),
        Move.BACK: _("Back"),
        Move.SKIP: _("Skip this step"),
        Move.PROPOSE: _("Add the proposal"),
        Move.WITHDRAW: _("Take it away"),
        Move.PAGE: _("Show more proposals"),
        Move.CHOOSE: _("Choose"),
        Move.TALK: _("Talk about it"),
        Move.OPEN_COUNTRY: _("Show the country anyway"),
        Move.RESERVE: _("Ask a reserve question"),
        Move.ADMIT: _("Let one more in"),
        Move.FINISH: _("Finish the lesson"),
    }[move]
