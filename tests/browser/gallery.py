"""Every picture of the wall: each verdict and reveal by every chart that tells it, and numbers that fall together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builders import attitude_topic, figure, guesses_topic, judged, neutral_topic, prompt, protective_topic, risk_topic
from wall_screens import LATEST, LESSON, LONGEST_CHOICES, OF_100, OLDER, SPREAD, both, of_24, reveal, summary, votes

from clicker.lesson import Figure, Kind, Phase, Polarity, Sensitivity, Topic
from clicker.library.candidates import both as both_grades
from clicker.measures import Histogram
from clicker.room.screens import WallFacts
from clicker.safety import Choices, Shown

Case = tuple[str, Topic, Shown]
Named = tuple[str, WallFacts]
WORDS = {"healthy": "hjælper, når nogen er kede af det", "unhealthy": "drikker alkohol hver uge"}
AGREE = prompt(Kind.APPROVE, healthy="synes ikke, det er i orden at drikke alkohol hver uge")
HELPING = protective_topic("help", title="Hjælpe andre", sensitivity=Sensitivity.S0, **WORDS)
HAND = neutral_topic(title="Venstre hånd", healthy="skriver med venstre hånd", unhealthy="skriver med venstre hånd")
BOTH_SEXES = "drenge og piger hver for sig"
OF_7 = Histogram(7, 1, (0, 1, 2, 2, 1, 1, 0, 0))
HIGH = of_24(at9=2, at10=6, at11=8, at14=4)
NOT_SAID = ("grade", "wording")
SEVENTH = figure(
    3, population="7. klasse", year=2022, source="Skolebørnsundersøgelsen", parts=BOTH_SEXES, differs=NOT_SAID
)
NINTH = replace(SEVENTH, id="9", low=22, high=27, population="9. klasse")
NEIGHBOURS = both_grades(SEVENTH, NINTH)
OLD_NEIGHBOURS = both_grades(*(replace(one, year=2018, valid_until=2024) for one in (SEVENTH, NINTH)))
TOWN = figure(
    7,
    id="town",
    owner="Eksempelby Kommune",
    region="Eksempelby Kommune",
    population="8. klasse",
    year=2025,
    source="Trivsel i Eksempelby Kommune",
)
TWELVE = replace(TOWN, low=12, high=12)
TOWN_GRADES = both_grades(
    *(
        replace(TOWN, population=grade, low=share, high=share, differs=NOT_SAID)
        for grade, share in (("7. klasse", 4), ("9. klasse", 24))
    )
)
GIRLS = replace(SEVENTH, low=3, high=3, parts="piger", differs=("sex", "wording"))
TOWN_LIKE = replace(TOWN, owner="", region="Danmark", source="Skolebørnsundersøgelsen")
OPENED = Choices(open_country=True)
LOW = of_24(at7=4, at8=8, at9=8)


def pictures() -> Iterator[Named]:
    """Name and facts of each screen."""
    for name, topic, shown in _judged():
        for phase in shown.reveals:
            yield from _told(name, topic, shown, phase)
    for name, topic, shown in _together():
        yield from _told(name, topic, shown, Phase.COUNTRY)
    yield "again before_after", both()
    yield from _summaries()
    yield from _votes()


def _told(name: str, topic: Topic, shown: Shown, phase: Phase) -> Iterator[Named]:
    """One press by every chart that may tell it, each once."""
    told = {}
    for kind in _kinds(topic, shown):
        facts = reveal(topic, shown, phase, kind)
        assert facts.picture is not None
        told[facts.picture.kind] = facts
    for kind, facts in told.items():
        yield f"{name} {phase} {kind}", facts


def _kinds(topic: Topic, shown: Shown) -> tuple[str, ...]:
    """Which charts may tell it: people only where counts are exact and small."""
    counted = shown.guesses is not None and shown.guesses.step == 1 and topic.sensitivity is Sensitivity.S0
    return ("histogram", "bars", "icons") if counted else ("histogram", "bars")


def _judged() -> Iterator[Case]:
    """What the rules make of typical classes."""
    alcohol, vape, nicotine = (LESSON.topic(name) for name in ("alcohol-weekly", "ecig-ever", "nicotine-ok"))
    class_of = {"n": 24, "N": 25}
    yield "lower-band", alcohol, judged(alcohol, k=1, guess=SPREAD, country=LATEST, **class_of)
    yield "lower-band-no-country", vape, judged(vape, k=0, guess=SPREAD, **class_of)
    exact = judged(vape, k=4, guess=SPREAD, protecting=20, country=OLDER, **class_of)
    yield "exact", vape, _with(exact, OLDER)
    yield "protective", LESSON.topic("speak-up"), judged(LESSON.topic("speak-up"), k=18, guess=LOW, protecting=22)
    yield "protective-band", LESSON.topic("speak-up"), judged(LESSON.topic("speak-up"), k=24, guess=LOW, protecting=22)
    yield "protective-s0", HELPING, _with(judged(HELPING, k=20, guess=LOW), figure(17))
    yield "attitude-guessed", nicotine, judged(nicotine, others_attitude=SPREAD, **class_of)
    instead = risk_topic(approve=AGREE, others_approve=prompt(Kind.OTHERS_APPROVE), title="Alkohol", **WORDS)
    divided = judged(instead, k=14, n=24, N=25, guess=SPREAD, protecting=20, others_attitude=LOW)
    yield "attitude-instead", instead, divided
    alone = attitude_topic(asks_others=False, approve=AGREE)
    yield "attitude-alone", alone, judged(alone, n=24, N=25)
    ever = guesses_topic(title="Prøvet alkohol", **WORDS)
    yield "guesses-country", ever, judged(ever, n=24, N=25, guess=SPREAD, country=figure(33))
    few = risk_topic(**WORDS)
    yield "too-few", few, judged(few, k=1, n=8, N=25, guess=SPREAD, country=figure(3))
    yield "neutral", HAND, judged(HAND, k=3, n=24, N=25, guess=SPREAD)
    yield "neutral-small", HAND, judged(HAND, k=2, n=8, guess=OF_7)
    yield (
        "two-grades",
        alcohol,
        judged(alcohol, k=1, guess=HIGH, country=NEIGHBOURS, choices=OPENED, grades=(8,), **class_of),
    )
    yield (
        "two-grades-old",
        alcohol,
        judged(alcohol, k=1, guess=HIGH, country=OLD_NEIGHBOURS, choices=OPENED, grades=(8,), **class_of),
    )
    both = judged(
        alcohol, k=1, guess=HIGH, country=NEIGHBOURS, municipality=TWELVE, choices=OPENED, grades=(8,), **class_of
    )
    yield "two-grades-and-municipality", alcohol, both
    yield (
        "two-grades-of-both",
        alcohol,
        judged(
            alcohol,
            k=1,
            guess=HIGH,
            country=NEIGHBOURS,
            municipality=TOWN_GRADES,
            choices=OPENED,
            grades=(8,),
            **class_of,
        ),
    )
    yield "one-sex", alcohol, judged(alcohol, k=1, guess=SPREAD, country=GIRLS, municipality=TOWN, **class_of)
    yield "municipality", alcohol, judged(alcohol, k=1, guess=SPREAD, country=SEVENTH, municipality=TOWN, **class_of)
    yield "municipality-alone", alcohol, judged(alcohol, k=1, guess=SPREAD, municipality=TOWN, **class_of)
    yield (
        "municipality-equal",
        alcohol,
        judged(alcohol, k=1, guess=SPREAD, country=TOWN_LIKE, municipality=TOWN, **class_of),
    )
    yield "of-100", alcohol, judged(alcohol, k=2, n=33, N=34, guess=OF_100, country=LATEST)


def _together() -> Iterator[Case]:
    """Numbers that fall together, or at an end of the axis."""
    for name, k, guess, country in (
        ("country-equals-class", 12, 18, 50),
        ("guess-equals-answer", 9, 9, 80),
        ("all-equal", 12, 12, 50),
        ("nobody", 0, 9, 0),
        ("nothing-at-all", 0, 0, 0),
        ("everybody", 24, 9, 100),
        ("all-at-the-end", 24, 24, 100),
        ("guess-100", 3, 24, 10),
        ("guess-0", 20, 0, 90),
        ("side-by-side", 11, 12, 42),
    ):
        shown = judged(HAND, k=k, n=24, N=25, guess=of_24(**{f"at{guess}": 20}))
        yield name, HAND, _with(shown, figure(country))
    drinking = risk_topic(**WORDS)
    shown = replace(judged(drinking, k=0, n=24, N=25, guess=SPREAD), guesses=of_24(at2=20))
    yield "guess-in-band", drinking, _with(shown, figure(5))


def _summaries() -> Iterator[Named]:
    several = [(topic, shown) for _name, topic, shown in _judged()]
    yield "summary five", summary("finished", *several)
    yield "summary other five", summary("help", *several[4:])
    yield "summary one", summary("help", *several[:1])
    risky = replace(HAND, polarity=Polarity.RISK, title="Fordi andre forventede det")
    coincident = [(risky, shown) for _name, _topic, shown in _together()]
    yield "summary together", summary("finished", *coincident[:5])
    yield "summary at the ends", summary("help", *coincident[5:10])


def _votes() -> Iterator[Named]:
    """Both votes on a dilemma: words as long as they may be, nobody, everybody, and two votes that are alike."""
    short = ("Give dem med", "Sige nej", "Ringe til værterne først")
    for name, choices, first, second in (
        ("usual", LONGEST_CHOICES, (7, 9, 3, 4), (2, 14, 5, 1)),
        ("nobody", LONGEST_CHOICES, (24, 0, 0, 0), (0, 0, 24, 0)),
        ("three alike", short, (8, 8, 8), (8, 8, 8)),
        ("a hall", LONGEST_CHOICES, (120, 33, 1, 48), (88, 101, 0, 9)),
    ):
        yield f"dilemma {name}", votes(choices, first, second)


def _with(shown: Shown, country: Figure) -> Shown:
    """The country too, as when the consultant opens it."""
    return replace(shown, figure=country, reveals=tuple(dict.fromkeys((*shown.reveals, Phase.COUNTRY))))
