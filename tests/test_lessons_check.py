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
from clicker.library.lessons import MOST_PROBLEMS
from clicker.library.mending import mended
from clicker.library.shape import ENOUGH

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
        ("version: 2", "version: første", "version"),
        ("version: 2", "version: 0x" + "f" * 9000, "version"),
        ("version: 2", "version: 1" + ":59" * 9000, "version"),
        ("version: 2", "version: " + "9" * 9000, "version"),
        ("  - id: ecig-ever\n    title", "  - title", "topics.4"),
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


def replaced(there: Any, last: Any, chance: Random) -> None:
    there[last] = deepcopy(chance.choice(JUNK))


def gone(there: Any, last: Any, _chance: Random) -> None:
    del there[last]


def emptied(there: Any, _last: Any, _chance: Random) -> None:
    if isinstance(there, list):
        there.clear()


def grown(there: Any, last: Any, chance: Random) -> None:
    """A list with an item so many times that it is one too many, or just not."""
    if isinstance(there, list):
        there.extend([there[last]] * (chance.choice([40, 41, 60, 61]) - len(there)))


SPOILING = (replaced, replaced, replaced, gone, emptied, grown)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_stands_where_it_should_not_is_told(seed: int) -> None:
    chance = Random(seed)
    data = deepcopy(as_data(chance.choice(library.lessons())))
    for _mistake in range(chance.randint(1, 6)):
        *way, last = chance.choice(list(places(data)))
        there: Any = data
        for key in way:
            there = there[key]
        chance.choice(SPOILING)(there, last, chance)
    _lesson, problems = library.check_data(data)
    assert all(str(problem).endswith(".") for problem in problems)


BARE = "{id: a, title: A, group: class, polarity: neutral, sensitivity: S0}"
HEAD = """id: x
version: 1
title: Ny
audience: pupils
grade: 7
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("topics: []\nsteps: [{}]\n", ["topics", "steps.1"]),
        ("topics: []\nsteps: []\n", ["topics", "steps"]),
        ("topics: [1]\nsteps: [1]\n", ["topics.1", "steps.1"]),
        ("topics: [{}]\nsteps: [{}]\n", ["topics.1", "steps.1"]),
        ("topics: [{id: 5}]\nsteps: [ask]\n", ["topics.1.id", "topics.1", "steps.1"]),
        ("topics: {}\nsteps: {}\n", ["topics", "steps"]),
        ("topics: [{id: a, own: [1]}]\nsteps: [[1]]\n", ["topics.a.own", "steps.1"]),
        ("topics:\nsteps:\n", ["topics", "steps"]),
        ("topics: [{id: a, own: Ja}]\nsteps: [{show: [a]}, {ask: [5, []]}]\n", ["topics.a", "steps.1.show"]),
        ("steps: [{title: }]\ntopics: [{id: }]\n", ["steps.1", "topics.1.id"]),
        (f"topics: [{', '.join([BARE] * 41)}]\nsteps: [{{vis: a}}]\n", ["topics", "topics.a", "steps.1"]),
    ],
)
def test_a_lesson_just_begun_is_told_what_it_lacks(text: str, keys: list[str]) -> None:
    said = [key for key, _what in found(HEAD + text, "x.yaml")]
    assert set(keys) <= set(said)


def test_a_topic_that_asks_nothing_hides_no_other_mistake() -> None:
    bare = "  - {id: bare, title: Tomt, group: class, polarity: neutral, sensitivity: S0, why_neutral: Intet}\n"
    said = changed(("topics:\n", f"topics:\n{bare}"), ("sensitivity: S2", "sensitivity: S0"))
    assert [key for key, _what in said] == ["topics.bare", "topics.alcohol-weekly.sensitivity"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Først gætter og svarer vi hver for sig.", "Det er dumt.", "steps.1.text.2"),
        ("- say: Velkommen", "- say: Det er dumt", "steps.1.say"),
        ("keep:\n", "keep:\n  - Det er dumt.\n  #", "keep.1"),
    ],
)
def test_a_mistake_in_a_text_is_found_at_its_own_line(old: str, new: str, key: str) -> None:
    text = KLASSE_7.replace(old, new, 1)
    _lesson, problems = library.check_file("klasse-7.yaml", text.encode())
    (wrong,) = [problem for problem in problems if "shames" in problem.what]
    assert wrong.key == key
    assert "dumt" in text.splitlines()[wrong.line - 1].casefold()


def test_a_text_keeps_its_number_beside_one_that_cannot_be_read() -> None:
    data = as_data(library.lesson("klasse-7"))
    data["steps"][0]["text"] = [1, "Det er dumt."]
    _lesson, problems = library.check_data(data)
    assert [problem.key for problem in problems if "shames" in problem.what] == ["steps.1.text.2"]


# Files that nobody wrote by hand


def many(topics: int, steps: int = 1) -> dict[str, Any]:
    """A lesson with so many topics and steps, each with three mistakes."""
    bad = [{"id": f"t{number}", "title": 5, "group": "x", "polarity": "god"} for number in range(topics)]
    return {"id": "x", "version": 1, "title": "Ny", "audience": "elever", "topics": bad, "steps": [{}] * steps}


def test_no_more_is_said_than_anybody_mends_in_one_go() -> None:
    for data in (many(40), many(1500, 1500)):
        assert len(library.check_data(data)[1]) == MOST_PROBLEMS


def test_a_lesson_that_is_far_too_long_is_told_so_and_nothing_is_guessed_about_it() -> None:
    for data, key in ((many(41), "topics"), (many(2, 61), "steps")):
        lesson, problems = library.check_data(data)
        assert lesson is None
        assert any(problem.key == key and "is longer than" in problem.what for problem in problems)
        assert mended(data).all == ()


def test_of_a_list_without_end_only_the_beginning_is_looked_at() -> None:
    endless = many(1) | {"reserve": [[number] for number in range(5000)]}
    _lesson, problems = library.check_data(endless)
    assert len([problem for problem in problems if problem.key.startswith("reserve.")]) == ENOUGH


def test_a_number_with_decimals_is_written_in_the_language(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    hard = "      - " + "Konfirmationsforberedelserne overraskede udenlandske gæstearbejdere. " * 12 + "\n"
    path = tmp_path / "klasse-7.yaml"
    path.write_text(KLASSE_7.replace("    text:\n", "    text:\n" + 6 * hard, 1), encoding="utf-8")
    said = {}
    for lang in ("da", "en"):
        main(["lessons", "check", str(path), "--lang", lang])
        said[lang] = capsys.readouterr().out
    assert re.search(r"lix \d+,\d", said["da"], re.IGNORECASE)
    assert re.search(r"LIX \d+\.\d", said["en"])


# What is no lesson at all


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a block of keys"),
        ("- 1\n- 2\n", "not a block of keys"),
        ("a: &x [1]\nb: *x\n", "points from here to another place"),
        ("a: !!python/object:os.system {}\n", "not YAML"),
        ("[" * 5000, "not YAML"),
        ("a: !!int 0b_\n", "not YAML"),
        (f"a: !!int 0x{'f' * 9000}\n", "not YAML"),
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
