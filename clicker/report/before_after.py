"""A finished follow-up beside its first run, for the consultant only: it holds exact counts that stay there (P11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clicker import words
from clicker.charts import Mark, bars_rows
from clicker.lesson import NotNow, Topic, TwinKind, revealed
from clicker.measures import rounded
from clicker.report.finished import NoReport
from clicker.safety import BeforeAfter, Both, Shown, Span, before_after, seen, shown_from_data
from clicker.store import RunRecord, Transaction
from clicker.words import before_after as said
from clicker.words.report import not_reached_word
from clicker.words.spreadsheet import table_bytes


@dataclass(frozen=True)
class Picture:
    """The drawing of one time; both times have the same axis, 0 to 100. `rows` are the chart's datasets."""

    kind: str
    rows: dict[str, Any]
    said: str


@dataclass(frozen=True)
class Pair:
    """The pictures of both times, and whom they count."""

    counted: str
    times: tuple[Picture, Picture]


@dataclass(frozen=True)
class Compared:
    """One number of a topic at both times, in words; `both` are the numbers themselves."""

    what: str
    before: str
    after: str
    points: str
    relative: str
    both: Both


@dataclass(frozen=True)
class Subject:
    """A topic that was on the wall both times."""

    id: str
    title: str
    rows: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    note: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Hidden:
    """P7: a topic of which one time or both showed nothing: its word at each."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class TwoTimes:
    """The whole page. `days` and `present` are the first time's and the follow-up's."""

    run_id: str
    lang: str
    title: str
    school: str
    group: str
    days: tuple[str, str]
    present: tuple[int | None, int | None]
    warnings: tuple[str, ...]
    subjects: tuple[Subject, ...]
    hidden: tuple[Hidden, ...]


class NoFirstRun(LookupError):
    """The first run of this follow-up was deleted."""


def build_two_times(tx: Transaction, run_id: str, *, today: date, lang: str) -> TwoTimes:
    """A finished follow-up beside its first run.

    Raises NoReport for a run that is unknown or no follow-up, NotNow while it is live, NoFirstRun.
    """
    before, after = both_runs(tx, run_id)
    subjects, hidden = _topics(tx, before, after, today, lang)
    present = (before.run.present, after.run.present)
    return TwoTimes(
        run_id=run_id,
        lang=lang,
        title=after.run.lesson.title,
        school=after.school,
        group=after.group,
        days=(day_of(before, lang), day_of(after, lang)),
        present=present,
        warnings=said.compared_warnings(present, lang),
        subjects=subjects,
        hidden=hidden,
    )


def both_runs(tx: Transaction, run_id: str) -> tuple[RunRecord, RunRecord]:
    """The first run and its finished follow-up. Raises what `build_two_times` raises."""
    after = tx.run(run_id)
    if after is None or after.status == "discarded" or after.twin is None or after.twin.kind is not TwinKind.FOLLOWUP:
        raise NoReport(run_id)
    if after.status != "finished":
        raise NotNow("before_after")
    before = tx.run(after.twin.runs[0])
    if before is None or before.status != "finished":
        raise NoFirstRun(run_id)
    return before, after


def two_times_csv(page: TwoTimes) -> bytes:
    """The same as a file for a spreadsheet; numbers in whole percent, hidden topics with their words only."""
    return table_bytes(said.compared_columns(page.lang), _csv_rows(page))


def _csv_rows(page: TwoTimes) -> Iterator[tuple[str, ...]]:
    for subject in page.subjects:
        for row in subject.rows:
            numbers = [text for span in (row.both.before, row.both.after) for text in _numbers(span)]
            yield (subject.title, row.what, *numbers, row.points, row.relative, subject.pairs[0].counted)
    for hidden in page.hidden:
        yield (hidden.title, *([""] * 9), f"{page.days[0]}: {hidden.before}. {page.days[1]}: {hidden.after}.")


def _numbers(span: Span) -> tuple[str, str, str]:
    return str(rounded(span.low)), str(rounded(span.high)), str(span.of)


def day_of(record: RunRecord, lang: str) -> str:
    """When its answers were counted."""
    return words.day((record.evaluated_on or record.created).date(), lang)


def _topics(
    tx: Transaction, before: RunRecord, after: RunRecord, today: date, lang: str
) -> tuple[tuple[Subject, ...], tuple[Hidden, ...]]:
    """Every topic that was counted at either time, those of the first run first."""
    first, second = kept_of(tx, before), kept_of(tx, after)
    subjects, hidden = [], []
    asked = {topic.id: topic for record in (after, before) for topic in record.run.lesson.asked_topics()}
    order = dict.fromkeys(topic.id for record in (before, after) for topic in record.run.lesson.asked_topics())
    for topic in (asked[name] for name in order):
        one, other = first.get(topic.id), second.get(topic.id)
        both = before_after(walled(before, one), walled(after, other), topic) if one and other else None
        if both is not None and other is not None:
            reference = _reference(topic, walled(after, other), both, today, lang)
            subjects.append(replace(subject_of(topic, both, lang), reference=reference))
        elif one or other:
            hidden.append(Hidden(topic.title, _word(before, one, lang), _word(after, other, lang)))
    return tuple(subjects), tuple(hidden)


def kept_of(tx: Transaction, record: RunRecord) -> dict[str, Shown]:
    """The public value of each topic that was counted."""
    return {
        topic: shown_from_data(data)
        for (topic, number), data in tx.results(record.id).items()
        if number == 1 and topic in record.run.evaluated
    }


def walled(record: RunRecord, shown: Shown) -> Shown:
    """Only what stood on the wall is set beside anything."""
    return seen(shown, revealed(record.run, shown.topic))


def _word(record: RunRecord, shown: Shown | None, lang: str) -> str:
    if shown is None:
        return said.not_seen_word(lang)
    if shown.reveals and not walled(record, shown).reveals:
        return not_reached_word(lang)
    return words.verdict_word(shown.verdict, lang)


def subject_of(topic: Topic, both: BeforeAfter, lang: str) -> Subject:
    """The topic's numbers in words and pictures."""
    attitude = topic.attitude.healthy if topic.attitude is not None else ""
    behaviour = both.own is not None or not both.attitude
    counted = topic.healthy if behaviour and topic.is_behaviour else attitude
    pairs = [Pair(counted, _pair(both.guess, both.own if behaviour else both.attitude, lang))]
    if behaviour and both.attitude:
        pairs.append(Pair(attitude, _pair(None, both.attitude, lang)))
    named = (
        (said.what_guess(lang), both.guess, True),
        (said.what_own(lang), both.own, False),
        (said.what_attitude(attitude, lang) if behaviour else said.what_own(lang), both.attitude, False),
    )
    return Subject(
        id=topic.id,
        title=topic.title,
        rows=tuple(_row(what, one, lang, guesses=guesses) for what, one, guesses in named if one is not None),
        pairs=tuple(pairs),
        note=said.edge_note(lang) if both.edge else "",
    )


def _row(what: str, both: Both, lang: str, *, guesses: bool) -> Compared:
    before, after = (said.span_text(span, lang, guesses=guesses) for span in (both.before, both.after))
    return Compared(what, before, after, said.points_text(both, lang), said.relative_text(both, lang), both)


def _pair(guess: Both | None, answer: Both | None, lang: str) -> tuple[Picture, Picture]:
    return (
        _picture(guess.before if guess else None, answer.before if answer else None, lang),
        _picture(guess.after if guess else None, answer.after if answer else None, lang),
    )


def _picture(guess: Span | None, answer: Span | None, lang: str) -> Picture:
    bars = said.bar_labels(guess, answer, lang)
    marks = [Mark(role, rounded(span.low), rounded(span.high), label) for role, span, label in bars]
    return Picture("two_bars" if guess else "one_bar", bars_rows(marks), ". ".join(label for _, _, label in bars))


def _reference(topic: Topic, after: Shown, both: BeforeAfter, today: date, lang: str) -> str:
    """What guesses alone were held against."""
    if both.own or both.attitude or after.figure is None:
        return ""
    country = words.reference_sentence(topic, after.figure, today, lang)
    return f"{country}. {words.source_line(after.figure, today, lang)}"
