"""P14: a station that anybody walks up to. Own answers of S0 topics only; of all others guess against country."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from clicker.lesson import AnswerType, Figure, Figures, Lesson, Prompt, Sensitivity, Topic
from clicker.measures import Histogram
from clicker.safety.guard import never_asked, off_unless_chosen, risk_share, usable
from clicker.safety.shown import Headline, Shown

WALK_UP_BLOCK = 10
# Counted from a seat's last answer: then nothing is left of who it was and what is not yet folded.
FORGET_AFTER = timedelta(hours=4)
# Who has taken a seat and not answered: it keeps a place that somebody else may need.
FORGET_IDLE = timedelta(minutes=15)


def walk_up_may_ask(sensitivity: Sensitivity) -> bool:
    """P14: a station asks for own answers of S0 topics only."""
    return sensitivity is Sensitivity.S0


def walk_up_full(ballots: int) -> int:
    """P14: how many of the ballots waiting at a station are folded into its counts now: whole blocks of ten.

    Only ballots with an answer in them count. Were the skipped ones among the ten, a block could hold one answer, and
    the sums before and after it would tell which.
    """
    return ballots - ballots % WALK_UP_BLOCK


def fits_station(topic: Topic) -> bool:
    """Whether a station may ask that topic: an S0 topic whose guesses can be asked out of a hundred, or a guess about
    others than those who pass by, for whom there is a figure."""
    guesses = [prompt for prompt in (topic.others, topic.others_approve) if prompt is not None]
    if topic.children is not None or not guesses:
        return False
    if walk_up_may_ask(topic.sensitivity):
        return topic.own is not None and all(map(_out_of_hundred, guesses))
    return topic.only_guessed and bool(topic.grades) and all(one.type is AnswerType.HUNDRED for one in guesses)


def _out_of_hundred(prompt: Prompt) -> bool:
    return prompt.type is AnswerType.HUNDRED or bool(prompt.hundred)


def never_at_station(lesson: Lesson) -> frozenset[str]:
    """G2: topics that are not put before the youngest who may pass by. Nobody is there to choose for a 6th grade."""
    return never_asked(lesson) | off_unless_chosen(lesson)


def has_reference(topic: Topic, figures: Figures, today: date) -> bool:
    """Whether there is a figure that G1 can ever let stand beside a guess: one of a risk below one half."""
    return any(usable(one, today) and risk_share(one)[1] < 50 for one in _concerning(topic, figures))


def _concerning(topic: Topic, figures: Figures) -> tuple[Figure, ...]:
    return figures.behaviours() if topic.is_behaviour else figures.attitudes()


def walk_up_seen(shown: Shown, topic: Topic) -> Shown:
    """What a phone at the station may know of a public value: of an S0 topic the group so far; of another one its own
    guess, the axis it stands on, and the country."""
    if walk_up_may_ask(topic.sensitivity) or shown.guesses is None:
        return shown
    axis = Histogram(shown.guesses.top, shown.guesses.step, (0,) * len(shown.guesses.counts))
    return replace(shown, guesses=axis, N=None, headline=Headline.NONE)
