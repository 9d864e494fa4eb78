"""Words of the editor: what groups, periods and the like are called, and mistakes said to somebody who sees fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clicker.safety.declared import N_
from clicker.words.catalogue import catalogue
from clicker.words.problems import with_decimals

GROUPS = {
    "tobacco": N_("Cigarettes"),
    "nicotine": N_("Nicotine, vapes and pouches"),
    "alcohol": N_("Alcohol"),
    "cannabis": N_("Hash"),
    "drugs": N_("Other drugs"),
    "crime": N_("Breaking the law"),
    "digital": N_("Phone and internet"),
    "wellbeing": N_("Well-being"),
    "class": N_("Life in the class"),
    "neutral": N_("Something neutral"),
}
POLARITIES = {
    "risk": N_("a risk"),
    "protective": N_("something that protects"),
    "neutral": N_("neither: just for practice"),
}
SENSITIVITIES = {
    "S0": N_("nothing private"),
    "S1": N_("private"),
    "S2": N_("very private: health, substances, crime"),
}
PERIODS = {
    "none": N_("no certain time"),
    "ever": N_("ever"),
    "year": N_("the last year"),
    "month": N_("the last 30 days"),
    "weekly": N_("every week"),
}
AUDIENCES = {
    "pupils": N_("pupils"),
    "students": N_("youth education"),
    "parents": N_("parents"),
    "staff": N_("staff"),
}
REVEALS = {
    "after_all": N_("when everything has been asked"),
    "after_topic": N_("right after each topic"),
}
TYPES = {
    "count": N_("a number of the others"),
    "count_all": N_("a number of all, oneself too"),
    "hundred": N_("out of 100"),
    "yes_no": N_("yes or no"),
    "one_of": N_("one of several answers"),
    "agree4": N_("four steps from disagree to agree"),
    "age": N_("an age"),
}
SIDES = {"disagree": N_("disagree"), "agree": N_("agree")}
KINDS = {
    "say": N_("Read aloud"),
    "ask": N_("Questions"),
    "show": N_("Show"),
    "talk": N_("Talk"),
    "dilemma": N_("Dilemma"),
    "agree": N_("Agreement"),
    "again": N_("Guess again"),
    "help": N_("The end"),
}
# What an example shows: the kind of a question, a reveal, or a step.
SCREENS = {
    "others": N_("Guess about the others"),
    "own": N_("Own answer"),
    "approve": N_("Own attitude"),
    "others_approve": N_("Guess about the others' attitude"),
    "again": N_("Second guess"),
    "children": N_("The children"),
    "guesses": N_("What we guessed"),
    "attitude": N_("What we find all right"),
    "country": N_("The whole country"),
    **{kind: KINDS[kind] for kind in ("say", "ask", "talk", "dilemma", "agree", "help")},
}
# Where the check speaks of keys, the editor speaks of its fields: what is wrong -> the same, and what to do here.
_HERE = {
    "“{name}” is missing": (N_("nothing is written here"), N_("write something")),
    "the text is empty": (N_("nothing is written here"), N_("write something")),
    "the topic asks nothing": (N_("the topic asks nothing"), N_("write at least one question")),
    "the wording for more than 31 people is missing": (
        N_("the question for more than 31 people is missing"),
        N_("write it here, with “out of 100”"),
    ),
    "own answers to this topic need an attitude beside them": (
        N_("own answers to this topic need an attitude beside them"),
        N_("write here what one can agree or disagree with"),
    ),
    "the words that the wall puts into its sentence are missing": (
        N_("the words that the wall puts into its sentence are missing"),
        N_("write them here"),
    ),
    "a neutral topic does not say why it is neutral": (
        N_("a neutral topic does not say why it is neutral"),
        N_("write it here"),
    ),
    "a topic about {group} is declared {given}": (
        N_("{group} is more private than this"),
        N_("choose “{least}”"),
    ),
    "grade {grade} is not asked about {group}": (
        N_("grade {grade} is not asked about this: {group}"),
        N_("remove the topic, or make the lesson for older pupils"),
    ),
    "“told” is true, but no step before the first question says what parents may see": (
        N_("no step before the first question says what parents may see"),
        N_("say it in a step that is read aloud, with the word “{word}”, or take the tick away"),
    ),
    "nothing says before the first question that more is asked than shown": (
        N_("nothing says before the first question that more is asked than shown"),
        N_("put this line into a step that is read aloud before it: “{line}”"),
    ),
    "the steps ask {count} questions where there is time for {most}": (
        N_("the lesson asks {count} questions where there is time for {most}"),
        N_("keep some topics in reserve, or ask less of each"),
    ),
    "who says yes to {topic} has also said yes to {other}, and both ask for own answers": (
        N_("who says yes to “{topic}” has also said yes to “{other}”, and both ask for own answers"),
        N_("empty the own question of one of them"),
    ),
    "“{topic}” has no wording for asking again": (
        N_("“{topic}” has no question for the second guess"),
        N_("write it in the topic, or take the step out"),
    ),
    "“{topic}” has not been asked before this step": (
        N_("“{topic}” has not been asked before this step"),
        N_("move the step down, or the questions up"),
    ),
    "a question comes after a topic has been shown": (
        N_("a question comes after a topic has been shown"),
        N_("move the questions up before the first topic that is shown"),
    ),
    "the answers to a private question do not fall into two sides": (
        N_("the answers to a private question do not fall into two sides"),
        N_("choose yes or no, or write which of the answers count as yes"),
    ),
    "the text does not ask about the period of the topic ({period})": (
        N_("the text does not ask about the time of the topic ({period})"),
        N_("use “{words}”"),
    ),
    "the figure is about another period ({figure}) than the topic ({period})": (
        N_("the country's number is about another time ({figure}) than the topic ({period})"),
        N_("choose the same time, or no number from the country"),
    ),
    "a guess that is asked again must count the one who guesses too": (
        N_("the second guess must count the one who guesses too"),
        N_("write “{whole}” or “{hundred}”, and never the others"),
    ),
    "the guess does not ask about the same thing as “own”: {words}": (
        N_("the guess does not ask about the same thing as the own question: {words}"),
        N_("use the same words in both"),
    ),
    "no step asks the closing questions": (
        N_("no step asks the questions about the lesson"),
        N_("empty them here, for this lesson has no last step with help"),
    ),
    "there is nothing to choose between": (
        N_("there is nothing to choose between"),
        N_("write two proposals or more, one a line"),
    ),
    "a lesson for pupils needs a grade": (N_("a lesson for pupils needs a grade"), N_("write 7, or 7, 8 and 9 as 7-9")),
    "the topic speaks of “{words}”, but its group is another": (
        N_("the topic speaks of “{words}”, but is said to belong elsewhere"),
        N_("choose what it belongs to, or ask about something else"),
    ),
    "the figure is about {about}, the topic is declared to be about {group}": (
        N_("the country's number is about something else than the topic: {about}"),
        N_("choose what the number belongs to, or another number, or none"),
    ),
    "the figure is about something else: {words}": (
        N_("the country's number is about something else: {words}"),
        N_("ask in the words of the survey, choose another number, or none"),
    ),
    "the figure counts a risk, but yes protects in this topic": (
        N_("the country's number counts a risk, but to say yes protects here"),
        N_("choose that yes is a risk, or no number from the country"),
    ),
    "yes is a risk here, but the healthy words do not say who does not": (
        N_("yes is a risk here, but these words do not say who does not"),
        N_("write “{words}” before the first comma, or choose that yes protects"),
    ),
    "these words say no where they should say who does it": (
        N_("these words say no where they should say who does it"),
        N_("write them without “{words}”, or choose another side"),
    ),
    "yes to a substance or crime is not the answer that protects": (
        N_("yes to a substance or crime is not the answer that protects"),
        N_("choose that yes is a risk, or empty the own question"),
    ),
    "an option that says no is counted as yes, or one that says yes is not": (
        N_("an option that says no is counted as yes, or one that says yes is not"),
        N_("write the numbers of the answers that say yes"),
    ),
    "“{topic}” is shown in two steps": (
        N_("“{topic}” is shown in two steps"),
        N_("put it in reserve, and then among the asked topics again"),
    ),
    "nothing says where one gets help": (
        N_("nothing says where one gets help"),
        N_("copy a lesson that ends with help"),
    ),
    "“{given}” is not a list": (N_("“{given}” is no grade"), N_("write 7, or 7, 8 and 9 as 7-9")),
    "the list is too short": (N_("nothing is left of this"), N_("add something, or remove it")),
}
_NAMED = {
    "group": GROUPS,
    "about": GROUPS,
    "period": PERIODS,
    "figure": PERIODS,
    "given": SENSITIVITIES,
    "least": SENSITIVITIES,
}


def named(words: Mapping[str, str], lang: str) -> dict[str, str]:
    """One of the tables above in the page's language."""
    _ = catalogue(lang).gettext
    return {key: _(word) for key, word in words.items()}


def editor_sentence(what: str, remedy: str, values: Mapping[str, Any], titles: Mapping[str, str], lang: str) -> str:
    """What is wrong and what to do, in the editor's words; `titles` are those of the topics by id."""
    _ = catalogue(lang).gettext
    said = with_decimals(values, lang)
    said |= {key: _(_NAMED[key][value]) for key, value in values.items() if value in _NAMED.get(key, ())}
    said |= {key: titles.get(str(values[key]), values[key]) for key in ("topic", "other") if key in values}
    first, second = (_(words).format(**said) for words in _HERE.get(what, (what, remedy)))
    return f"{_sentence(first)} {_sentence(second)}"


def _sentence(text: str) -> str:
    """With a capital letter and one full stop, also where it ends in a quoted sentence."""
    ends = text.endswith((".", "?", "!")) or text[-2:-1] in (".", "?", "!")
    return f"{text[:1].upper()}{text[1:]}{'' if ends else '.'}"
