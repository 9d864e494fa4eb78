"""The wall's fullest screens, made from public values: long titles, many lines, every kind of picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from builders import TODAY, figure, judged
from flask import render_template

from clicker import library, words
from clicker.lesson import Phase, Polarity, Run, Step, StepKind, Topic
from clicker.measures import Histogram
from clicker.room import Rooms
from clicker.room.pictures import again_picture, reveal_picture, summary_picture
from clicker.room.screens import CountFacts, ProposalFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_screen import wall_facts
from clicker.safety import Banded, Many, Shown, seen
from clicker.safety.votes import Rounds
from clicker.store import Counts
from clicker.web import Config, create_app
from clicker.web.addresses import Addresses
from clicker.words import agreement as agreement_words

LESSON = library.lesson("klasse-7")
PROPOSALS = next(step.proposals for step in LESSON.steps if step.kind is StepKind.AGREE)
FRAME: dict[str, Any] = {"turn": 9, "code": "MW7P", "group": "Ungdomsskolen 7.B", "lang": "da", "present": 25}
LATEST = figure(
    3,
    population="elever i 7. klasse (13 år)",
    source="Skolebørnsundersøgelsen 2022, Statens Institut for Folkesundhed, Syddansk Universitet",
    differs=("wording",),
)
OLDER = figure(
    5, low=5, high=11, population="elever i 9. klasse", parts="piger og drenge hver for sig", year=2018,
    valid_until=2020, differs=("grade", "wording"), source="Skolebørnsundersøgelsen 2018",
)  # fmt: skip


def of_24(**counts: int) -> Histogram:
    return Histogram(24, 1, tuple(counts.get(f"at{cell}", 0) for cell in range(25)))


SPREAD = of_24(at2=1, at4=2, at5=2, at7=4, at9=4, at10=3, at12=3, at14=2, at17=2, at24=1)
OF_100 = Histogram(100, 5, tuple(3 if 3 <= cell <= 12 else 0 for cell in range(21)))
AGAIN = Histogram(25, 1, tuple(5 if 2 <= cell <= 5 else 0 for cell in range(26)))


def screens() -> Iterator[tuple[str, str]]:
    """Name and HTML of each screen, in Danish."""
    yield from drawn(_all())


def drawn(named: Iterable[tuple[str, WallFacts]]) -> Iterator[tuple[str, str]]:
    """Their HTML, as the wall gets it."""
    app, _socket = create_app(
        Config(cast(Rooms, None), "secret", Addresses(["127.0.0.1"], 8000)), {"async_mode": "threading"}
    )
    with app.test_request_context():
        for name, facts in named:
            yield name, render_template("wall/_view.html", facts=facts, address="127.0.0.1:8000", key="")


def _all() -> Iterator[tuple[str, WallFacts]]:
    for topic, shown in _cases():
        for phase in shown.reveals:
            yield f"{topic.id} {phase} of {shown.N}", reveal(topic, shown, phase)
    yield "both", both()
    yield "privacy", WallFacts("say", title="Dit svar er dit", lines=_ten_lines(), **FRAME)
    yield from agreement_screens()
    far = CountFacts(25, many=words.many_text(Many.MOST, "da"), share=85)
    yield (
        "ask_open",
        WallFacts("ask_open", title="Nu svarer vi hver for sig", lines=_ten_lines()[:3], count=far, **FRAME),
    )
    for word in (Phase.READY, Phase.OPEN, Phase.CLOSED, Phase.TALK, Phase.OPEN_AGAIN, Phase.BOTH):
        yield f"dilemma {word}", dilemma(DILEMMA, word)
    yield "finished", summary("finished", *_cases())
    yield "help", summary("help", *list(_cases())[2:4])


LONG_PROPOSAL = "Vi holder fester, hvor alle kan være med, og hvor ingen bliver presset til at drikke noget"
ONE_WORD = "Forældrerepræsentantskabsmødeindkaldelserne" * 2 + "!!!!"


def agreement_screens() -> Iterator[tuple[str, WallFacts]]:
    """An agreement in all its views: the lesson's own proposals, and as many and as long ones as a page may hold."""
    far = CountFacts(25, 120, 250, share=48)
    joined = agreement_words.joined_heading(Banded(22, 25, 25), "da")
    titles = {"chosen": "Det aftaler vi", "joining": "Hvor mange er med?", "joined": "Mindst 22 er med"}
    for name, texts, page in (
        ("usual", PROPOSALS, ""),
        ("long", (LONG_PROPOSAL,) * 5, agreement_words.page_line(6, 10, 10, "da")),
        ("one word", (ONE_WORD,) * 5, agreement_words.page_line(6, 10, 10, "da")),
        ("seven", ("Vi spørger om lov, før vi deler et billede.",) * 7, ""),
    ):
        for view in ("ready", "open", "closed", "chosen", "joining", "joined"):
            rows = tuple(ProposalFacts(text, (17, 12, 25) if view == "closed" else None) for text in texts)
            yield (
                f"agree_{view} {name}",
                WallFacts(
                    f"agree_{view}",
                    title=titles.get(view, "Hvad skal vi aftale om vores fester og alt det andet?"),
                    heading=joined if view == "joined" else (),
                    line="Det aftaler vi" if view == "joined" else "",
                    lines=("Svar på hvert forslag for sig.",) if view in ("ready", "open") else (),
                    proposals=rows,
                    page=page,
                    count=far if view in ("open", "joining") else None,
                    **FRAME,
                ),
            )


# Sixty letters each, as many as a choice may have.
LONGEST_CHOICES = (
    "Sige nej og sammen finde på noget andet, som barnet kan have",
    "Ringe til de andre forældre i klassen, før der bliver svaret",
    "Give dem med og aftale, hvornår og hvordan barnet skal hjem",
    "Lade barnet bestemme og tale om det med hinanden bagefter nu",
)
STORY = (
    "Der er fest hos en fra klassen, og alle er inviteret.",
    "Et barn vil have tre øl med.",
    "”Alle de andre får dem med hjemmefra,” siger barnet.",
)
DILEMMA = Step(
    StepKind.DILEMMA,
    title="Øl med til festen",
    text=STORY,
    question="Et barn vil gerne have tre øl med til fest hos en fra klassen. Hvad ville være bedst for alle?",
    choices=LONGEST_CHOICES,
    discuss=("Hvad taler for hvert af de fire svar?", "Hvad ville gøre det lettere for forældrene?"),
    talk_minutes=8,
)


def votes(choices: tuple[str, ...], first: tuple[int, ...], second: tuple[int, ...]) -> WallFacts:
    """Both votes on a dilemma with these choices."""
    return dilemma(replace(DILEMMA, choices=choices), Phase.BOTH, Rounds(first, second))


def dilemma(step: Step, phase: Phase, rounds: Rounds | None = None) -> WallFacts:
    """A dilemma's wall in that phase."""
    run = Run(replace(LESSON, steps=(step,)), present=25, turn=9, position=0, phases=(phase,), frozen=True)
    counts = Counts(seats=25, admitted=25, answered=18, expected=25, done=18)
    snapshot = Snapshot("", "MW7P", "live", run, "", FRAME["group"], False, "", counts, {}, {}, dilemma=rounds)
    return wall_facts(snapshot, TODAY, "da")


def _ten_lines() -> tuple[str, ...]:
    short = "Du må springe alt over. Vi viser ikke, hvem der gør det."
    long = "Dine svar ligger under et tilfældigt nummer, mens timen kører. De bliver slettet, når timen er slut."
    return (long, short, short, long, short, long, short, short, long, short)


def _cases() -> Iterator[tuple[Topic, Shown]]:
    def case(topic: str, **answers: Any) -> tuple[Topic, Shown]:
        return LESSON.topic(topic), judged(LESSON.topic(topic), **answers)

    yield case("left-handed", k=3, guess=SPREAD)
    yield case("speak-up", k=18, guess=of_24(at8=10, at10=10), protecting=22)
    yield case("alcohol-weekly", k=1, n=24, N=25, guess=SPREAD, country=LATEST)
    topic, older = case("ecig-ever", k=4, n=24, N=25, guess=SPREAD, protecting=20, country=OLDER)
    yield topic, replace(older, figure=OLDER, reveals=tuple(dict.fromkeys((*older.reveals, Phase.COUNTRY))))
    yield case("nicotine-ok", n=24, N=25, others_attitude=SPREAD)
    yield case("expected", k=6, n=24, N=25, guess=of_24(at10=10, at14=10), protecting=21)
    yield case("expected", k=2, n=33, N=34, guess=OF_100, country=LATEST)


def summary(view: str, *cases: tuple[Topic, Shown]) -> WallFacts:
    """What was found, after every press of these topics; the first five of those that are said."""
    shown = [(topic, seen(value, value.reveals)) for topic, value in cases if topic.polarity is not Polarity.NEUTRAL]
    every = [(topic, value, words.found(topic, value, "da")) for topic, value in shown]
    said = [(topic, value, one) for topic, value, one in every if one][:5]
    all_found = [one for _topic, _value, one in said]
    return WallFacts(
        view,
        lines=tuple(one.sentence for one in all_found),
        rows=tuple((one.title, one.numbers("da")) for one in all_found),
        description=words.summary_description(all_found, "da"),
        picture=summary_picture(said, "da"),
        **FRAME,
    )


def reveal(topic: Topic, shown: Shown, phase: Phase, kind: str = "histogram") -> WallFacts:
    """One press of a show step, told by that kind of chart."""
    guess = topic.others or topic.others_approve
    question = guess.hundred if guess else ""
    said = words.revealed(topic, shown, phase, question=question, today=TODAY, lang="da")
    return WallFacts(
        "reveal",
        title=said.title,
        heading=said.heading,
        line=said.line,
        topic=topic.title,
        source=said.source,
        rows=said.rows,
        description=said.description,
        picture=reveal_picture(kind, topic, shown, phase, dict(said.labels), "da"),
        **FRAME,
    )


def both() -> WallFacts:
    """The guesses asked again, two more topics below them."""
    topic = LESSON.topic("ecig-ever")
    own = judged(topic, k=4, n=24, N=25, guess=SPREAD, protecting=20).own
    assert own is not None
    said = words.again_said(topic, SPREAD, AGAIN, own, "da")
    return WallFacts(
        "both",
        title=said.title,
        heading=said.heading,
        line=said.line,
        lines=(f"{topic.title}: {said.title} {said.rows[-1][0]}: 0-3.",) * 2,
        topic=topic.title,
        rows=said.rows,
        description=said.description,
        picture=again_picture(SPREAD, AGAIN, own, dict(said.labels)),
        **FRAME,
    )
