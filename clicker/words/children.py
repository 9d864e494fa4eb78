"""What parents are told of their children's answers: who was asked, how many, when, and nothing that P11 keeps back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clicker.lesson import Polarity, Topic
from clicker.safety import Banded, Children, Headline, Shown
from clicker.words.amounts import (
    answer_of,
    answer_of_all,
    answer_text,
    children_on_axis,
    guess_text,
    out_of_hundred,
)
from clicker.words.catalogue import catalogue
from clicker.words.numbers import day


def children_healthy(topic: Topic, children: Children) -> Banded | None:
    """The healthy side of what was guessed about: of the behaviour, or of the attitude."""
    if not topic.is_behaviour:
        return children.attitude
    if children.own is None:
        return None
    return children.own.turned() if topic.polarity is Polarity.RISK else children.own


def children_sentence(topic: Topic, children: Children, lang: str) -> str:
    """ "Mindst 21 af de 24 elever, der svarede, drikker ikke alkohol hver uge"."""
    counted = children_healthy(topic, children)
    assert counted is not None
    return _of_the_children(counted, children.classes, topic.healthy, lang)


def children_attitude(topic: Topic, children: Children, lang: str) -> str:
    """What the children find all right, beside what they do; "" where that is not shown."""
    words = topic.children.healthy if topic.children else ""
    if not topic.is_behaviour or children.attitude is None or not words:
        return ""
    return f"{_of_the_children(children.attitude, children.classes, words, lang)}."


def _of_the_children(counted: Banded, classes: int, words: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    banded = not counted.exact and counted.low > 0
    if classes > 1:
        text = (
            _("At least {k} of the {n} who answered in {classes} classes {words}")
            if banded
            else _("{k} of the {n} who answered in {classes} classes {words}")
        )
    else:
        text = (
            _("At least {k} of the {n} pupils who answered {words}")
            if banded
            else _("{k} of the {n} pupils who answered {words}")
        )
    k = counted.low if banded else answer_text(counted)
    return text.format(k=k, n=counted.n, classes=classes, words=words)


def children_key(topic: Topic, children: Children) -> str:
    """The number that the sentence says first."""
    counted = children_healthy(topic, children)
    assert counted is not None
    return str(counted.low) if counted.low > 0 else answer_text(counted)


def children_line(topic: Topic, shown: Shown, lang: str) -> str:
    """What was guessed and what is the answer, both counting the same; what G11 allows to say of it; the attitude."""
    _ = catalogue(lang).gettext
    children, guesses = shown.children, shown.guesses
    assert children is not None
    assert guesses is not None
    answer = children_on_axis(topic, children)
    if out_of_hundred(guesses):
        first = _("We guessed that {guess} of 100 {words}.").format(guess=guess_text(guesses), words=_guessed(topic))
    else:
        text = _("We guessed that {guess} of the {children} children {words}.")
        first = text.format(guess=guess_text(guesses), children=guesses.top, words=_guessed(topic))
    second = _("The answer is {answer}.").format(answer=answer_of(answer, guesses, lang)) if answer else ""
    said = (first, second, _claim(topic, shown, lang), children_attitude(topic, children, lang))
    return " ".join(part for part in said if part)


def _guessed(topic: Topic) -> str:
    """What the guess counted, in words."""
    if topic.is_behaviour:
        risk = topic.polarity is Polarity.RISK
    else:
        risk = topic.attitude is not None and topic.attitude.protective == "disagree"
    return topic.unhealthy if risk else topic.healthy


def _claim(topic: Topic, shown: Shown, lang: str) -> str:
    _ = catalogue(lang).gettext
    if shown.headline is not Headline.MORE_THAN_IT_IS:
        return ""
    if topic.polarity is Polarity.PROTECTIVE:
        return _("There are more than we thought.")
    return _("We thought there were more than there are.")


def children_asked(children: Children, lang: str) -> str:
    """Who answered, and when."""
    _ = catalogue(lang).gettext
    days = [day(date.fromisoformat(one), lang) for one in children.days]
    if children.classes == 1:
        return _("The class answered on {day}.").format(day=days[0])
    if len(days) == 1:
        return _("The {classes} classes answered on {day}.").format(classes=children.classes, day=days[0])
    text = _("The {classes} classes answered between {first} and {last}.")
    return text.format(classes=children.classes, first=days[0], last=days[-1])


def children_label(topic: Topic, shown: Shown, lang: str) -> str:
    """The mark of the children's answer in the picture."""
    _ = catalogue(lang).gettext
    assert shown.children is not None
    assert shown.guesses is not None
    answer = children_on_axis(topic, shown.children)
    assert answer is not None
    return _("The children: {number}").format(number=answer_of_all(answer, shown.guesses, lang))


def children_notes(out: Sequence[tuple[str, str]], apart: str, lang: str) -> tuple[str, ...]:
    """For the consultant: which guesses about the children are not asked, each (title, why), and why several classes'
    answers stay apart ("" where they do not)."""
    _ = catalogue(lang).gettext
    reasons = {
        "not_asked": _("Not asked, because the class was not asked about it: {topics}."),
        "not_shown": _("Not asked, because the number that parents would guess may not be shown: {topics}."),
        "nothing": _("Not asked, because there is no number to hold the guess against: {topics}."),
    }
    notes = [
        text.format(topics="; ".join(title for title, given in out if given == why))
        for why, text in reasons.items()
        if any(given == why for _title, given in out)
    ]
    together = {
        "two": _("The children's answers are not shown: of two classes each could subtract its own from the sum."),
        "small": _("The children's answers are not shown: they are too few, or the sum would tell of one class."),
        "published": _("The children's answers are not shown: they were shown in another group of classes before."),
    }
    return (*notes, together[apart]) if apart else tuple(notes)
