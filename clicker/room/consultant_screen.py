"""What the consultant may know. While the screen may be mirrored on the wall: no list, nothing of what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clicker import words
from clicker.lesson import (
    ANSWERING,
    COUNTRY_REASONS,
    Move,
    Phase,
    Run,
    Sensitivity,
    Step,
    StepKind,
    Topic,
    coming_reveal,
    current,
    has_more_prompts,
    move,
    moves,
    phase,
    reserve_offered,
)
from clicker.lesson.agreement import CHOSEN_PHASES, more_pages
from clicker.room.agreement import NO_VOTES
from clicker.room.consultant_agreement import agreeing, proposal_lines
from clicker.room.progress import count_facts
from clicker.room.screens import Button, ConsultantFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_screen import wall_facts
from clicker.words.agreement import agreement_label
from clicker.words.votes import closing_line, dilemma_label


@dataclass(frozen=True)
class Desk(ConsultantFacts):
    """The consultant's screen with the wall beside it, now and after the next press; None while mirrored."""

    now: WallFacts | None = None
    following: WallFacts | None = None


def consultant_facts(snapshot: Snapshot, today: date, lang: str, *, private: bool) -> Desk:
    run = snapshot.run
    step, now = current(run), phase(run)
    wall = wall_facts(snapshot, today, lang)
    buttons = _buttons(run, snapshot, lang)
    following = _following(snapshot, buttons, today, lang) if private else None
    topic = run.lesson.topic(step.topics[0]) if step and step.kind is StepKind.SHOW else None
    # While the screen may be mirrored, a topic's name must not stand there before the wall has said it.
    hidden = topic is not None and not (private or wall.topic)
    return Desk(
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
        heading=_heading(run, step, None if hidden else topic, lang, private),
        text=_wall_lines(wall, lang),
        # What the help step puts on the phones; whoever holds the lesson reads it aloud.
        phones=_on_the_phones(run, step),
        notes="" if hidden else _both(step.notes if step else "", topic.notes if topic else ""),
        avoid="" if hidden else _both(step.avoid if step else "", topic.avoid if topic else ""),
        minutes=0 if step is None else step.talk_minutes if now is Phase.TALK else step.minutes,
        started=snapshot.started,
        wall_now=_on_the_wall(wall, lang),
        coming=_on_the_wall(following, lang) if following else "",
        verdicts=_verdicts(snapshot, lang) if private else (),
        buttons=buttons,
        count=count_facts(run, snapshot.counts, "consultant_private" if private else "consultant", lang),
        present=run.present,
        seats=snapshot.counts.seats,
        frozen=run.frozen,
        dark=snapshot.dark,
        agreeing=agreeing(snapshot, step, now, lang),
        reserve=tuple((topic, run.lesson.topic(topic).title) for topic in reserve_offered(run)) if private else (),
        reserve_wanted=private and bool(reserve_offered(run)),
        country_reasons=COUNTRY_REASONS if Move.OPEN_COUNTRY in moves(run) and private else (),
        told=run.lesson.told,
        sensitive=any(topic.sensitivity is not Sensitivity.S0 for topic in run.lesson.asked_topics()),
        children=words.children_notes(_left_out(snapshot), _apart(snapshot), lang) if private and step is None else (),
        now=wall if private else None,
        following=following,
        closing=tuple((text, closing_line(votes, lang)) for text, votes in snapshot.closing) if private else (),
        closed=bool(snapshot.closing),
    )


def _on_the_phones(run: Run, step: Step | None) -> tuple[str, ...]:
    if step is None or step.kind is not StepKind.HELP:
        return ()
    return (*run.lesson.closed_by(step), *run.lesson.keep, *step.text)


def _left_out(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    return tuple((one.title, one.why) for one in snapshot.children.out) if snapshot.children else ()


def _apart(snapshot: Snapshot) -> str:
    return snapshot.children.apart if snapshot.children else ""


def _both(first: str, second: str) -> str:
    """The step's own words and the topic's, a line each."""
    return "\n".join(part for part in (first, second) if part)


def _heading(run: Run, step: Step | None, topic: Topic | None, lang: str, private: bool) -> str:
    if step is None:
        return ""
    return topic.title if topic else _step_title(run, step, lang, private)


def _step_title(run: Run, step: Step, lang: str, private: bool) -> str:
    _ = words.catalogue(lang).gettext
    if step.kind is StepKind.SHOW:
        return _("Show: {topic}").format(topic=run.lesson.topic(step.topics[0]).title) if private else _show(lang)
    if step.title or not private or not step.topics:
        return step.title or _("Questions")
    return run.lesson.topic(step.topics[0]).title


def _show(lang: str) -> str:
    return words.catalogue(lang).gettext("Show the answers")


def _steps(run: Run, lang: str, private: bool) -> tuple[tuple[str, str], ...]:
    """The steps with their state. Where the screen may be mirrored, the topics to show are one line (G15)."""
    rows: list[tuple[str, str]] = []
    merged = False
    for index, step in enumerate(run.lesson.steps):
        state = "done" if index < run.position or run.finished else "now" if index == run.position else "later"
        shows = step.kind is StepKind.SHOW
        if shows and private and step.topics[0] in run.evaluated and not run.reveals.get(step.topics[0]):
            continue
        if shows and not private and merged:
            rows[-1] = (rows[-1][0], state if state == rows[-1][1] else "now")
        else:
            rows.append((_step_title(run, step, lang, private), state))
        merged = shows and not private
    return tuple(rows)


# The presses whose effect on the wall is known beforehand.
_FORESEEN = (Move.START, Move.NEXT, Move.SKIP, Move.REVEAL)


def _following(snapshot: Snapshot, buttons: tuple[Button, ...], today: date, lang: str) -> WallFacts | None:
    """The wall as the next press would make it, where that is known without asking anybody anything."""
    run, step = snapshot.run, current(snapshot.run)
    name = next((Move(button.move) for button in buttons if button.primary), None)
    # What a vote came to is read with the press that shows it.
    again = step is not None and step.kind in (StepKind.AGAIN, StepKind.DILEMMA)
    if name not in _FORESEEN or (name is Move.REVEAL and again) or has_more_prompts(run):
        return None
    return wall_facts(replace(snapshot, run=move(run, name), dark=False, agreement=NO_VOTES), today, lang)


def _on_the_wall(wall: WallFacts, lang: str) -> str:
    """The wall's title, or the name of a view that has none."""
    _ = words.catalogue(lang).gettext
    names = {
        "join": _("The QR code and the code"),
        "dark": _("A black screen"),
        "counting": _("We count the answers"),
        "finished": _("What we found"),
        "help": _("What we found"),
    }
    return names.get(wall.view) or wall.title


def _wall_lines(wall: WallFacts, lang: str) -> tuple[str, ...]:
    """What stands under the wall's title."""
    _ = words.catalogue(lang).gettext
    if wall.view in ("ask_ready", "ask_closed", "dilemma_closed"):
        return (_("Have your phone ready.") if wall.view == "ask_ready" else _("Answers are closed."),)
    page = (wall.page,) if wall.page else ()
    return (*wall.lines, *proposal_lines(wall.proposals, lang), *page)


def _verdicts(snapshot: Snapshot, lang: str) -> tuple[tuple[str, str, str], ...]:
    """P7: the private list: title, one of four words, one fixed explanation; in the order of asking."""
    rows = []
    for topic in snapshot.run.lesson.asked_topics():
        shown = snapshot.shown.get(topic.id)
        if shown is not None:
            word, why = words.verdict_word(shown.verdict, lang), words.verdict_explanation(shown.verdict, lang)
            rows.append((topic.title, word, why))
    return tuple(rows)


_SECONDARY = (Move.BACK, Move.REOPEN, Move.ADMIT, Move.SKIP, Move.FINISH, Move.PAGE)
_WITH_FORM = (Move.OPEN_COUNTRY, Move.RESERVE, Move.PROPOSE, Move.WITHDRAW)


def _buttons(run: Run, snapshot: Snapshot, lang: str) -> tuple[Button, ...]:
    """The moves that need no form of their own; the natural one is primary."""
    possible = [name for name in moves(run) if name not in _WITH_FORM]
    if snapshot.counts.seats == snapshot.counts.admitted and Move.ADMIT in possible:
        possible.remove(Move.ADMIT)
    if Move.EVALUATE in possible and has_more_prompts(run):
        possible.remove(Move.EVALUATE)
    if {Move.NEXT, Move.SKIP} <= set(possible) and not has_more_prompts(run):
        possible.remove(Move.SKIP)  # it would do the same
    primary, coming = _primary(run, possible), coming_reveal(run)
    return tuple(Button(str(name), _label(run, name, coming, lang), name is primary) for name in possible)


def _primary(run: Run, possible: list[Move]) -> Move | None:
    if Move.PAGE in possible and more_pages(run) and phase(run) not in ANSWERING:
        # Everybody sees every proposal before it goes on.
        return Move.PAGE
    leading = [name for name in possible if name not in _SECONDARY]
    if phase(run) in CHOSEN_PHASES:
        leading = [name for name in leading if name is not Move.CHOOSE]
    if leading:
        return leading[0]
    return next((name for name in (Move.SKIP, Move.FINISH) if name in possible), None)


def _label(run: Run, name: Move, coming: Phase | None, lang: str) -> str:
    step = current(run)
    if step is not None and step.kind is StepKind.AGREE:
        return agreement_label(name, phase(run), step.products, lang) or words.move_label(name, coming, lang)
    if step is not None and step.kind is StepKind.DILEMMA:
        return dilemma_label(name, phase(run), lang) or words.move_label(name, coming, lang)
    return words.move_label(name, coming, lang, asks=has_more_prompts(run))
