"""The content that comes with the program is valid, for the program and for everybody else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from clicker import library

DATA = Path(__file__).parent.parent / "norms_data"


@pytest.mark.filterwarnings("ignore")
def test_the_data_package_is_valid_for_everybody() -> None:
    import frictionless

    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_shipped_content_has_no_problems() -> None:
    assert [str(problem) for problem in library.problems()] == []


def test_every_lesson_file_is_used() -> None:
    assert {lesson.id for lesson in library.lessons()} == {path.stem for path in (DATA / "lessons").glob("*.yaml")}


def test_a_figure_is_current_for_six_years_and_for_vapes_three() -> None:
    with (DATA / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years = 3 if row["indicator"].startswith("ecig") else 6
            assert int(row["valid_until"]) == int(row["year"]) + years, row["id"]
