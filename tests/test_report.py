"""The report of a finished run, its table and the sheets: what leaves the room (P7, P11), and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from builders import (
    TODAY,
    agree,
    ask,
    attitude_topic,
    figure,
    guesses,
    judged,
    lesson,
    neutral_topic,
    prompt,
    risk_topic,
    show,
)

from clicker import library
from clicker.lesson import Audience, Kind, Lesson, NotNow, Phase, Run, Sensitivity, StepKind, Topic, Verdict
from clicker.report import Finding, NoReport, Report, build, csv_bytes, sheet
from clicker.safety import Shown, shown_to_data
from clicker.store import RunRecord, Store, Transaction

GOLDEN = Path(__file__).parent / "golden" / "report.csv"
HELD = datetime(2026, 3, 2, 9, 30)

ALCOHOL = risk_topic(
    approve=prompt(Kind.APPROVE, healthy="synes ikke, det er i orden"),
    others=prompt(Kind.OTHERS, text="Hvor mange af de {others} andre her drikker alkohol hver uge?"),
)
SNUS = replace(ALCOHOL, id="snus", title="Snus", healthy="bruger ikke snus")
PERSONAL = replace(ALCOHOL, sensitivity=Sensitivity.S1)
HAND = neutral_topic(title="Venstre hånd", healthy="skriver med venstre hånd")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/clicker.db", durable=False)
    yield opened
    opened.close()


@pytest.fixture
def klasse_7() -> Lesson:
    return library.lesson("klasse-7")


def finished(
    store: Store,
    shown: dict[str, Shown],
    held: Lesson,
    *,
    stopped: dict[str, Phase] | None = None,
    agreement: dict[str, Any] | None = None,
    status: str = "finished",
    **run: Any,
) -> str:
    """A run whose wall showed all that was allowed, unless `stopped` names the last reveal of a topic."""
    last = {topic: value.reveals[-1] for topic, value in shown.items() if value.reveals} | (stopped or {})
    phases = tuple(
        last.get(step.topics[0], Phase.READY) if step.kind is StepKind.SHOW else Phase.CLOSED for step in held.steps
    )
    reveals = {topic: value.reveals for topic, value in shown.items()}
    values = {"present": 25, "evaluated": frozenset(shown), "reveals": reveals, "finished": True} | run
    record = RunRecord(
        id="r1",
        code="ABCD",
        status=status,
        run=Run(held, phases=phases, **values),
        school="Skolen",
        group="7.B",
        created=HELD,
        touched=HELD,
        dark=False,
        choices={},
        marks=frozenset(),
        evaluated_on=HELD,
    )

    def work(tx: Transaction) -> None:
        tx.delete_run("r1")
        tx.add_run(record)
        for topic, value in shown.items():
            tx.keep_result("r1", topic, 1, shown_to_data(value))
        if agreement:
            tx.keep_result("r1", "agree0", 1, agreement)

    store.write(work)
    return "r1"


def reported(store: Store, shown: dict[str, Shown], held: Lesson, **changes: Any) -> Report:
    run_id = finished(store, shown, held, **changes)
    return store.read(lambda tx: build(tx, run_id, today=TODAY, lang="en"))


def report_of(store: Store, topic: Topic, shown: Shown, **changes: Any) -> Report:
    return reported(store, {topic.id: shown}, lesson(topic), **changes)


def the_finding(report: Report) -> Finding:
    assert len(report.findings) == 1
    return report.findings[0]


def rows(report: Report) -> list[list[str]]:
    return [line.split(";") for line in csv_bytes(report).decode("utf-8-sig").splitlines()]


def test_the_second_guess_stands_in_the_report_where_the_wall_came_to_it(store: Store) -> None:
    run_id = finished(store, {ALCOHOL.id: judged(ALCOHOL)}, lesson(ALCOHOL))
    data = {"top": 25, "step": 1, "counts": [0, 0, 0, 12, 12, *[0] * 21]}
    store.write(lambda tx: tx.keep_result(run_id, ALCOHOL.id, 2, data))
    report = store.read(lambda tx: build(tx, run_id, today=TODAY, lang="en"))
    again = the_finding(report).again
    assert again is not None
    assert again.text == "The second time we guessed 4 of 25 (24 guesses)."
    assert ["Alkohol", "Second guess", "3,5", "3,5", "25", again.text] in rows(report)


def test_without_a_second_guess_the_report_has_none(store: Store) -> None:
    assert the_finding(report_of(store, ALCOHOL, judged(ALCOHOL))).again is None


def test_the_head_says_whose_report_it_is_and_when_it_was_held(store: Store) -> None:
    report = report_of(store, ALCOHOL, judged(ALCOHOL))
    assert (report.title, report.school, report.group, report.present) == ("Social pejling", "Skolen", "7.B", 25)
    assert report.day == "March 2, 2026"


def test_p11_own_s2_in_the_lower_band_is_a_sentence_without_loose_numbers(store: Store) -> None:
    answer = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, k=2))).answer
    assert answer is not None
    assert answer.text == "At least 22 of the 25 who answered drikker ikke alkohol hver uge."
    assert (answer.low, answer.high, answer.of) == (None, None, None)


def test_p11_own_s2_outside_the_lower_band_leaves_no_count(store: Store) -> None:
    shown = judged(ALCOHOL, k=5, n=25)
    assert shown.own is not None
    finding = the_finding(report_of(store, ALCOHOL, shown))
    assert finding.answer is None
    assert finding.guess is not None
    assert finding.attitude is not None


def test_p11_one_file_for_every_count_of_s2_outside_the_lower_band(store: Store) -> None:
    files = {csv_bytes(report_of(store, ALCOHOL, judged(ALCOHOL, k=k))) for k in (4, 5, 6)}
    assert len(files) == 1


def test_p7_one_report_for_every_count_of_a_hidden_topic(store: Store) -> None:
    hidden = [judged(ALCOHOL, k=k, protecting=8, country=figure(4)) for k in range(4, 26)]
    assert {shown.verdict for shown in hidden} == {Verdict.HIDE}
    reports = {report_of(store, ALCOHOL, shown) for shown in hidden}
    assert len(reports) == 1
    assert len({csv_bytes(report) for report in reports}) == 1


def test_p7_of_a_hidden_topic_there_is_its_title_and_its_word(store: Store) -> None:
    report = report_of(store, ALCOHOL, judged(ALCOHOL, k=13, protecting=8))
    assert report.findings == ()
    assert [(topic.title, topic.word) for topic in report.hidden] == [("Alkohol", "is passed over")]
    assert rows(report)[1:] == [["Alkohol", "", "", "", "", "is passed over"]]


def test_p11_a_class_that_was_not_told_has_a_report_without_numbers(store: Store) -> None:
    shown = {ALCOHOL.id: judged(ALCOHOL), SNUS.id: judged(SNUS, k=13, protecting=8)}
    chosen = {"title": "Aftale", "proposals": ["Vi spørger"], "counts": [9], "chosen": [0]}
    report = reported(store, shown, lesson(ALCOHOL, SNUS, told=False), agreement=chosen)
    assert report.note
    assert (report.present, report.findings, report.hidden, report.agreements) == (None, (), (), ())
    assert len(rows(report)) == 2


def test_what_the_wall_did_not_come_to_show_does_not_leave(store: Store) -> None:
    report = report_of(store, ALCOHOL, judged(ALCOHOL), stopped={ALCOHOL.id: Phase.READY})
    assert report.findings == ()
    assert [topic.word for topic in report.hidden] == ["was not on the wall"]


def test_a_topic_that_stopped_at_its_guesses_does_not_leave(store: Store) -> None:
    assert report_of(store, ALCOHOL, judged(ALCOHOL), stopped={ALCOHOL.id: Phase.GUESSES}).findings == ()


def test_a_line_after_the_last_reveal_does_not_leave(store: Store) -> None:
    finding = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL), stopped={ALCOHOL.id: Phase.OWN}))
    assert finding.answer is not None
    assert finding.attitude is None


def test_a_country_that_the_consultant_opened_is_in_the_report(store: Store) -> None:
    assert opened(store, PERSONAL).references


def test_p11_of_s2_outside_the_lower_band_the_opened_country_stays_in_the_room(store: Store) -> None:
    assert opened(store, ALCOHOL).references == ()


def opened(store: Store, topic: Topic) -> Finding:
    """A topic that 8 of 25 do, whose country the consultant has opened after the attitude line."""
    shown = judged(topic, k=8, guess=45, country=figure(44))
    assert shown.openable
    reveals = (*shown.reveals, Phase.COUNTRY)
    return the_finding(report_of(store, topic, shown, stopped={topic.id: Phase.COUNTRY}, reveals={topic.id: reveals}))


def test_a_country_that_was_not_opened_is_not_in_the_report(store: Store) -> None:
    finding = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, k=8, guess=45, country=figure(44))))
    assert finding.references == ()


def test_the_country_stands_with_its_source_per_hundred_of_the_healthy_side(store: Store) -> None:
    finding = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, country=figure(9))))
    (country,) = finding.references
    assert (country.said.low, country.said.high, country.said.of) == (91, 91, 100)
    assert "91 of 100" in country.said.text
    assert "En undersøgelse" in country.source


def test_a_bound_under_one_percent_becomes_at_least_99(store: Store) -> None:
    country = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, country=figure(1, bound="<")))).references[0].said
    assert (country.low, country.high) == (99, 100)


def test_the_guesses_are_said_beside_an_answer_that_leaves_the_room(store: Store) -> None:
    finding = the_finding(report_of(store, PERSONAL, judged(PERSONAL, k=6, guess=60)))
    assert finding.beside == "Of 20 guesses 20 were too high, 0 were about right and 0 were too low."


@pytest.mark.parametrize("few", [{"guess": guesses(60, 11)}, {"guess": guesses(33, 24), "n": 20, "N": 24, "k": 5}])
def test_g11_without_its_headline_no_guess_is_called_too_high(store: Store, few: dict[str, Any]) -> None:
    shown = judged(PERSONAL, **({"k": 6} | few))
    assert Phase.OWN in shown.reveals
    assert the_finding(report_of(store, PERSONAL, shown)).beside == ""


def test_beside_a_rare_answer_the_guesses_are_not_counted(store: Store) -> None:
    assert the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, k=2, guess=40))).beside == ""


def test_beside_an_answer_that_stays_in_the_room_nothing_is_said_of_guesses(store: Store) -> None:
    assert the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, k=8, guess=60))).beside == ""


def test_the_guess_stands_with_its_question_as_it_was_asked(store: Store) -> None:
    finding = the_finding(report_of(store, ALCOHOL, judged(ALCOHOL, guess=40)))
    assert finding.question == "Hvor mange af de 24 andre her drikker alkohol hver uge?"
    assert finding.guess is not None
    assert finding.guess.text == "On average we guessed 40 of 100 (20 guesses)."


def test_an_attitude_shown_instead_has_the_question_of_the_others_attitude(store: Store) -> None:
    topic = attitude_topic(approve=prompt(Kind.APPROVE, healthy="synes ikke, det er i orden"))
    finding = the_finding(report_of(store, topic, judged(topic, protecting=20, others_attitude=60)))
    assert (finding.verdict, finding.question) == (Verdict.SHOW_ATTITUDE, "others_approve?")
    assert finding.attitude is not None
    assert (finding.attitude.low, finding.attitude.of) == (20, 25)


def test_own_s1_is_counted_on_the_healthy_side(store: Store) -> None:
    topic = replace(ALCOHOL, sensitivity=Sensitivity.S1)
    answer = the_finding(report_of(store, topic, judged(topic, k=5))).answer
    assert answer is not None
    assert (answer.low, answer.high, answer.of) == (20, 20, 25)


def test_findings_stand_in_the_order_of_showing(store: Store) -> None:
    held = lesson(ALCOHOL, SNUS, steps=(ask("alcohol-weekly", "snus"), show("snus"), show("alcohol-weekly")))
    report = reported(store, {ALCOHOL.id: judged(ALCOHOL), SNUS.id: judged(SNUS)}, held)
    assert [finding.topic for finding in report.findings] == ["snus", "alcohol-weekly"]


def test_of_an_agreement_the_chosen_proposals_leave_and_no_votes(store: Store) -> None:
    proposals = ["Vi spørger", "Vi lytter", "Vi siger fra"]
    kept = {"title": "Klasseaftale", "proposals": proposals, "counts": [9, 2, 8], "chosen": [0, 2]}
    report = reported(store, {}, lesson(steps=(agree(*proposals),)), agreement=kept)
    assert [(one.title, one.chosen) for one in report.agreements] == [("Klasseaftale", ("Vi spørger", "Vi siger fra"))]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_is_run_as_a_formula(store: Store, title: str) -> None:
    topic = replace(ALCOHOL, title=title)
    report = report_of(store, topic, judged(topic, k=13, protecting=8))
    assert csv_bytes(report).decode("utf-8-sig").splitlines()[1].startswith(f"'{title};")


def test_the_table_is_the_golden_file(store: Store) -> None:
    shown = {
        HAND.id: judged(HAND, k=4, guess=10),
        ALCOHOL.id: judged(ALCOHOL, k=2, guess=38, country=figure(3, high=4.5)),
        SNUS.id: judged(SNUS, k=13, protecting=8),
    }
    proposals = ["Vi spørger; vi gætter ikke", "Vi lytter"]
    kept = {"title": "Klasseaftale", "proposals": proposals, "counts": None, "chosen": [0]}
    topics = lesson(HAND, ALCOHOL, SNUS)
    held = replace(topics, steps=(*topics.steps, agree(*proposals)))
    assert csv_bytes(reported(store, shown, held, agreement=kept)) == GOLDEN.read_bytes()


def test_a_live_run_has_no_report(store: Store) -> None:
    run_id = finished(store, {}, lesson(), status="live")
    with pytest.raises(NotNow):
        store.read(lambda tx: build(tx, run_id, today=TODAY, lang="en"))


def test_an_unknown_run_has_no_report(store: Store) -> None:
    with pytest.raises(NoReport):
        store.read(lambda tx: build(tx, "nobody", today=TODAY, lang="en"))


def test_a_discarded_run_has_no_report(store: Store) -> None:
    run_id = finished(store, {}, lesson(), status="discarded")
    with pytest.raises(NoReport):
        store.read(lambda tx: build(tx, run_id, today=TODAY, lang="en"))


def test_a_sheet_has_every_question_that_may_be_asked(klasse_7: Lesson) -> None:
    asked = (*klasse_7.asked_topics(), *(klasse_7.topic(topic) for topic in klasse_7.reserve))
    prompts = [prompt.text.replace("{others} ", "") for topic in asked for prompt in topic.prompts()]
    printed = [
        question.text for subject in sheet(klasse_7, "parents", TODAY, "en").subjects for question in subject.questions
    ]
    assert set(prompts) <= set(printed)
    assert not any("{" in text for text in printed)


def test_every_question_of_a_sheet_ends_with_the_way_not_to_answer(klasse_7: Lesson) -> None:
    subjects = sheet(klasse_7, "parents", TODAY, "en").subjects
    answers = [question.answers for subject in subjects for question in subject.questions]
    assert all(text.endswith(("/ Skip", "/ Don't know")) for text in answers)


def test_a_sheet_lists_yes_before_no(klasse_7: Lesson) -> None:
    questions = [one for subject in sheet(klasse_7, "parents", TODAY, "en").subjects for one in subject.questions]
    assert "Yes / No / Skip" in {question.answers for question in questions}


def test_a_sheet_says_that_an_agreement_is_kept(klasse_7: Lesson) -> None:
    lines = [line for part in sheet(klasse_7, "parents", TODAY, "en").after for line in part.lines]
    assert any("its agreement are kept" in line for line in lines)


def test_a_sheet_says_what_parents_may_see_where_the_class_is_told(klasse_7: Lesson) -> None:
    seen = sheet(klasse_7, "parents", TODAY, "en").after[2]
    assert seen.heading == "What may parents see?"
    assert seen.lines[2].startswith("Alkohol hver uge, E-cigaret (vape): Only")


@pytest.mark.parametrize("lesson_id", ["klasse-5", "klasse-7", "ungdom-1", "foraeldre-5-6", "personale"])
def test_p11_a_sheet_says_that_numbers_are_added_together_and_stand_on_posters(lesson_id: str) -> None:
    told = library.lesson(lesson_id)
    for kind in ("parents", "teacher"):
        seen = sheet(told, kind, TODAY, "en").after[2].lines
        assert seen[1] == "They can be added to those of other groups. A sentence can stand on a poster."
        private = any("begins with “At least”" in line for line in seen)
        assert ("On a poster these are always of several groups together." in seen) == private


def test_a_sheet_of_a_lesson_that_does_not_tell_promises_no_numbers(klasse_7: Lesson) -> None:
    seen = sheet(replace(klasse_7, told=False), "parents", TODAY, "en").after[2]
    assert seen.lines == ("The numbers of the group are not shown to parents or others.",)


def test_only_the_teacher_gets_the_steps_with_minutes_and_what_to_avoid(klasse_7: Lesson) -> None:
    teacher = sheet(klasse_7, "teacher", TODAY, "en")
    assert sum(step.minutes for step in teacher.steps) == sum(step.minutes for step in klasse_7.steps)
    assert any(step.avoid for step in teacher.steps)
    assert sheet(klasse_7, "parents", TODAY, "en").steps == ()


def test_the_teacher_is_told_that_a_topic_can_be_left_out(klasse_7: Lesson) -> None:
    parts = sheet(klasse_7, "teacher", TODAY, "en").before
    assert any("left out" in line for part in parts for line in part.lines)


def test_a_sheet_for_a_meeting_of_adults_speaks_of_no_child(klasse_7: Lesson) -> None:
    adults = sheet(replace(klasse_7, audience=Audience.PARENTS), "parents", TODAY, "en")
    lines = [line for part in (*adults.before, *adults.after) for line in part.lines]
    assert adults.heading == "To you who take part"
    assert not any("child" in line or "pupil" in line for line in lines)


def test_there_are_two_kinds_of_sheets(klasse_7: Lesson) -> None:
    with pytest.raises(ValueError, match="poster"):
        sheet(klasse_7, "poster", TODAY, "en")
