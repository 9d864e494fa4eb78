"""What of one finished run may stand on a poster (P11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clicker.lesson import NotNow
from clicker.report.finished import NoReport, on_the_wall
from clicker.safety import leaving
from clicker.safety.posters import of_class
from clicker.store import RunRecord, Transaction
from clicker.words.posters import PosterWords, Whose, not_told_posters, poster_words


@dataclass(frozen=True)
class Offer:
    """One claim that may be printed, without the country's figure and, where it may stand there, with it."""

    topic: str
    title: str
    plain: PosterWords
    with_country: PosterWords | None = None

    def words(self, *, country: bool) -> PosterWords:
        return self.with_country if country and self.with_country else self.plain


@dataclass(frozen=True)
class RunPosters:
    """A run's posters in the order of showing. Where the class was not told before, `note` says so."""

    run_id: str
    title: str
    school: str
    group: str
    note: str
    offers: tuple[Offer, ...]


def of_run(tx: Transaction, run_id: str, *, today: date, lang: str) -> RunPosters:
    """Raises NoReport for an unknown or discarded run, NotNow while it is live."""
    record = tx.run(run_id)
    if record is None or record.status == "discarded":
        raise NoReport(run_id)
    if record.status != "finished":
        raise NotNow("posters")
    lesson = record.run.lesson
    return RunPosters(
        run_id=record.id,
        title=lesson.title,
        school=record.school,
        group=record.group,
        note="" if lesson.told else not_told_posters(lang),
        offers=_offers(tx, record, today, lang),
    )


def _offers(tx: Transaction, record: RunRecord, today: date, lang: str) -> tuple[Offer, ...]:
    lesson = record.run.lesson
    whose = Whose(lesson.audience, record.school, record.group, (held_on(record),))
    found = []
    for name, shown in on_the_wall(record.run, tx.results(record.id)).items():
        topic = lesson.topic(name)
        claim = of_class(topic, leaving(shown, topic, told=lesson.told))
        if claim is not None:
            plain = poster_words(topic, claim, whose, today=today, lang=lang)
            more = poster_words(topic, claim, whose, today=today, lang=lang, country=True) if claim.figure else None
            found.append(Offer(name, topic.title, plain, more))
    return tuple(found)


def held_on(record: RunRecord) -> date:
    """The day that is printed: of the counting, else of the last press."""
    return (record.evaluated_on or record.touched).date()
