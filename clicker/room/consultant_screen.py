"""What the consultant may know. While the screen may be mirrored on the wall: no list, nothing of what comes next."""

from __future__ import annotations

from datetime import date

from clicker import words
from clicker.lesson import (
    Move,
    Phase,
    Run,
    Sensitivity,
    Step,
    StepKind,
    current,
    moves,
    phase,
    reserve_offered,
)
from clicker.lesson.run import COUNTRY_REASONS, coming_reveal, has_more_prompts
from clicker.room.progress import count_facts
from clicker.room.screens import Button, ConsultantFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_screen import wall_facts


def consultant_facts(snapshot: Snapshot, today: date, lang: str, *, private: bool) -> ConsultantFacts:
    run = snapshot.run
    step, now = current(run), phase(run)
    wall = wall_facts(snapshot, today, lang)
    topic = run.lesson.topic(step.topics[0]) if step and step.kind is StepKind.SHOW else None
    # While the screen may be mirrored, a topic's name must not stand there before the wall has said it.
    named = topic is not None and (private or wall.topic)
    return ConsultantFacts(
        run_id=snapshot.run_id,
        code=snapshot.code,
        lang=lang,
        turn=run.turn,
        status=snapshot.status,
        title=run.lesson.title,
        school=snapshot.school,
        group=snapshot.group,
        private=private,
        steps=_steps(run, lang, private),
        heading=(topic.title if topic else "") if named else step.title if step else "",
        text=step.text if step else (),
        notes=(topic.notes if topic and named else "") or (step.notes if step else ""),
        avoid=(topic.avoid if topic and named else "") or (step.avoid if step else ""),
        minutes=step.minutes if step else 0,
        started=snapshot.started,
        wall_now=wall.title or wall.view,
        coming=_coming(snapshot, today, lang) if private else "",
        verdicts=_verdicts(snapshot, lang) if private else (),
        buttons=_buttons(run, snapshot, lang),
        count=count_facts(run, snapshot.counts, "consultant", lang),
        present=run.present,
        seats=snapshot.counts.seats,
        frozen=run.frozen,
        dark=snapshot.dark,
        proposals=_to_choose(snapshot, step, now),
        reserve=tuple((topic, run.lesson.topic(topic).title) for topic in reserve_offered(run)) if private else (),
        reserve_wanted=bool(reserve_offered(run)),
        country_reasons=COUNTRY_REASONS if Move.OPEN_COUNTRY in moves(run) and private else (),
        told=run.lesson.told,
        sensitive=any(topic.sensitivity is not Sensitivity.S0 for topic in run.lesson.asked_topics()),
    )


def _steps(run: Run, lang: str, private: bool) -> tuple[tuple[str, str], ...]:
    """The steps with their state. Where the screen may be mirrored, the topics to show are one line (G15)."""
    _ = words.catalogue(lang).gettext
    rows: list[tuple[str, str]] = []
    for index, step in enumerate(run.lesson.steps):
        state = "done" if index < run.position or run.finished else "now" if index == run.position else "later"
        if step.kind is not StepKind.SHOW:
            rows.append((step.title, state))
        elif private:
            if step.topics[0] not in run.evaluated or run.reveals.get(step.topics[0]):
                rows.append((_("Show: {topic}").format(topic=run.lesson.topic(step.topics[0]).title), state))
        elif rows and rows[-1][0] == _("Show the answers"):
            rows[-1] = (rows[-1][0], state if state == rows[-1][1] else "now")
        else:
            rows.append((_("Show the answers"), state))
    return tuple(rows)


def _coming(snapshot: Snapshot, today: date, lang: str) -> str:
    """What the next press would put on the wall, in its own title."""
    run = snapshot.run
    step, word = current(run), coming_reveal(run)
    if step is None or word is None or step.kind is not StepKind.SHOW:
        return ""
    topic = run.lesson.topic(step.topics[0])
    shown = snapshot.shown[topic.id]
    return words.revealed(topic, shown, word, question=snapshot.question(topic, shown), today=today, lang=lang).title


def _verdicts(snapshot: Snapshot, lang: str) -> tuple[tuple[str, str, str], ...]:
    """P7: the private list: title, one of four words, one fixed explanation; in the order of asking."""
    rows = []
    for topic in snapshot.run.lesson.asked_topics():
        shown = snapshot.shown.get(topic.id)
        if shown is not None:
            word, why = words.verdict_word(shown.verdict, lang), words.verdict_explanation(shown.verdict, lang)
            rows.append((topic.title, word, why))
    return tuple(rows)


_SECONDARY = (Move.BACK, Move.REOPEN, Move.ADMIT, Move.OPEN_COUNTRY, Move.RESERVE, Move.SKIP, Move.FINISH)
_WITH_FORM = (Move.CHOOSE, Move.OPEN_COUNTRY, Move.RESERVE)


def _buttons(run: Run, snapshot: Snapshot, lang: str) -> tuple[Button, ...]:
    possible = [name for name in moves(run) if name not in _WITH_FORM]
    if snapshot.counts.seats == snapshot.counts.admitted:
        possible = [name for name in possible if name is not Move.ADMIT]
    if Move.EVALUATE in possible and has_more_prompts(run):
        possible.remove(Move.EVALUATE)
    leading = [name for name in possible if name not in _SECONDARY]
    if not leading and possible and possible[-1] is Move.FINISH and Move.CHOOSE not in moves(run):
        leading = [Move.FINISH] if Move.SKIP not in possible else [Move.SKIP]
    primary = leading[0] if leading else None
    coming = coming_reveal(run)
    return tuple(Button(str(name), words.move_label(name, coming, lang), name is primary) for name in possible)


def _to_choose(snapshot: Snapshot, step: Step | None, now: Phase) -> tuple[tuple[int, str, bool], ...]:
    if step is None or step.kind is not StepKind.AGREE or now not in (Phase.CLOSED, Phase.CHOSEN):
        return ()
    picked = snapshot.run.chosen.get(snapshot.run.position, ())
    counts = snapshot.agreement or (0,) * len(step.proposals)
    order = sorted(range(len(step.proposals)), key=lambda index: (-counts[index], index))
    likely = picked or tuple(order[:4])
    return tuple((index, step.proposals[index], index in likely) for index in order)
