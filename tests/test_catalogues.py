"""The catalogues: complete, compiled, readable, and the only home of Danish."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import lru_cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from clicker import library
from clicker.lesson import Polarity, Topic, Verdict
from clicker.library.wording import lix
from clicker.safety.declared import pupil_texts
from clicker.words import catalogue, verdict_word

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "clicker"
TRANSLATIONS = PROGRAM / "translations"
DANISH = TRANSLATIONS / "da" / "LC_MESSAGES"

Id = str | tuple[str, ...]

# What pupils meet on phone and wall; the consultant's pages, the paper and the content checks are not among it.
PUPILS = (
    "clicker/templates/phone/",
    "clicker/templates/wall/",
    "clicker/web/errors.py",
    "clicker/web/phone.py",
    "clicker/web/wall.py",
    "clicker/words/amounts.py",
    "clicker/words/answers.py",
    "clicker/words/numbers.py",
    "clicker/words/reveal.py",
    "clicker/words/summary.py",
)
CONSULTANT = ("clicker/templates/consultant/",)
HARDEST = 28

LETTERS = re.compile("[æøåÆØÅ]")
WORDS = re.compile(
    r"\b(?:ikke|og|er|der|som|hvad|hvor|hvem|vi|du|jeg|til|fra|med|mindst|svar|tavlen|klassen|timen|drenge|piger)\b",
    re.IGNORECASE,
)
# The rules quote the lessons' words; line breaking knows the alphabet; the sexes and parents are read from the tables.
RULES = {
    *(f"clicker/safety/declared{part}.py" for part in ("", "_parents", "_sides", "_votes", "_words")),
    "clicker/library/wording.py",
}
LETTERS_ALLOWED = {*RULES, "clicker/words/numbers.py", "clicker/library/people.py"}
WORDS_ALLOWED = {*RULES, "clicker/library/candidates.py"}


@lru_cache(maxsize=1)
def danish() -> Catalog:
    with (DANISH / "messages.po").open("rb") as file:
        return read_po(file, locale="da")


def entries(places: tuple[str, ...] = ("",)) -> list[Message]:
    """The messages with a place in one of these files or folders."""
    return [
        message for message in danish() if message.id and any(p.startswith(places) for p, _line in message.locations)
    ]


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Singular and plural, or the one form."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def texts(places: tuple[str, ...]) -> list[str]:
    return [form for message in entries(places) for form in forms(message.string)]


@lru_cache(maxsize=1)
def extracted() -> frozenset[Id]:
    """What the mapping finds, as the refresh of the catalogue finds it."""
    mapping = ConfigParser()
    mapping.read(TRANSLATIONS / "babel.cfg", encoding="utf-8")
    methods = [(pattern, method) for method, pattern in (section.split(": ") for section in mapping.sections())]
    return frozenset(found[2] for found in extract_from_dir(PROGRAM, methods))


def program_files() -> list[Path]:
    return sorted(PROGRAM.rglob("*.py"))


def asked(path: Path) -> Iterator[str]:
    """The literals that a module hands to gettext, also those inside f-strings, which extraction may overlook."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("_", "N_", "gettext") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def hidden(path: Path) -> list[str]:
    """The literals given to a function that is itself the answer of a call: extraction finds none of them."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    given = [call.args[0] for call in calls if isinstance(call.func, ast.Call) and call.args]
    return [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def placeholders(text: str) -> set[str]:
    braces = {name for _before, name, _spec, _conversion in Formatter().parse(text) if name}
    return braces | set(re.findall(r"%\(\w+\)[sd]", text))


def read_together(texts: list[str]) -> float:
    """The LIX of all of them, with numbers where they leave room."""
    return lix("\n".join(re.sub(r"\{\w+\}|%\(\w+\)s", "7", text) for text in texts))


def code_strings(path: Path) -> Iterator[str]:
    """String constants that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_extracted_message_is_in_the_danish_catalogue() -> None:
    known = {message.id for message in danish()}
    assert sorted(str(found) for found in extracted() - known) == []


def test_every_sentence_asked_of_gettext_is_in_the_danish_catalogue() -> None:
    known = {message.id for message in danish()}
    assert {(named(path), text) for path in program_files() for text in asked(path) if text not in known} == set()


def test_no_sentence_is_hidden_from_extraction() -> None:
    assert {(named(path), text) for path in program_files() for text in hidden(path)} == set()


def test_no_danish_text_is_empty() -> None:
    assert [message.id for message in entries() if not all(forms(message.string))] == []


def test_no_danish_text_is_fuzzy() -> None:
    assert [message.id for message in entries() if message.fuzzy] == []


@pytest.mark.parametrize("message", entries(), ids=lambda message: str(message.id)[:40])
def test_placeholders_are_the_same_in_danish(message: Message) -> None:
    wanted = {name for form in forms(message.id) for name in placeholders(form)}
    assert [placeholders(form) for form in forms(message.string)] == [wanted] * len(forms(message.string))


def test_labels_keep_the_colon_at_which_they_are_split() -> None:
    label = re.compile(r"[^:{]+: \{\w+\}.*")
    labels = [message for message in entries(("clicker/words/reveal.py",)) if label.match(str(message.id))]
    assert labels
    assert [message.string for message in labels if not label.match(str(message.string))] == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with (DANISH / "messages.mo").open("rb") as file:
        compiled = {forms(message.id): forms(message.string) for message in read_mo(file) if message.id}
    assert compiled == {forms(message.id): forms(message.string) for message in danish() if message.id}


def test_the_program_speaks_danish() -> None:
    assert catalogue("da").gettext("Saved. You can change it.") == "Gemt. Du kan ændre det."


def test_english_needs_no_catalogue() -> None:
    english = catalogue("en")
    assert [english.ngettext("is in", "are in", number) for number in (1, 2)] == ["is in", "are in"]


def test_the_private_list_has_its_four_words() -> None:
    order = (Verdict.SHOW, Verdict.SHOW_ATTITUDE, Verdict.HIDE, Verdict.TOO_FEW)
    words = [verdict_word(verdict, "da") for verdict in order]
    assert words == ["vises", "vises som holdning", "springes over", "for få svar"]


def test_pupils_are_told_of_the_board_only() -> None:
    assert [text for text in texts(PUPILS) if re.search(r"\bvæg", text, re.IGNORECASE)] == []


def test_the_consultant_is_told_of_the_wall_only() -> None:
    assert [text for text in texts(CONSULTANT) if re.search(r"\btavle", text, re.IGNORECASE)] == []


def test_danish_quotes_are_danish() -> None:
    assert [text for text in texts(("",)) if "“" in text] == []


@pytest.mark.parametrize("path", program_files(), ids=named)
def test_python_holds_no_danish(path: Path) -> None:
    if named(path) not in LETTERS_ALLOWED:
        assert LETTERS.findall(path.read_text(encoding="utf-8")) == []
    if named(path) not in WORDS_ALLOWED:
        assert [text for text in code_strings(path) if WORDS.search(text)] == []


@pytest.mark.parametrize("path", sorted((PROGRAM / "templates").rglob("*.html")), ids=named)
def test_templates_hold_no_danish(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert LETTERS.findall(text) + WORDS.findall(text) == []


def test_nobody_is_called_anonymous() -> None:
    kinds = {".py", ".html", ".js", ".css", ".po", ".yaml", ".csv", ".json", ".md"}
    files = [path for folder in (PROGRAM, ROOT / "norms_data") for path in folder.rglob("*") if path.suffix in kinds]
    searched = [path for path in files if "vendor" not in path.parts and path.name != "declared.py"]
    assert [named(path) for path in searched if "anonym" in path.read_text(encoding="utf-8").casefold()] == []


def test_phone_and_wall_are_easy_to_read_together() -> None:
    lessons = [text for lesson in library.lessons() for _key, text in pupil_texts(lesson) if text]
    assert read_together([*texts(PUPILS), *lessons]) <= HARDEST


def test_phone_and_wall_are_easy_to_read_without_the_lessons() -> None:
    assert read_together(texts(PUPILS)) <= HARDEST


def guessed_words(topic: Topic) -> tuple[str, ...]:
    """What a lesson puts behind "we guessed that so many ...": the side that the guesses count."""
    counted = topic.unhealthy if topic.polarity is Polarity.RISK else topic.healthy
    agreed = topic.approve.healthy if topic.approve and topic.approve.protective == "agree" else ""
    return counted, agreed


def test_screens_suit_parents_and_staff_as_well_as_a_class() -> None:
    """Nobody at a parents' evening is told what the class or the pupils do."""
    while_held = ("clicker/templates/consultant/_view.html", "clicker/templates/consultant/_count.html")
    said = texts((*PUPILS, *while_held, "clicker/words/verdicts.py"))
    assert [text for text in said if re.search(r"\b(?:klassen|klassens|elev\w*|pupils?)\b", text, re.IGNORECASE)] == []


def test_words_behind_that_carry_no_negation() -> None:
    """Danish moves "ikke" and "aldrig" before the verb there, so the same words would be wrong."""
    topics = [topic for lesson in library.lessons() for topic in lesson.topics]
    negated = re.compile(r"^\w+ (?:ikke|aldrig)\b")
    assert [words for topic in topics for words in guessed_words(topic) if negated.search(words)] == []
