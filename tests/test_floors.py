"""The house itself: arrows only go down, types hold, style holds, files stay small. Run by the tools used by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
LONGEST_FILE = 300


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--check", "--no-cache", "."],
        ["mypy"],
    ],
    ids=lambda command: " ".join(command),
)
def test_it_passes(command: list[str]) -> None:
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_outgrows_three_hundred_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)} ({lines})"
        for path in (ROOT / "clicker").rglob("*.py")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE
    ]
    assert not long


def test_commits_and_code_speak_of_the_project_alone() -> None:
    roots = ("/" + "work/", "/" + "root/", "/" + "home/")
    for folder in ("clicker", "tests", "norms_data", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".html", ".yaml", ".csv", ".json", ".po", ""} and path.is_file():
                text = path.read_text(errors="ignore")
                assert not any(root in text for root in roots), path
