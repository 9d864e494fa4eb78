"""Whether a topic asks about the very thing that its figure is about: same period, same group of topics, same act."""

from __future__ import annotations

from collections.abc import Mapping

from clicker.lesson import Indicator, Lesson, Polarity, Topic
from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.library.problem import Found
from clicker.library.wording import about, same_word
from clicker.safety.declared import N_


def beside_figures(lesson: Lesson, indicators: Mapping[str, Indicator]) -> Found:
    """Everything in which a topic differs from the indicators that it names; unknown ones are passed over."""
    for topic in lesson.topics:
        for column in ("indicator", "attitude_indicator"):
            indicator = indicators.get(getattr(topic, column) or "")
            if indicator is not None:
                yield from _same_group(topic, column, indicator)
        behaviour = indicators.get(topic.indicator or "")
        if behaviour is not None:
            yield from _same_period(topic, behaviour)
            yield from _same_side(topic, behaviour)
            yield from _same_behaviour(topic, behaviour)


def _same_group(topic: Topic, column: str, indicator: Indicator) -> Found:
    if topic.group != indicator.group:
        what = N_("the figure is about {about}, the topic is declared to be about {group}")
        remedy = N_("choose the group of the figure, or another figure, or none")
        yield f"topics.{topic.id}.{column}", what, remedy, {"about": indicator.group, "group": topic.group}


def _same_period(topic: Topic, indicator: Indicator) -> Found:
    if indicator.period != str(topic.period):
        what = N_("the figure is about another period ({figure}) than the topic ({period})")
        remedy = N_("ask about the same period, or write indicator: none")
        yield f"topics.{topic.id}.indicator", what, remedy, {"figure": indicator.period, "period": str(topic.period)}


def _same_side(topic: Topic, indicator: Indicator) -> Found:
    """G9: what a survey counts as a risk protects nobody here."""
    wrong = indicator.side == "risk" and topic.polarity is Polarity.PROTECTIVE
    if wrong and topic.group in SUBSTANCES_AND_CRIME:
        what = N_("the figure counts a risk, but yes protects in this topic")
        yield f"topics.{topic.id}.polarity", what, N_("write polarity: risk, or write indicator: none"), {}


def _same_behaviour(topic: Topic, indicator: Indicator) -> Found:
    """A figure of something else: more than half of the words that the survey used stand in no question."""
    prompts = [prompt for prompt in (topic.others, topic.own, topic.children) if prompt is not None]
    asked = [word for prompt in prompts for word in about(prompt.text, topic.period)]
    counted = about(indicator.label_da, topic.period)
    missing = [word for word in counted if not any(same_word(word, other) for other in asked)]
    if prompts and missing and 2 * len(missing) > len(counted):
        what = N_("the figure is about something else: {words}")
        remedy = N_("ask in the words of the survey, choose another figure, or write indicator: none")
        yield f"topics.{topic.id}.indicator", what, remedy, {"words": ", ".join(missing)}
