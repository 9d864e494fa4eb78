"""Classes built so that the guard has something to do: what their pupils answer, and what the wall must then show.

A scenario changes the two topics of the demo lesson that ask for substances; all else is answered as usual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TOPICS = ("alcohol-weekly", "ecig-ever")


@dataclass(frozen=True)
class Scenario:
    """`yes` of 25 say yes, `mean` and `spread` of the guesses in percent; only `answering` of 25 answer for
    themselves. `hides` are the topics whose own answers must not come on the wall, `own` what they must be said as."""

    yes: int
    mean: int
    spread: int
    answering: int = 24
    hides: tuple[str, ...] = TOPICS
    own: str | None = None


SCENARIOS: Mapping[str, Scenario] = {
    # More do it than we guess: nothing may say "you guessed too low".
    "under": Scenario(yes=10, mean=15, spread=8),
    # The risky side is the majority.
    "majority": Scenario(yes=16, mean=80, spread=12),
    # One does it, and everybody guesses more: all that may be said is 0-3.
    "floor": Scenario(yes=1, mean=30, spread=12, hides=(), own="0-3"),
    # Too few answer for themselves.
    "few": Scenario(yes=1, mean=40, spread=14, answering=7),
    "all-yes": Scenario(yes=25, mean=60, spread=15),
    # A third of the class, far above the country's figure; the other topic's figure is too old to judge by.
    "high-class": Scenario(yes=9, mean=60, spread=12, hides=("alcohol-weekly",)),
    # The class guesses right: there is no misperception to show.
    "accurate": Scenario(yes=8, mean=32, spread=8),
}


def _tells_own(topic: Mapping[str, Any]) -> bool:
    return "own" in topic["shown"] or topic["own"] is not None or topic["gap_pp"] is not None


def wrong(scenario: Scenario, topics: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the wall showed of such a class and should not have, or the other way round; a sentence each."""
    of = {topic["id"]: topic for topic in topics}
    hidden = [of[name] for name in scenario.hides]
    found = [f"{topic['id']}: own answers were shown" for topic in hidden if _tells_own(topic)]
    if scenario.own is not None:
        found += [f"{name}: {of[name]['own']} was shown" for name in TOPICS if of[name]["own"] != scenario.own]
    return found
