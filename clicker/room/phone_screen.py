"""What all phones of a run get: the open questions, or that there is something to look at."""

from __future__ import annotations

from typing import Any

from clicker.lesson import (
    ANSWERING,
    SKIPPED,
    AnswerType,
    Asked,
    Kind,
    Phase,
    Run,
    StepKind,
    asked_in,
    choices,
    current,
    open_now,
    phase,
)
from clicker.room.screens import PhoneFacts, PromptFacts
from clicker.room.snapshot import Snapshot
from clicker.words.agreement import who_joins_hint, who_joins_question
from clicker.words.answers import answer_labels, no_answer_label
from clicker.words.votes import closing_hint


def phone_facts(snapshot: Snapshot, lang: str) -> PhoneFacts:
    run = snapshot.run
    common: dict[str, Any] = {
        "turn": run.turn,
        "code": snapshot.code,
        "group": snapshot.group,
        "lang": lang,
        "audience": str(run.lesson.audience),
    }
    if snapshot.over:
        helps = next((step.text for step in run.lesson.steps if step.kind is StepKind.HELP), ())
        return PhoneFacts("finished", lines=helps, keep=run.lesson.keep, **common)
    step, now = current(run), phase(run)
    if step is None:
        return PhoneFacts("lobby", **common)
    if now in ANSWERING:
        return PhoneFacts("ask", prompts=_prompts(run, lang), **common)
    if step.kind is StepKind.HELP:
        closing = _prompts(run, lang)
        return PhoneFacts("help", title=step.title, lines=step.text, keep=run.lesson.keep, prompts=closing, **common)
    if step.kind is StepKind.SHOW and now is not Phase.READY:
        return PhoneFacts("look", guess_of=step.topics[0], **common)
    if step.kind is StepKind.TALK or now is Phase.TALK:
        return PhoneFacts("talk", **common)
    return PhoneFacts("wait", **common)


def _prompts(run: Run, lang: str) -> tuple[PromptFacts, ...]:
    step = current(run)
    assert step is not None
    asked = open_now(run)
    # The two votes on a dilemma are one question.
    everything = asked if step.kind is StepKind.DILEMMA else asked_in(run, step)
    return tuple(prompt_facts(run, item, everything.index(item) + 1, len(everything), lang) for item in asked)


def prompt_facts(run: Run, asked: Asked, number: int, of: int, lang: str) -> PromptFacts:
    """One question as a phone shows it, with its place among those asked."""
    tokens = choices(run, asked)
    labels = answer_labels(asked.type, asked.prompt.options, tokens, lang)
    offered = tuple(zip(tokens, labels, strict=True))
    if asked.type is AnswerType.YES_NO:
        offered = offered[::-1]
    way_out = (SKIPPED, no_answer_label(asked.address.kind, lang))
    grid = asked.type in (AnswerType.COUNT, AnswerType.COUNT_ALL, AnswerType.HUNDRED, AnswerType.AGE)
    text, hint = _said(asked, lang)
    return PromptFacts(str(asked.address), text, (*offered, way_out), grid, number, of, hint)


def _said(asked: Asked, lang: str) -> tuple[str, str]:
    """The question, and what stands by it: with a proposal, what the proposals are about."""
    if asked.type is AnswerType.WITH2:
        return who_joins_question(lang), who_joins_hint(lang)
    if asked.address.kind is Kind.CLOSING:
        return asked.text, closing_hint(lang)
    return asked.text, asked.title if asked.type is AnswerType.SUPPORT3 else ""
