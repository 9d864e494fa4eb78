"""What the two votes on a dilemma and the closing questions are called, and how their numbers are said.

Nothing here says which choice is right, nor that anybody changed: two numbers stand beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from clicker.lesson import Move, Phase
from clicker.safety.votes import Rounds, Votes
from clicker.words.catalogue import catalogue


def vote_again(lang: str) -> str:
    return catalogue(lang).gettext("Vote again")


def talk_first(lang: str) -> str:
    return catalogue(lang).gettext("Talk about it")


def dilemma_label(name: Move, now: Phase, lang: str) -> str:
    """What a press is called at a dilemma, "" where it is called as elsewhere."""
    if name is Move.OPEN and now is Phase.TALK:
        return vote_again(lang)
    return catalogue(lang).gettext("Show both votes") if name is Move.REVEAL else ""


def talk_line(minutes: int, lang: str) -> str:
    """How long the talk is planned to be; "" without a plan."""
    text = catalogue(lang).ngettext("We talk for {num} minute.", "We talk for {num} minutes.", minutes)
    return text.format(num=minutes) if minutes else ""


def round_heads(rounds: Rounds, lang: str) -> tuple[str, str]:
    """Each vote with how many voted in it."""
    _ = catalogue(lang).gettext
    texts = (_("First vote: {n} voted"), _("Second vote: {n} voted"))
    first, second = (text.format(n=sum(votes)) for text, votes in zip(texts, _both(rounds), strict=True))
    return first, second


def rounds_title(lang: str) -> str:
    return catalogue(lang).gettext("This is how we voted, before and after the talk")


def rounds_line(rounds: Rounds, lang: str) -> str:
    """Which choice got the most votes, as far as one did; that most chose it does not make it right."""
    _ = catalogue(lang).gettext
    first, second = (_most(votes) for votes in _both(rounds))
    if first is None or second is None:
        return _("At least once several choices got the most votes.")
    if first == second:
        return _("The same choice got the most votes both times.")
    return _("Another choice got the most votes the second time.")


def too_few_voted(lang: str) -> str:
    """Why there are no numbers: never how many there were."""
    return catalogue(lang).gettext("Too few voted to show numbers here. Tell each other instead what you heard.")


def rounds_rows(choices: Sequence[str], rounds: Rounds, lang: str) -> tuple[tuple[str, str], ...]:
    """Each choice with its two numbers, for a table."""
    _ = catalogue(lang).gettext
    text = _("First vote: {first} of {m}. Second vote: {second} of {n}.")
    m, n = (sum(votes) for votes in _both(rounds))
    pairs = zip(rounds.first, rounds.second, strict=True)
    return tuple(
        (choice, text.format(first=first, m=m, second=second, n=n))
        for choice, (first, second) in zip(choices, pairs, strict=True)
    )


def rounds_description(choices: Sequence[str], rounds: Rounds, lang: str) -> str:
    """The picture in sentences."""
    told = (f"{choice}: {numbers}" for choice, numbers in rounds_rows(choices, rounds, lang))
    return " ".join((rounds_line(rounds, lang), *told))


def degree_words(lang: str) -> tuple[str, ...]:
    """The answers to a closing question, the most first."""
    _ = catalogue(lang).gettext
    return (_("Yes"), _("A little"), _("No"))


def closing_line(votes: Votes | None, lang: str) -> str:
    """ "Yes: 12. A little: 7. No: 3. 22 answered.", or that there were too few."""
    _ = catalogue(lang).gettext
    if votes is None:
        return _("too few answers")
    told = ". ".join(f"{word}: {votes[index]}" for index, word in enumerate(degree_words(lang)))
    return _("{told}. {n} answered.").format(told=told, n=sum(votes))


def closing_hint(lang: str) -> str:
    """What becomes of the answers, under the question."""
    return catalogue(lang).gettext("It does not come on the board. Only numbers for the whole group are kept.")


def _both(rounds: Rounds) -> tuple[Votes, Votes]:
    return rounds.first, rounds.second


def _most(votes: Votes) -> int | None:
    """The choice with more votes than any other; None where two have the same."""
    most = max(votes)
    return votes.index(most) if votes.count(most) == 1 else None
