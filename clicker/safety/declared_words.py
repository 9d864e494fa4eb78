"""What a lesson's own words say it asks about (substances, crime, what is never asked), whatever its group says.

The lessons speak Danish, so the words are Danish. A word counts whole, in the forms that stand here: "fuldt",
"voldsomt", "hashtag" and "vinder" are none of them.
"""

from __future__ import annotations

import re

from clicker.lesson import Audience, Lesson, Polarity, Prompt, StepKind, Topic
from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.safety.guard import OWN_CHILD
from clicker.safety.marked import N_, Broken, Rule

# Victimisation, self-harm and sexual acts (P17).
NEVER_LIVE = frozenset({"sex", "victimisation", "self-harm"})
OF_SUBSTANCES = SUBSTANCES_AND_CRIME | NEVER_LIVE
YOUNG_PEOPLE = frozenset({Audience.PUPILS, Audience.STUDENTS})
# Below this grade nothing of it is said at all, not even that one may do without.
NAMED_FROM = 7

_SUBSTANCES = re.compile(
    r"\b(?:"
    # Alcohol
    r"alkohol(?!fri)\w*|øl(?:len|ler|lerne|let)?|(?:rød|hvid|hede|port)?vin(?:en|e)?|spiritus\w*|vodka\w*|snaps\w*"
    r"|cider\w*|alkopop\w*|drinks|breezers?|shots?|genstand(?:e|en|ene)?|promille\w*|beruse\w*|fuldskab\w*|druk(?:ture?)?"
    r"|(?<!den )(?<!det )(?<!for )(?<!i )fulde?(?=\s*(?:$|[.,;:!?)”])|\s(?:hver|mindst|til|i|på|når|de|det|nogensinde"
    r"|sammen|om|og|eller|en|to|den|så|før|for)\b)"
    # Tobacco and nicotine
    r"|ryge[rs]?(?!\s(?:du\s)?(?:ud|ind|uklar)\b)|røget(?!\s(?:laks|ost|sild|skinke|fisk|makrel|ål)\b)|rygning\w*|smøg(?:en|er)?"
    r"|(?:e-)?cigar(?:et\w*|er)?|tobak\w*|snus(?:en|pose\w*)?|\w*nikotin\w*|vap(?:e[rst]?|en|ede|ing|es)|puff ?bars?"
    r"|vandpibe\w*"
    # Cannabis and other drugs
    r"|hash(?!tags?\b)\w*|cannabis\w*|marihuana\w*|joints?|skunk|lattergas\w*|stoffer(?:ne)?|euforiserende|narko\w*"
    r"|kokain\w*|amfetamin\w*|ecstasy|mdma|ketamin\w*|heroin|lsd|doping\w*|steroider"
    # Crime
    r"|stjæle[rs]?|stjal|stjålet|stjålne|(?:\w*-)?\w*tyveri\w*|hærværk\w*|vold(?:en|elige?|eligt)?|røveri\w*|indbrud\w*"
    r"|hæleri\w*|graffiti\w*|kriminel\w*|kriminalitet\w*|ulovlig(?:e|t)?(?!\sfravær)|våben"
    r"|kniv(?=\smed\b)|med (?:en )?kniv"
    # What is never asked in a class (P17)
    r"|sex|samleje\w*|voldtægt\w*|nøgenbillede\w*|selvskade\w*|skade[rt]? (?:sig|dig) selv"
    r"|(?:er|bliver|blev) du (?:\w+ ){0,2}mobbet"
    r")\b",
    re.IGNORECASE,
)
# To drink is to drink alcohol, unless the text names something else to drink.
_DRINKING = re.compile(r"\b(?:drikke[rs]?|drak|drukket)\b", re.IGNORECASE)
_HARMLESS = re.compile(
    r"\b(?:\w*kaffe|te|\w*vand|\w*mælk|kakao|saft(?:evand)?|\w*juice|\w*cola|\w*energidrik(?:ke)?|alkoholfri\w*)\b",
    re.IGNORECASE,
)
# Who says that one may do without asks nobody whether they do it.
_WITHOUT = re.compile(
    r"\b(?:uden|nej tak til|nej til) (?:at (?:drikke|ryge|vape)\b(?: sig fulde?\b)?)?"
    r"(?: ?(?:alkohol|øl|vin|spiritus|nikotin|tobak|snus|vape|hash|stoffer|cigaretter|e-cigaretter)\b)?",
    re.IGNORECASE,
)
# Doing it, said of anybody; "en, der vaper" is about somebody else.
USING = re.compile(
    r"(?<!der )\b(?:drikker|ryger|vaper|snuser|bruger|tager|stjæler)\b"
    r"|\b(?:prøvet|drukket|røget|vapet|brugt|taget|stjålet|været fulde?)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:jeg|mig|min|mit|mine)\b", re.IGNORECASE)


def named_substance(text: str, *, strictly: bool = False) -> str:
    """The first words of the text that speak of a substance, a crime or what is never asked, "" where none do.

    To do without it ("uden at drikke", "nej tak til alkohol") counts only where looked at `strictly`.
    """
    seen = text if strictly else _WITHOUT.sub(" ", text)
    found = _SUBSTANCES.search(seen)
    if found is None and not _HARMLESS.search(seen):
        found = _DRINKING.search(seen)
    return found[0] if found else ""


def topic_texts(topic: Topic) -> list[str]:
    """The title and all that is asked or said of the answers."""
    again = () if topic.again is None else (topic.again,)
    prompts: tuple[Prompt, ...] = (*topic.prompts(), *again)
    asked = [part for prompt in prompts for part in (prompt.text, prompt.hundred, prompt.healthy, *prompt.options)]
    return [topic.title, topic.healthy, topic.unhealthy, *asked]


def _named(lesson: Lesson, topic: Topic) -> str:
    strictly = lesson.audience is Audience.PUPILS and any(grade < NAMED_FROM for grade in lesson.grades)
    return next(filter(None, (named_substance(text, strictly=strictly) for text in topic_texts(topic))), "")


def _p1_said_group(lesson: Lesson) -> Broken:
    """P1, G2: the group follows the words, so that no wrong choice switches the rules off."""
    for topic in lesson.topics:
        words = "" if topic.group in OF_SUBSTANCES else _named(lesson, topic)
        if words:
            yield f"topics.{topic.id}.group", {"words": words}


def _g12_not_neutral(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        own_child = lesson.audience is Audience.PARENTS and topic.indicator == OWN_CHILD
        if topic.polarity is Polarity.NEUTRAL and topic.group in OF_SUBSTANCES and not own_child:
            yield f"topics.{topic.id}.polarity", {}


def _p17_about_oneself(lesson: Lesson) -> Broken:
    """A confession to be voted on is a question about oneself without the protection of one."""
    for number, step in enumerate(lesson.steps, 1):
        if step.kind is StepKind.AGREE:
            for place, text in enumerate(step.proposals, 1):
                if _confesses(text, lesson):
                    yield f"steps.{number}.proposals.{place}", {}
    for topic in lesson.topics:
        if topic.approve is not None and _confesses(topic.approve.text, lesson):
            yield f"topics.{topic.id}.approve", {}


def _confesses(text: str, lesson: Lesson) -> bool:
    """Grown-ups may say what they wish ("Jeg ønsker fælles aftaler om alkohol"), not what they do."""
    if not _FIRST_PERSON.search(text) or not named_substance(text):
        return False
    return lesson.audience in YOUNG_PEOPLE or USING.search(text) is not None


def _pupils_have_a_grade(lesson: Lesson) -> Broken:
    if lesson.audience is Audience.PUPILS and not lesson.grades:
        yield "grade", {}


WORDS_RULES: tuple[Rule, ...] = (
    (
        "P1",
        _p1_said_group,
        N_("the topic speaks of “{words}”, but its group is another"),
        N_("choose the group that it belongs to, or ask about something else"),
    ),
    (
        "G12",
        _g12_not_neutral,
        N_("a topic about a substance or crime is not neutral"),
        N_("say whether yes is a risk or protects"),
    ),
    (
        "P17",
        _p17_about_oneself,
        N_("this asks people to say what they do themselves"),
        N_("say what we think is right or want to do, without “jeg”, or ask it as an own question"),
    ),
    ("G2", _pupils_have_a_grade, N_("a lesson for pupils needs a grade"), N_("write the grade: 7, or several: [5, 6]")),
)
