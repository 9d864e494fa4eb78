"""Parents and staff: they guess about each other and about pupils of the country, and are told only what is true."""

from __future__ import annotations

import random

import pytest
from classroom import SKIP, Classroom

from clicker import library
from clicker.lesson import Move, Phase, Polarity, Verdict
from clicker.report.finished import Report, build
from clicker.room import Rooms, WallFacts, facts
from clicker.room.children import alone
from clicker.store import Store

# A meeting of each lesson: how many come.
MEETINGS = {"foraeldre-5-6": 17, "foraeldre-7-9": 18, "personale": 14}
OTHERS_HERE = ("de andre", "andre her", "andre forældre")


def believes_too_much(number: int, prompt: str, offered: list[str]) -> str:
    """Nearly all answer what protects; everybody guesses about half of what could be guessed."""
    topic_id, kind, _round = prompt.split(".")
    if kind in ("agreement", "dilemma", "closing"):
        return offered[number % (len(offered) - 1)]
    numbers = sorted(token for token in offered if token != SKIP)
    if kind in ("others", "others_approve"):
        spread = random.Random(f"{number} {prompt}").uniform(0.35, 0.65)
        return numbers[round(spread * (len(numbers) - 1))]
    topic = next(t for name in MEETINGS for t in library.lesson(name).topics if t.id == topic_id)
    says_yes = topic.polarity is not Polarity.RISK if kind == "own" else topic.approve.protective == "agree"  # type: ignore[union-attr]
    return numbers[-1] if says_yes is (number > 1) else numbers[0]


class Meeting:
    """A meeting held to its end, and what stood on the wall after each press."""

    def __init__(self, rooms: Rooms, lesson: str) -> None:
        self.lesson = alone(library.lesson(lesson))
        self.walls: list[WallFacts] = []
        self.room = Classroom.open(rooms, self.lesson, size=MEETINGS[lesson], group="Et møde")
        self.room.hold(believes_too_much, look=self._look)

    def _look(self) -> None:
        wall = facts(self.room.snapshot, "wall", today=self.room.rooms.today(), lang="da")
        assert isinstance(wall, WallFacts)
        self.walls.append(wall)

    @property
    def about_others(self) -> list[str]:
        """Titles of the shown topics that are guesses about pupils of the country."""
        return [topic.title for topic in self.lesson.asked_topics() if topic.grades]

    def reveals(self, title: str) -> list[WallFacts]:
        return [wall for wall in self.walls if wall.view == "reveal" and wall.topic == title]


@pytest.fixture(params=sorted(MEETINGS))
def meeting(request: pytest.FixtureRequest, rooms: Rooms) -> Meeting:
    return Meeting(rooms, request.param)


def test_everything_is_shown_where_guesses_were_far_off(meeting: Meeting) -> None:
    shown = meeting.room.snapshot.shown
    assert {topic: value.verdict for topic, value in shown.items() if not value.reveals} == {}
    attitudes = {topic.id for topic in meeting.lesson.asked_topics() if topic.approve and not topic.own}
    assert attitudes == {topic for topic, value in shown.items() if value.verdict is Verdict.SHOW_ATTITUDE}


def test_of_pupils_in_the_country_nobody_says_that_they_are_the_others_here(meeting: Meeting) -> None:
    assert meeting.about_others
    for title in meeting.about_others:
        guessed, country = meeting.reveals(title)
        assert "i hele landet" in guessed.line
        assert "klasse" in country.title
        for wall in (guessed, country):
            said = " ".join((wall.title, wall.line, wall.description, *map(" ".join, wall.rows)))
            assert [words for words in OTHERS_HERE if words in said] == []


def test_the_end_sums_up_what_we_answered_and_what_pupils_answered(meeting: Meeting) -> None:
    found = meeting.walls[-2]
    topics = [topic for topic in meeting.lesson.asked_topics() if topic.polarity is not Polarity.NEUTRAL]
    assert found.view == "help"
    assert len(found.lines) == len(topics)
    assert len([line for line in found.lines if "der svarede" in line]) == len(topics) - len(meeting.about_others)


def test_the_last_wall_has_the_sentences_to_take_along(meeting: Meeting) -> None:
    assert (meeting.walls[-1].view, meeting.walls[-1].lines) == ("keep", meeting.lesson.keep)


def test_the_report_holds_guesses_about_pupils_against_the_country_alone(meeting: Meeting, store: Store) -> None:
    rooms = meeting.room.rooms
    report: Report = store.read(lambda tx: build(tx, meeting.room.run_id, today=rooms.today(), lang="da"))
    found = {finding.title: finding for finding in report.findings}
    for title in meeting.about_others:
        finding = found[title]
        assert (finding.answer, finding.attitude, finding.beside) == (None, None, "")
        assert finding.guess is not None
        assert finding.references
        assert "af 100" in finding.guess.text


def test_no_grown_up_is_held_against_a_pupil_s_figure(meeting: Meeting) -> None:
    for topic in meeting.lesson.asked_topics():
        shown = meeting.room.snapshot.shown[topic.id]
        assert (shown.figure is not None) is bool(topic.grades), topic.id
        assert (Phase.COUNTRY in shown.reveals) is bool(topic.grades), topic.id


def test_the_meeting_is_finished(meeting: Meeting) -> None:
    assert meeting.room.pressed[-1] is Move.FINISH
    assert meeting.room.snapshot.status == "finished"
