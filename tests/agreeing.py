"""What the tests of agreements share: the longest proposal, products, and phones that vote as they are told."""

from __future__ import annotations

from dataclasses import replace

from builders import agree
from classroom import SKIP, Rule

from clicker.lesson import Step

LONG = "Vi holder fester, hvor alle kan være med, og hvor ingen bliver presset til at drikke noget"
assert len(LONG) == 90
TOKENS = {"a": "000", "l": "001", "d": "002", "y": "000", "n": "001", "-": SKIP}


def products(*texts: str) -> Step:
    """A step that votes on what groups have made; without texts nothing is made yet."""
    return replace(agree(), proposals=texts, products=True)


def votes(**by_proposal: str) -> Rule:
    """`p0="aald-"`: what the phones say of proposal 0 in turn: agree, can live with it, disagree; - is a skip.

    `w` is the last vote: y with it, n not.
    """

    def choose(number: int, prompt: str, _offered: list[str]) -> str | None:
        name = prompt.split(".")[0].rpartition("-")[2]
        said = by_proposal.get("w" if name.startswith("with") else f"p{name}", "")
        return TOKENS[said[number]] if number < len(said) else SKIP

    return choose
