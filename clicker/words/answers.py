"""The labels of answers, and the way not to answer (P16)."""

from __future__ import annotations

from collections.abc import Sequence

from clicker.lesson import AnswerType, Kind
from clicker.words.catalogue import catalogue
from clicker.words.votes import degree_words


def answer_labels(answer_type: AnswerType, options: Sequence[str], tokens: Sequence[str], lang: str) -> tuple[str, ...]:
    """One label per token, in order."""
    _ = catalogue(lang).gettext
    if answer_type is AnswerType.YES_NO:
        words: Sequence[str] = (_("No"), _("Yes"))
    elif answer_type is AnswerType.AGREE4:
        words = (_("Strongly disagree"), _("Disagree"), _("Agree"), _("Strongly agree"))
    elif answer_type is AnswerType.SUPPORT3:
        words = (_("Agree"), _("Can live with it"), _("Disagree"))
    elif answer_type is AnswerType.WITH2:
        words = (_("I am with it"), _("I am not with it"))
    elif answer_type is AnswerType.DEGREE:
        words = degree_words(lang)
    elif answer_type is AnswerType.ONE_OF:
        words = options
    else:
        words = ()
    return tuple(words[int(token)] if words else str(int(token)) for token in tokens)


def no_answer_label(kind: Kind, lang: str) -> str:
    """P16: guesses have "don't know", everything else "skip"; nothing has both."""
    _ = catalogue(lang).gettext
    return _("Don't know") if kind in (Kind.OTHERS, Kind.OTHERS_APPROVE, Kind.CHILDREN) else _("Skip")
