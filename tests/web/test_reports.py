"""The report, its table and the sheets as pages: who gets them, and how they print."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clicker import library
from clicker.lesson import Phase, Run, StepKind, Verdict
from clicker.measures import Histogram
from clicker.room import Loop, Rooms
from clicker.safety import Banded, Shown, shown_to_data
from clicker.store import RunRecord, Store, Transaction
from clicker.web import Config, create_app
from clicker.web.addresses import Addresses
from clicker.web.reports import render_sheet

HELD = datetime(2026, 3, 2, 9, 30)
ALCOHOL = Shown(
    "alcohol-weekly",
    Verdict.SHOW,
    (Phase.GUESSES, Phase.OWN),
    N=24,
    guesses=Histogram(23, 1, (0,) * 9 + (20,) + (0,) * 14),
    own=Banded(0, 3, 24),
)
EXPECTED = Shown("expected", Verdict.HIDE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/clicker.db", durable=False)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Flask:
    loop = Loop(lambda work, *args: work(*args), lambda work, *args: None, lambda seconds: None)
    rooms = Rooms(store, loop, choose_figures=library.figures_for, lang="en", clock=lambda: HELD)
    settings = Config(rooms, "secret", Addresses(["127.0.0.1"], 8000), "en")
    made, _ = create_app(settings, {"async_mode": "threading"})
    return made


@pytest.fixture
def anybody(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def holder(app: Flask) -> FlaskClient:
    """A browser with a consultant's session."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["consultant"] = True
    return client


def held(store: Store, status: str = "finished", **labels: str) -> str:
    """A run of klasse-7 that showed alcohol and hid another topic; its id."""
    lesson = library.lesson("klasse-7")
    shown = {value.topic: value for value in (ALCOHOL, EXPECTED)}
    phases = tuple(Phase.OWN if step.kind is StepKind.SHOW else Phase.ON for step in lesson.steps)
    reveals = {topic: value.reveals for topic, value in shown.items()}
    run = Run(lesson, present=24, phases=phases, evaluated=frozenset(shown), reveals=reveals, finished=True)
    names = {"school": "Skolen", "group": "7.B"} | labels
    record = RunRecord("r1", "ABCD", status, run, **names, **_stamps())

    def work(tx: Transaction) -> None:
        tx.add_run(record)
        for topic, value in shown.items():
            tx.keep_result("r1", topic, 1, shown_to_data(value))

    store.write(work)
    return "r1"


def _stamps() -> dict[str, Any]:
    times = {"created": HELD, "touched": HELD, "evaluated_on": HELD}
    return {**times, "dark": False, "choices": {}, "marks": frozenset()}


def test_the_report_page_says_what_was_found(store: Store, holder: FlaskClient) -> None:
    page = holder.get(f"/consultant/run/{held(store)}/report")
    assert page.status_code == 200
    text = page.get_data(as_text=True).replace("\u00a0", " ")
    assert "At least 21 of the 24 who answered drikker ikke alkohol hver uge." in text
    assert "Fordi andre forventede det: is passed over" in text
    assert 'href="/consultant">To the front page' in text


def test_the_report_page_takes_labels_as_text(store: Store, holder: FlaskClient) -> None:
    page = holder.get(f"/consultant/run/{held(store, group='<script>7.B')}/report").get_data(as_text=True)
    assert "<script>7.B" not in page
    assert "&lt;script&gt;7.B" in page


def test_the_table_is_a_file_for_a_spreadsheet(store: Store, holder: FlaskClient) -> None:
    answer = holder.get(f"/consultant/run/{held(store)}/report.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbfTopic;What;")


def test_a_live_run_has_no_report_yet(store: Store, holder: FlaskClient) -> None:
    assert holder.get(f"/consultant/run/{held(store, 'live')}/report").status_code == 409


@pytest.mark.parametrize("path", ["run/none/report", "run/none/report.csv", "lesson/none/sheet/parents"])
def test_what_is_not_there_is_not_found(holder: FlaskClient, path: str) -> None:
    assert holder.get(f"/consultant/{path}").status_code == 404


def test_there_is_no_third_kind_of_sheet(holder: FlaskClient) -> None:
    assert holder.get("/consultant/lesson/klasse-7/sheet/poster").status_code == 404


@pytest.mark.parametrize("path", ["run/r1/report", "run/r1/report.csv", "lesson/klasse-7/sheet/teacher"])
def test_only_a_consultant_gets_reports_and_sheets(store: Store, anybody: FlaskClient, path: str) -> None:
    held(store)
    assert anybody.get(f"/consultant/{path}").status_code == 403


@pytest.mark.parametrize("kind", ["parents", "teacher"])
def test_a_sheet_is_a_page(holder: FlaskClient, kind: str) -> None:
    page = holder.get(f"/consultant/lesson/klasse-7/sheet/{kind}")
    assert page.status_code == 200
    assert "Har du nogensinde prøvet" in page.get_data(as_text=True)


def test_a_sheet_as_a_file_needs_no_other_file() -> None:
    text = render_sheet(library.lesson("klasse-7"), "parents", date(2026, 3, 2), "da")
    assert "@page" in text
    assert "href=" not in text
    assert "src=" not in text


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "most"), [("parents", 1), ("teacher", 2)])
def test_a_sheet_prints_on_one_a4(tmp_path: Path, kind: str, most: int) -> None:
    """The parents' on one side, the teacher's on both."""
    browser = shutil.which("chromium")
    if browser is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    assert browser is not None
    page, printed = tmp_path / "sheet.html", tmp_path / "sheet.pdf"
    page.write_text(render_sheet(library.lesson("klasse-7"), kind, date(2026, 3, 2), "da"), encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/b"]
    subprocess.run(
        [browser, *flags, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=60
    )
    pages = printed.read_bytes().replace(b"/Type /Pages", b"").count(b"/Type /Page")
    assert 1 <= pages <= most
