"""What the wall may know: the public values of evaluated topics, in the order of the presses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from clicker import words
from clicker.lesson import (
    Phase,
    Polarity,
    Sensitivity,
    Step,
    StepKind,
    Topic,
    again_topics,
    current,
    open_now,
    phase,
    revealed,
)
from clicker.room.dilemma_screen import wall_dilemma
from clicker.room.pictures import again_picture, chart_of, reveal_picture, summary_picture
from clicker.room.progress import count_facts
from clicker.room.screens import WallFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_agreement import wall_agree
from clicker.safety import Shown, seen


def wall_facts(snapshot: Snapshot, today: date, lang: str) -> WallFacts:
    run = snapshot.run
    seats = max(run.present or 0, snapshot.counts.admitted) if run.frozen else snapshot.counts.seats
    common: dict[str, Any] = {
        "turn": run.turn,
        "code": snapshot.code,
        "group": snapshot.group,
        "lang": lang,
        "present": seats,
    }
    if snapshot.dark:
        return WallFacts("dark", **common)
    if snapshot.over:
        return _wall_finished(snapshot, today, lang, common)
    step, now = current(run), phase(run)
    if step is None:
        return WallFacts("join", count=count_facts(run, snapshot.counts, "wall", lang), **common)
    match step.kind:
        case StepKind.SHOW:
            return _wall_show(snapshot, step, now, today, lang, common)
        case StepKind.ASK | StepKind.AGAIN:
            return _wall_ask(snapshot, step, now, lang, common)
        case StepKind.DILEMMA:
            return wall_dilemma(snapshot, step, now, lang, common)
        case StepKind.AGREE:
            return wall_agree(snapshot, step, now, lang, common)
        case StepKind.HELP:
            return _wall_help(snapshot, step, today, lang, common)
        case _:
            return WallFacts(str(step.kind), title=step.title, lines=step.text, **common)


def _wall_help(snapshot: Snapshot, step: Step, today: date, lang: str, common: Mapping[str, Any]) -> WallFacts:
    """What was found; where nothing was, the step's own words."""
    findings = _findings(snapshot, today, lang)
    if findings["lines"]:
        return WallFacts("help", title=step.title, **findings, **common)
    return WallFacts(str(StepKind.SAY), title=step.title, lines=snapshot.run.lesson.keep or step.text, **common)


def _wall_finished(snapshot: Snapshot, today: date, lang: str, common: Mapping[str, Any]) -> WallFacts:
    """The sentences to take along, once the help step has shown what was found; else what was found."""
    run = snapshot.run
    last = run.lesson.steps[run.position] if run.position >= 0 else None
    if last is not None and last.kind is StepKind.HELP and run.lesson.keep:
        return WallFacts("keep", title=last.title, lines=run.lesson.keep, **common)
    return WallFacts("finished", **_findings(snapshot, today, lang), **common)


def _wall_ask(snapshot: Snapshot, step: Step, now: Phase, lang: str, common: Mapping[str, Any]) -> WallFacts:
    run = snapshot.run
    if now is Phase.BOTH:
        return _wall_both(snapshot, step, lang, common)
    if now is not Phase.OPEN:
        if now is Phase.READY:
            return WallFacts("ask_ready", title=step.title, lines=step.text, **common)
        return WallFacts("ask_closed", title=step.title, **common)
    asked = open_now(run)
    count = count_facts(run, snapshot.counts, "wall", lang)
    neutral = step.together and len(asked) == 1 and asked[0].sensitivity is Sensitivity.S0
    title = asked[0].text if neutral else step.title
    return WallFacts("ask_open", title=title, lines=step.text, count=count, **common)


def _wall_both(snapshot: Snapshot, step: Step, lang: str, common: Mapping[str, Any]) -> WallFacts:
    """The re-asked guesses: of the topics with enough of them, the first; the others stand below as sentences."""
    said = []
    picture = None
    for topic_id in again_topics(snapshot.run, step):
        shown, after = snapshot.shown[topic_id], snapshot.again.get(topic_id)
        if after is None or shown.guesses is None or shown.own is None:
            continue
        topic = snapshot.run.lesson.topic(topic_id)
        text = words.again_said(topic, shown.guesses, after, shown.own, lang)
        if picture is None:
            picture = again_picture(shown.guesses, after, shown.own, dict(text.labels))
        said.append((topic.title, text))
    if not said:
        return WallFacts("ask_closed", title=step.title, **common)
    first = said[0][1]
    lines = tuple(f"{title}: {text.title} {dict(text.labels)['own']}." for title, text in said[1:])
    return WallFacts(
        "both",
        title=first.title,
        heading=first.heading,
        line=first.line,
        lines=lines,
        topic=said[0][0],
        rows=first.rows,
        description=first.description,
        picture=picture,
        **common,
    )


def _wall_show(
    snapshot: Snapshot, step: Step, now: Phase, today: date, lang: str, common: Mapping[str, Any]
) -> WallFacts:
    topic = snapshot.run.lesson.topic(step.topics[0])
    shown = snapshot.shown.get(topic.id)
    if shown is None or not shown.reveals:
        # Not counted yet, or nothing to show: neither is ever said of a topic by name (G15).
        return WallFacts("counting", **common)
    if now is Phase.READY:
        return WallFacts(
            "show_ready", topic=topic.title, title=topic.title, line=words.ready_line(shown, lang), **common
        )
    said = words.revealed(topic, shown, now, question=snapshot.question(topic, shown), today=today, lang=lang)
    kind = chart_of(snapshot.run.lesson, topic, shown, simple=snapshot.simple_pictures)
    return WallFacts(
        "reveal",
        title=said.title,
        heading=said.heading,
        line=said.line,
        topic=topic.title,
        source=said.source,
        rows=said.rows,
        description=said.description,
        picture=reveal_picture(kind, topic, shown, now, dict(said.labels), lang),
        **common,
    )


def _findings(snapshot: Snapshot, today: date, lang: str) -> dict[str, Any]:
    """What was found, in the order of showing: sentences, and picture and table of what the group itself answered."""
    seen_topics = _seen_topics(snapshot)
    answered = [(*both, found) for both in seen_topics if (found := words.found(*both, lang))]
    all_found = [found for _topic, _shown, found in answered]
    sentences = [words.finding(*both, today, lang) for both in seen_topics]
    return {
        "lines": tuple(sentence for sentence in sentences if sentence),
        "rows": tuple((one.title, one.numbers(lang)) for one in all_found),
        "description": words.summary_description(all_found, lang) if all_found else "",
        "picture": summary_picture(answered, lang),
        "source": words.summary_source([shown for _topic, shown, _found in answered], today, lang),
    }


def _seen_topics(snapshot: Snapshot) -> list[tuple[Topic, Shown]]:
    """The topics as far as the wall has shown them; one not shown is not there (P7), nor is a neutral one."""
    listed = []
    for step in snapshot.run.lesson.steps:
        if step.kind is StepKind.SHOW and step.topics[0] in snapshot.shown:
            topic = snapshot.run.lesson.topic(step.topics[0])
            shown = seen(snapshot.shown[topic.id], revealed(snapshot.run, topic.id))
            if topic.polarity is not Polarity.NEUTRAL and shown.reveals:
                listed.append((topic, shown))
    return listed
