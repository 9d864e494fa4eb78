"""The wall's pictures: which chart tells a topic's numbers, and the rows it is handed, from public values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from clicker import words
from clicker.charts import (
    COUNTRY,
    Line,
    Mark,
    People,
    bars_rows,
    before_after_rows,
    histogram_rows,
    icons_rows,
    share_rows,
    summary_rows,
)
from clicker.lesson import Audience, Lesson, Phase, Sensitivity, Topic
from clicker.measures import Histogram, rounded
from clicker.room.screens import Picture
from clicker.safety import Banded, Shown

OLDEST_WITH_ICONS = 6
MOST_ICONS = 40
MOST_LINES = 5
# Among what stands beside: the axis counts the children.
CHILDREN = "children"


def chart_of(lesson: Lesson, topic: Topic, shown: Shown, *, simple: bool) -> str:
    """Which chart tells guess, answer and country: by what is declared and how many are in, never by an answer.

    People are drawn one by one only where a count is never banded (S0), for the youngest and for parents; what may
    be banded they see as three bars.
    """
    if simple:
        return "bars"
    if not _easily_read(lesson):
        return "histogram"
    if topic.sensitivity is not Sensitivity.S0 or topic.children is not None:
        return "bars"
    counted = shown.guesses is not None and shown.guesses.step == 1
    one = len(words.references(shown)) < 2
    return "icons" if counted and one and (shown.N or 0) <= MOST_ICONS else "histogram"


def _easily_read(lesson: Lesson) -> bool:
    if lesson.audience is Audience.PARENTS:
        return True
    return lesson.audience is Audience.PUPILS and bool(lesson.grades) and max(lesson.grades) <= OLDEST_WITH_ICONS


def reveal_picture(
    kind: str, topic: Topic, shown: Shown, now: Phase, labels: Mapping[str, str], lang: str
) -> Picture | None:
    """A chart of that kind while there are guesses; the attitude by itself, or one nobody guessed, as a share."""
    if words.attitude_alone(shown, now) or shown.guesses is None:
        # Alone stands an attitude, or what each parent says of the own child (P14).
        alone = shown.attitude or shown.own
        if alone is None:
            return None
        rows = share_rows(alone.low, alone.high, alone.n, words.share_text(alone, lang))
        return Picture("share", alone.n, 1, rows)
    guesses = shown.guesses
    if kind == "icons":
        return Picture("icons", shown.N or guesses.top, 1, icons_rows(_people(topic, shown, guesses, labels)))
    marks = _marks(topic, shown, guesses, labels)
    # Their rows are there from the first press: a picture never moves when a mark comes.
    beside: tuple[str, ...] = tuple(role for role, _figure in words.references(shown) if role != COUNTRY)
    if topic.children is not None:
        beside = (*beside, CHILDREN)
    if kind == "bars":
        return Picture("bars", guesses.top, guesses.step, bars_rows([_as_said(mark) for mark in marks]), beside)
    return Picture("histogram", guesses.top, guesses.step, histogram_rows(guesses.counts, guesses.step, marks), beside)


def _marks(topic: Topic, shown: Shown, guesses: Histogram, labels: Mapping[str, str]) -> list[Mark]:
    """Guess, answer and country on the axis of the guesses, as far as they have a label."""
    marks = [_point("guess", guesses.mean_number(), labels["guess"])]
    own = words.own_on_axis(topic, shown)
    if "own" in labels and own is not None:
        marks.append(Mark("own", own.low * guesses.top / own.n, own.high * guesses.top / own.n, labels["own"]))
    for role, figure in words.references(shown):
        if role in labels:
            low, high = words.country_on_axis(topic, shown, figure)
            marks.append(Mark(role, low * guesses.top / 100, high * guesses.top / 100, labels[role]))
    return marks


def _as_said(mark: Mark) -> Mark:
    """Guess and answer as whole as their label says them: equal numbers are equally long."""
    if mark.role not in ("guess", "own"):
        return mark
    return Mark(mark.role, rounded(Fraction(mark.low)), rounded(Fraction(mark.high)), mark.label)


def _people(topic: Topic, shown: Shown, guesses: Histogram, labels: Mapping[str, str]) -> list[People]:
    """The others with those guessed among them, and all who answered with those who said yes."""
    people = [People("guess", rounded(guesses.mean_number() or Fraction(0)), guesses.top, labels["guess"])]
    own = words.own_on_axis(topic, shown)
    if "own" in labels and own is not None:
        people.append(People("own", own.low, own.n, labels["own"]))
    return people + [People(COUNTRY, 0, 0, labels[role]) for role, _figure in words.references(shown) if role in labels]


def again_picture(before: Histogram, after: Histogram, own: Banded, labels: Mapping[str, str]) -> Picture:
    """On the axis of the new guesses, which count the whole class."""
    top = after.top
    marks = [
        _point("before", before.mean_number(), labels["before"]),
        _point("after", after.mean_number(), labels["after"]),
        Mark("own", own.low * top / own.n, own.high * top / own.n, labels["own"]),
    ]
    return Picture("before_after", top, after.step, before_after_rows(marks))


def _point(role: str, mean: Fraction | None, label: str) -> Mark:
    """A mean guess where its label says it is: a mark at 3.5 that is called 4 would stand within a band of 0-3."""
    at = rounded(mean or Fraction(0))
    return Mark(role, at, at, label)


def summary_picture(seen: Sequence[tuple[Topic, Shown, words.Found]], lang: str) -> Picture | None:
    """A line for each topic that was shown; None for none, or for more than can be read."""
    if not 0 < len(seen) <= MOST_LINES:
        return None
    legend = words.summary_legend([found for _topic, _shown, found in seen], lang)
    rows: Mapping[str, Any] = summary_rows([_line(topic, shown, found) for topic, shown, found in seen], legend)
    return Picture("summary", len(seen), 1, rows)


def _line(topic: Topic, shown: Shown, found: words.Found) -> Line:
    own = words.counted_answer(topic, shown)
    assert own is not None
    mean = None if shown.guesses is None else shown.guesses.mean()
    return Line(
        title=found.title,
        guess=None if mean is None else float(mean),
        low=100 * own.low / own.n,
        high=100 * own.high / own.n,
        country=words.country_on_axis(topic, shown, shown.figure) if found.country and shown.figure else None,
        guess_label=found.guess,
        own_label=found.own,
    )
