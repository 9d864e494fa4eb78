"""What was shown of each topic, as data: for the consultant and for checking a lesson that was held.

It stays with the consultant (P11): exact counts of S2 that were on the wall are in it. Hidden topics are null.
"""

from __future__ import annotations

from typing import Any

from clicker import words
from clicker.lesson import Figure, Phase, Topic
from clicker.safety import Banded, Children, Misperception, Shown, gap_points, misperception, shown_from_data
from clicker.store import Transaction
from clicker.words import catalogue


def topic_results(tx: Transaction, run_id: str, lang: str) -> list[dict[str, Any]]:
    """One entry per evaluated topic, in the order of asking; empty for a run that does not exist.

    `guess_mean` is in percent, `gap_pp` the gap's range in percentage points; `figure` is the country's and
    `municipality` the chosen municipality's, each only where it was allowed; `guesses` says how they lie beside the
    answer.
    """
    record = tx.run(run_id)
    if record is None:
        return []
    kept = tx.results(run_id)
    entries = []
    for topic in record.run.lesson.asked_topics():
        if (topic.id, 1) in kept:
            shown = shown_from_data(kept[topic.id, 1])
            entries.append(_entry(shown, topic, record.run.reveals.get(topic.id, ()), lang))
    return entries


def agreement_results(tx: Transaction, run_id: str) -> list[dict[str, Any]]:
    """What each agreement came to, in order: the proposals with how many agree, can live with it and disagree (null
    where fewer than five voted), which were chosen, and how many are with it as [low, high, n] (P2)."""
    kept = sorted(tx.results(run_id).items(), key=lambda item: (len(item[0][0]), item[0]))
    return [dict(data) for _name, data in kept if "proposals" in data]


def _entry(shown: Shown, topic: Topic, reveals: tuple[Phase, ...], lang: str) -> dict[str, Any]:
    mean = shown.guesses.mean() if shown.guesses is not None else None
    gap = gap_points(shown)
    figures = [one for one in (shown.figure, shown.beside) if one is not None and Phase.COUNTRY in reveals]
    return {
        "id": shown.topic,
        "guess_mean": None if mean is None else round(float(mean), 1),
        "own": None if shown.own is None else _own(shown.own, lang),
        "children": None if shown.children is None else _children(shown.children, topic),
        "gap_pp": None if gap is None else [round(float(end), 1) for end in gap],
        "guesses": _guesses(misperception(shown, topic)),
        "shown": [str(phase) for phase in reveals],
        "figure": next((_figure(one) for one in figures if not one.owner), None),
        "municipality": next(({"name": one.owner, **_figure(one)} for one in figures if one.owner), None),
    }


def _guesses(beside: Misperception | None) -> dict[str, Any] | None:
    """How many guesses were over, about right and under, where that says anything; and who took few for many."""
    if beside is None:
        return None
    one_way = beside.floor or beside.ceiling
    counts = {} if one_way else {"over": beside.over, "accurate": beside.accurate, "under": beside.under}
    return {"count": beside.M, **counts, "majority": beside.majority, "floor": beside.floor, "ceiling": beside.ceiling}


def _children(children: Children, topic: Topic) -> dict[str, Any]:
    """The sentence about the children in numbers: at least so many of those who answered, in so many classes."""
    counted = words.children_healthy(topic, children)
    assert counted is not None
    return {"at_least": counted.low, "of": counted.n, "classes": children.classes}


def _own(own: Banded, lang: str) -> str:
    if not own.exact:
        return f"{own.low}-{own.high}"
    return catalogue(lang).gettext("{k} of {n}").format(k=own.low, n=own.n)


def _figure(figure: Figure) -> dict[str, Any]:
    value = figure.low if figure.low == figure.high else [figure.low, figure.high]
    return {"value": value, "unit": "percent", "year": figure.year, "source": figure.source}
