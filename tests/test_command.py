"""The command as a user types it: each in a process of its own, with what it prints and how it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parent.parent
KEYS = "lesson seats votes_sent acknowledged stored lost seconds topics rows_per_person_after_finish"
TOPIC_KEYS = {"id", "guess_mean", "own", "gap_pp", "shown", "figure"}
PATIENCE = 60
LOCAL = ("--no-browser", "--host", "127.0.0.1")


def environment() -> dict[str, str]:
    return {**os.environ, "CI": "1", "PYTHONIOENCODING": "utf-8"}


def clicker(*arguments: str, patience: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "clicker", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=TOP, env=environment(), timeout=patience, check=False
    )


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[dict[str, Any]]:
    """`clicker run` on a free port; its links."""
    announced = folder / "links.json"
    command = [sys.executable, "-m", "clicker", "run", *LOCAL, "--port", "0", "--announce", str(announced)]
    command += ["--data", str(folder / "data"), *arguments]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=TOP, env=environment())
    try:
        end = time.monotonic() + PATIENCE
        while not announced.exists() and server.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        yield json.loads(announced.read_text())
    finally:
        server.terminate()
        server.wait(timeout=20)


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def checked() -> tuple[int, str, str]:
    """`clicker demo --check` once: exit status, output, complaints."""
    done = clicker("demo", "--check", *LOCAL, "--port", "0", patience=300)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def found(checked: tuple[int, str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(checked[1])
    return answer


@pytest.mark.slow
def test_the_check_prints_one_object_and_ends_well(checked: tuple[int, str, str]) -> None:
    status, out, complaints = checked
    assert (status, len(out.splitlines()), complaints) == (0, 1, "")


@pytest.mark.slow
def test_the_check_has_exactly_its_keys(found: dict[str, Any]) -> None:
    assert list(found) == KEYS.split()
    assert all(set(topic) == TOPIC_KEYS for topic in found["topics"])


@pytest.mark.slow
def test_the_check_loses_no_vote_and_leaves_no_row(found: dict[str, Any]) -> None:
    assert found["votes_sent"] == found["acknowledged"] == found["stored"] > 25
    assert (found["seats"], found["lost"], found["rows_per_person_after_finish"]) == (25, 0, 0)


@pytest.mark.slow
def test_the_check_shows_six_topics_one_of_them_without_own_answers(found: dict[str, Any]) -> None:
    assert len(found["topics"]) == 6
    assert len([topic for topic in found["topics"] if topic["own"] is None]) == 1


@pytest.mark.slow
def test_a_figure_of_the_check_has_value_unit_year_and_source(found: dict[str, Any]) -> None:
    figures = [topic["figure"] for topic in found["topics"] if topic["figure"]]
    assert figures
    assert all(set(figure) == {"value", "unit", "year", "source"} for figure in figures)


@pytest.mark.parametrize("kind", ["parents", "teacher"])
def test_a_sheet_is_one_page_that_needs_no_server(kind: str) -> None:
    done = clicker("sheet", "klasse-7", "--kind", kind)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.lstrip().lower().startswith("<!doctype html>")
    assert 'lang="da"' in done.stdout
    assert "<style" in done.stdout
    assert "<link" not in done.stdout


def test_a_sheet_speaks_english_when_told() -> None:
    english, danish = (clicker("sheet", "klasse-7", "--lang", lang).stdout for lang in ("en", "da"))
    assert 'lang="en"' in english
    assert english != danish


def test_an_unknown_lesson_is_said_in_one_line_with_those_there_are() -> None:
    done = clicker("sheet", "klasse-99")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = sentences(done.stderr)
    assert "klasse-99" in line
    assert "klasse-7" in line


def test_our_own_lessons_and_figures_have_no_error() -> None:
    done = clicker("check")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = sentences(done.stdout)
    assert re.fullmatch(r"Ingen fejl: \d+ lektioner og \d+ tal kan bruges\.", line)


def test_without_a_word_the_command_says_what_there_is() -> None:
    done = clicker()
    assert done.returncode == 2
    assert all(word in done.stdout for word in ("run", "demo", "sheet", "check"))


@pytest.mark.parametrize(("lang", "taken"), [("da", "optaget"), ("en", "taken")])
def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path, lang: str, taken: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        done = clicker("run", *LOCAL, "--port", str(port), "--lang", lang, "--data", str(tmp_path))
    assert done.returncode == 1
    (line,) = sentences(done.stderr)
    assert taken in line
    assert str(port) in line
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize(("lang", "word"), [("da", 'lang="da"'), ("en", 'lang="en"')])
def test_the_pages_speak_the_language_that_was_asked_for(tmp_path: Path, lang: str, word: str) -> None:
    with serving(tmp_path, "--lang", lang) as links:
        assert set(links) == {"consultant", "wall", "join", "port"}
        with urllib.request.urlopen(f"http://127.0.0.1:{links['port']}/", timeout=10) as answer:
            assert word in answer.read().decode()
            assert "Server" not in answer.headers


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence with which a command ended."""
    assert done.returncode == 1, done.stderr
    (line,) = sentences(done.stderr)
    return line


def test_one_program_at_a_time_serves_from_a_folder(tmp_path: Path) -> None:
    """A second one would move lessons whose phones hear only the first."""
    second = ("run", *LOCAL, "--port", "0", "--data", str(tmp_path / "data"))
    with serving(tmp_path):
        assert "kører allerede" in refusal(clicker(*second))
    with serving(tmp_path) as links:
        assert links["port"]


@pytest.mark.parametrize(
    "command",
    [
        ("run", *LOCAL, "--port", "0"),
        ("figures", "list"),
        ("figures", "add", "norms_data/figures.csv", "--municipality", "T"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_file_that_is_no_database_is_said_in_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "clicker.db").write_bytes(b"no database at all" * 1000)
    assert "clicker.db" in refusal(clicker(*command, "--data", str(tmp_path)))


def test_a_folder_that_is_a_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "kan ikke bruges" in refusal(clicker("run", *LOCAL, "--port", "0", "--data", str(tmp_path / "file")))


@pytest.mark.parametrize("seats", ["0", "-3", "many"])
def test_a_class_of_nobody_is_refused(seats: str) -> None:
    done = clicker("demo", "--check", f"--seats={seats}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
