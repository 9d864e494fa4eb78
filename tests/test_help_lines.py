"""The national lines, the host's contact, and the card that is made of both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clicker import library
from clicker.lesson import Audience
from clicker.lesson.helping import Contact, FieldFault, HelpLine, HelpSettings, contact_faults
from clicker.library.help_lines import help_lines
from clicker.room.contact import BadContact, contact_from, help_settings, keep_contact
from clicker.store import Store
from clicker.words.helping import help_card

DAY = date(2026, 3, 2)
LINE = HelpLine(
    "lytteren", "Lytteren", "Tal med os.", (Audience.PUPILS,), "https://example.org", "Hele døgnet", "116 999"
)
ANNE = Contact("Testby", "Anne Prøve", "12 34 56 78", "anne@example.org")
GOOD = "lines:\n  - id: lytteren\n    name: Lytteren\n    what: Tal med os.\n    whom: [pupils]\n"


def texts(settings: HelpSettings, audience: str = "pupils", lines: tuple[HelpLine, ...] = (LINE,)) -> str:
    return repr(help_card(settings, lines, audience, "da"))


def test_the_shipped_lines_have_no_mistake_and_no_confirmed_number() -> None:
    assert library.help_lines()
    assert [line.id for line in library.help_lines() if line.confirmed] == []
    for audience in Audience:
        card = help_card(HelpSettings(), library.help_lines(), audience, "da")
        assert card.entries
        assert [entry for entry in card.entries if entry.phone or entry.hours] == []


@pytest.mark.parametrize(
    ("more", "place", "said"),
    [
        ("    phone: ring 12", "lines.lytteren.phone, line 6", "no telephone number"),
        ("    phone: 116111", "", "is not text"),
        ("    web: http://example.org", "", "no web address"),
        ("    web: https://example.org/?a=b", "", "no web address"),
        ("    confirmed: 2026-02-30\n    phone: 116 999", "", "no day"),
        ("    confirmed: 2026-02-03", "", "no number to confirm"),
        ("    colour: red", "", "this key is unknown"),
        ("    hours: ''", "", "the text is empty"),
        ("  - id: lytteren\n    name: To\n    what: To.\n    whom: [pupils]", "", "two lines have this id"),
        ("  - id: to\n    name: To\n    whom: [teachers]", "", "“what” is missing"),
        ("  - id: to\n    name: To\n    what: To.\n    whom: [teachers]", "", "not one of the words"),
        ("  - tre", "", "is not a block of keys"),
        ("    *other", "", "not YAML"),
    ],
)
def test_a_mistake_is_said_with_its_place_and_the_file_is_not_used(more: str, place: str, said: str) -> None:
    lines, problems = help_lines(f"{GOOD}{more}\n".encode())
    assert lines == ()
    assert any(said in str(problem) for problem in problems), [str(problem) for problem in problems]
    assert all(problem.file == "help.yaml" and problem.line for problem in problems)
    if place:
        key, _comma, line = place.partition(", line ")
        assert (problems[0].key, problems[0].line) == (key, int(line))


def test_letters_that_cannot_be_read_are_a_sentence() -> None:
    assert "save the file in UTF-8" in str(help_lines(b"\xff\xfe")[1][0])


def test_a_folder_with_a_mistake_in_its_lines_says_so_among_all_problems(tmp_path: Path) -> None:
    (tmp_path / "help.yaml").write_text(GOOD + "    phone: nej\n", encoding="utf-8")
    assert any(problem.file == "help.yaml" for problem in library.problems(folder=tmp_path))
    assert library.help_lines(tmp_path) == ()


def test_a_number_nobody_has_checked_is_not_on_the_card() -> None:
    said = texts(HelpSettings())
    assert "Lytteren" in said
    assert "116 999" not in said
    assert "Hele døgnet" not in said


def test_a_checked_number_is_on_the_card_until_it_changes() -> None:
    checked = HelpSettings(confirmed={"lytteren": (DAY, LINE.checked)})
    assert "116 999" in texts(checked)
    other = HelpLine(LINE.id, LINE.name, LINE.what, LINE.whom, LINE.web, LINE.hours, "116 000")
    assert "116 000" not in texts(checked, lines=(other,))


def test_without_anything_the_card_says_to_talk_to_a_grown_up() -> None:
    card = help_card(HelpSettings(), (), "pupils", "da")
    assert (card.first, card.entries) == ("Tal med en voksen, du er tryg ved.", ())
    assert help_card(HelpSettings(), (), "parents", "da").first == "Tal med en, du har tillid til."


def test_a_line_is_shown_to_those_it_is_for() -> None:
    assert "Lytteren" not in texts(HelpSettings(), "parents")
    assert "Lytteren" in texts(HelpSettings(), "")


def test_the_local_contact_comes_first_with_a_number_that_can_be_dialled() -> None:
    first = help_card(HelpSettings(ANNE), (LINE,), "pupils", "da").entries[0]
    assert (first.name, first.what, first.dial) == ("Anne Prøve", "SSP-konsulent, Testby", "12345678")


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"phone": "ring til mig"}, "phone", FieldFault.PHONE),
        ({"phone": "12"}, "phone", FieldFault.PHONE),
        ({"phone": "٣٤٥٦٧٨"}, "phone", FieldFault.PHONE),
        ({"mail": "anne"}, "mail", FieldFault.MAIL),
        ({"mail": "a@example.org?bcc=b@example.org"}, "mail", FieldFault.MAIL),
        ({"mail": "a@example.org,b@example.org"}, "mail", FieldFault.MAIL),
        ({"name": "x" * 61}, "name", FieldFault.LONG),
        ({"name": ""}, "name", FieldFault.NAME),
        ({"counsel_phone": "12 34 56 78"}, "counsel_name", FieldFault.NAME),
        ({"counsel_name": "Huset", "counsel_web": "https://javascript:alert(1)"}, "counsel_web", FieldFault.WEB),
        ({"counsel_name": "Huset", "counsel_web": "https://huset"}, "counsel_web", FieldFault.WEB),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused_at_its_field(
    changes: dict[str, str], field: str, fault: FieldFault
) -> None:
    assert contact_faults(contact_from(ANNE.__dict__ | changes)) == ((field, fault),)


@pytest.mark.parametrize("phone", ["112", "116 111", "12345678", "12 34 56 78", "+45 12 34 56 78", ""])
def test_numbers_as_people_write_them_are_taken(phone: str) -> None:
    assert contact_faults(contact_from({"name": "Anne", "phone": phone})) == ()


def test_a_web_address_is_taken_without_its_beginning() -> None:
    assert contact_from({"counsel_web": "Example.org/Ung"}).counsel_web == "https://example.org/Ung"


def test_what_is_kept_is_read_again_and_a_confirmation_keeps_its_day(store: Store) -> None:
    lines, later = (LINE,), date(2026, 9, 1)
    store.write(lambda tx: keep_contact(tx, ANNE, ["lytteren", "unknown"], lines, DAY))
    store.write(lambda tx: keep_contact(tx, ANNE, ["lytteren"], lines, later))
    kept = store.read(help_settings)
    assert (kept.contact, dict(kept.confirmed)) == (ANNE, {"lytteren": (DAY, LINE.checked)})
    store.write(lambda tx: keep_contact(tx, ANNE, [], lines, later))
    assert store.read(help_settings).confirmed == {}


def test_a_bad_contact_changes_nothing(store: Store) -> None:
    store.write(lambda tx: keep_contact(tx, ANNE, [], (), DAY))
    with pytest.raises(BadContact):
        store.write(lambda tx: keep_contact(tx, Contact(name="Anne", mail="nej"), [], (), DAY))
    assert store.read(help_settings).contact == ANNE


def test_without_settings_there_are_empty_ones(store: Store) -> None:
    assert store.read(help_settings) == HelpSettings()
    assert not HelpSettings().contact.reachable
