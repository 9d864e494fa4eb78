"""What was said about a lesson when it closed: for the consultant, never in what leaves the room (P11)."""

from __future__ import annotations

from dataclasses import dataclass

from clicker.lesson import NotNow
from clicker.report.finished import NoReport
from clicker.safety.votes import Votes
from clicker.store import Transaction
from clicker.words.votes import closing_line, degree_words


@dataclass(frozen=True)
class Closing:
    """One closing question: its answers with how many gave each, and the same in a sentence; `votes` are None where
    too few answered."""

    question: str
    answers: tuple[str, ...]
    votes: Votes | None
    said: str


@dataclass(frozen=True)
class Closed:
    """The closing questions of one finished run."""

    run_id: str
    title: str
    school: str
    group: str
    questions: tuple[Closing, ...]


def closing(tx: Transaction, run_id: str, lang: str) -> Closed:
    """What was answered about a finished run. Raises NoReport for an unknown or discarded run, NotNow while it is
    live."""
    record = tx.run(run_id)
    if record is None or record.status == "discarded":
        raise NoReport(run_id)
    if record.status != "finished":
        raise NotNow("report")
    kept = sorted(tx.results(run_id).items())
    found = [data for _name, data in kept if "closing" in data]
    questions = (_question(data["closing"], data["counts"] and tuple(data["counts"]), lang) for data in found)
    return Closed(run_id, record.run.lesson.title, record.school, record.group, tuple(questions))


def _question(text: str, votes: Votes | None, lang: str) -> Closing:
    return Closing(text, degree_words(lang), votes, closing_line(votes, lang))
