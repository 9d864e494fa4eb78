"""`clicker lessons check`: every mistake of a lesson file in one run, each with its line and its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clicker import library
from clicker.cli import main
from clicker.lesson import as_data

MISTAKES = Path(__file__).parent / "mistakes" / "tyve-fejl.yaml"
SHIPPED = Path(__file__).parent.parent / "norms_data" / "lessons"
KLASSE_7 = (SHIPPED / "klasse-7.yaml").read_text(encoding="utf-8")


def planted() -> list[tuple[int, str]]:
    """(line, key) of every mistake, from the notes that stand behind them."""
    lines = MISTAKES.read_text(encoding="utf-8").splitlines()
    notes = [(number, re.search(r"# <- (.+)$", line)) for number, line in enumerate(lines, 1)]
    return [(number, key) for number, note in notes if note for key in note[1].split(", ")]


def found(text: str, name: str = "klasse-7.yaml") -> list[tuple[str, str]]:
    """(key, what is wrong) of everything that is wrong with a file of that text."""
    _lesson, problems = library.check_file(name, text.encode())
    return [(problem.key, str(problem).partition(": ")[2]) for problem in problems]


def changed(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """What is wrong with the 7th grade's lesson after these replacements."""
    text = KLASSE_7
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return found(text)


def test_twenty_mistakes_are_twenty_findings_in_one_run() -> None:
    _lesson, problems = library.check_file(MISTAKES.name, MISTAKES.read_bytes())
    assert len(planted()) == 20
    assert sorted((problem.line, problem.key) for problem in problems) == sorted(planted())


def test_the_command_prints_them_all_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "check", str(MISTAKES)]) == 1
    *said, last = capsys.readouterr().out.splitlines()
    assert len(said) == 20
    for line, key in planted():
        assert any(f"linje {line}, {key}: " in sentence for sentence in said), (line, key)
    assert last == "20 fejl. Ret dem, og tjek igen."


def test_every_finding_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lessons", "check", str(MISTAKES), "--lang", "en"])
    *said, _last = capsys.readouterr().out.splitlines()
    assert all(re.fullmatch(r".+: .+; .+", sentence) for sentence in said)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_correct_lesson_gets_one_friendly_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "check", str(path)]) == 0
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith(f"{path}: ingen fejl.")


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "check", str(tmp_path / "x.yaml")]) == 1
    assert "kan ikke åbnes" in capsys.readouterr().err


def test_the_lessons_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "list"]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()} == {
        lesson.id for lesson in library.lessons()
    }


# One mistake is one finding: what merely follows from it is not said.


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("polarity: protective", "polarity: god", "topics.speak-up.polarity"),
        ("sensitivity: S2", "sensitivity: S3", "topics.alcohol-weekly.sensitivity"),
        ("    approve:\n", "    aprove:\n", "topics.speak-up.aprove"),
        ("others_100: Hvor", "other_100: Hvor", "topics.left-handed.other_100"),
        ("- say: Velkommen", "- sig: Velkommen", "steps.1.sig"),
        ("audience: pupils", "audience: elever", "audience"),
        ("told: true", "told: ja", "told"),
        ('own: {text: "Skriver du med venstre hånd?", type: yes_no}', "own: Skriver du?", "topics.left-handed.own"),
        ("reserve: [alcohol-ever, liquorice]", "reserve: [alcohol-ever, alcohol-ever]", "reserve"),
        ("version: 1", "version: første", "version"),
    ],
)
def test_a_mistake_brings_no_others(old: str, new: str, key: str) -> None:
    keys = [found for found, _what in changed((old, new))]
    # A step without a known word says so once more.
    assert keys in ([key], [key.rpartition(".")[0], key], [key, key.rpartition(".")[0]])


def test_an_unreadable_value_hides_no_other_mistake() -> None:
    said = changed(
        ("period: weekly", "period: altid"), ("sensitivity: S2", "sensitivity: S0"), ("told: true", "told: 1")
    )
    assert [key for key, _what in said] == ["told", "topics.alcohol-weekly.sensitivity", "topics.alcohol-weekly.period"]


def test_a_slip_of_the_pen_in_a_step_is_one_finding() -> None:
    said = changed(("ask: [speak-up, alcohol-weekly", "ask: [speak-up, alcohol-wekly"))
    assert [key for key, _what in said] == ["steps.5"]


JUNK: tuple[Any, ...] = (None, True, -1, 3.5, 10**30, "", "x", "x" * 3000, [], [1], ["a", "a"], {}, {"id": "x"}, [[]])


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in the data."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from places(part, (*path, key))


@pytest.mark.parametrize("seed", range(30))
def test_whatever_stands_where_it_should_not_is_told(seed: int) -> None:
    chance = Random(seed)
    data = deepcopy(as_data(chance.choice(library.lessons())))
    for _mistake in range(chance.randint(1, 6)):
        *way, last = chance.choice(list(places(data)))
        there: Any = data
        for key in way:
            there = there[key]
        if chance.random() < 0.7:
            there[last] = deepcopy(chance.choice(JUNK))
        else:
            del there[last]
    _lesson, problems = library.check_data(data)
    assert all(str(problem).endswith(".") for problem in problems)


# What is no lesson at all


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a block of keys"),
        ("- 1\n- 2\n", "not a block of keys"),
        ("a: &x [1]\nb: *x\n", "points from here to another place"),
        ("a: !!python/object:os.system {}\n", "not YAML"),
        ("[" * 5000, "not YAML"),
        ("a: 0b_\n", "not YAML"),
        ("a: 1\n---\nb: 2\n", "not YAML"),
        ("a: \x00\n", "not YAML"),
    ],
)
def test_what_is_no_lesson_is_said_in_a_sentence(text: str, says: str) -> None:
    lesson, problems = library.check_file("x.yaml", text.encode())
    assert lesson is None
    assert any(says in str(problem) for problem in problems), problems


def test_a_yaml_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    said = found("\n".join(lines), "x.yaml")
    assert [what for _key, what in said] == ["the file points from here to another place (*); write out what is meant."]


def test_a_date_is_text() -> None:
    assert [key for key, _what in changed(("title: Hvad gør de andre egentlig?", "title: 2026-13-45"))] == []


def test_a_fourth_sentence_to_take_along_is_one_too_many() -> None:
    said = changed(("keep:\n", "keep:\n  - Vi lytter.\n"))
    assert said == [("keep", "the list is longer than 3; make it shorter.")]
