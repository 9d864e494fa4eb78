"""`clicker figures add` and `clicker figures check`, as typed: what is kept, what is said, and how it ends."""

from __future__ import annotations

import json
import re
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from test_command import serving

from clicker import library
from clicker.cli import main
from clicker.room import own_content
from clicker.store import Store

DATA = Path(__file__).parent.parent / "norms_data"
HEADER = "indicator;value;grade;year;n"
GOOD = "alcohol_weekly;4,5;7. klasse;2025;812"
FEW = "alcohol_weekly;25;9. klasse;2025;31"
EXCEL = "Emne;Klasse;Pct;Svar\nDrikker hver uge;7. klasse;4,5;812\nKan lide skolen;7. klasse;80;812\n"
MAPPED = (
    *("--map", "Emne=question", "--map", "Klasse=grade", "--map", "Pct=value", "--map", "Svar=n"),
    *("--question", "Drikker hver uge=alcohol_weekly", "--question", "Kan lide skolen=-"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "tal.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def add(file: Path, folder: Path, *arguments: str, municipality: str = "Testby Kommune") -> int:
    command = ["figures", "add", str(file), "--municipality", municipality, "--data", str(folder), "--lang", "en"]
    return main([*command, *arguments])


def check(*arguments: str | Path) -> int:
    return main(["figures", "check", *map(str, arguments), "--lang", "en"])


def kept(folder: Path) -> list[tuple[str, str, float, str]]:
    """Region, grade, value and survey of all that is stored."""
    store = Store(f"sqlite:///{folder / 'clicker.db'}")
    try:
        rows = library.own_figures(store.read(own_content))
    finally:
        store.close()
    return [(row["region"], row["grade"], row["value"], row["survey"]) for row in rows]


def test_a_good_file_is_kept(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(written(tmp_path, HEADER, GOOD), folder) == 0
    assert capsys.readouterr().out == "Saved for Testby Kommune: 1 new figure.\n"
    assert kept(folder) == [("Testby Kommune", "7. klasse", 4.5, "Testby Kommune's own survey")]


def test_it_speaks_danish_by_itself(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            [
                "figures",
                "add",
                str(written(tmp_path, HEADER, GOOD)),
                "--municipality",
                "Vesterås",
                "--data",
                str(folder),
            ]
        )
        == 0
    )
    assert capsys.readouterr().out == "Gemt for Vesterås: 1 nyt tal.\n"
    assert kept(folder)[0][3] == "Vesterås’ egen undersøgelse"


def test_refused_rows_are_listed_and_nothing_is_kept_without_yes(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(written(tmp_path, HEADER, GOOD, FEW), folder) == 1
    said = capsys.readouterr()
    assert said.out.startswith("tal.csv, line 3, n: only 31 answered")
    assert said.err == "Nothing was saved. With --yes the good rows are saved.\n"
    assert kept(folder) == []


def test_with_yes_the_good_rows_are_kept(tmp_path: Path, folder: Path) -> None:
    assert add(written(tmp_path, HEADER, GOOD, FEW), folder, "--yes") == 0
    assert [row[1] for row in kept(folder)] == ["7. klasse"]


def test_a_person_at_the_keyboard_is_asked(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, status in (("n", 1), ("y", 0)):
        monkeypatch.setattr("sys.stdin.readline", lambda answer=answer: f"{answer}\n", raising=False)
        assert add(written(tmp_path, HEADER, GOOD, FEW), folder) == status
    assert "Save the 1 good figures without the 1 refused rows? (y/n)" in capsys.readouterr().out
    assert len(kept(folder)) == 1


def test_a_file_without_a_good_row_is_not_kept(tmp_path: Path, folder: Path) -> None:
    assert add(written(tmp_path, HEADER, FEW), folder, "--yes") == 1
    assert kept(folder) == []


def test_columns_of_its_own_are_asked_for(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(written(tmp_path, EXCEL), folder) == 1
    assert "tal.csv has columns of its own: Emne, Klasse, Pct, Svar." in capsys.readouterr().err


def test_columns_are_read_as_told_and_so_the_next_year(tmp_path: Path, folder: Path) -> None:
    named = ("--survey", "Ungeprofil")
    assert add(written(tmp_path, EXCEL), folder, *MAPPED, *named, "--year", "2025") == 0
    assert add(written(tmp_path, EXCEL.replace("4,5", "5")), folder, *named, "--year", "2026") == 0
    assert [(row[2], row[3]) for row in kept(folder)] == [(4.5, "Ungeprofil"), (5, "Ungeprofil")]


def test_a_file_about_one_thing_needs_no_questions(tmp_path: Path, folder: Path) -> None:
    said = ("--grade", "9", "--indicator", "alcohol_weekly", "--year", "2025", "--smallest", "60", "--scale", "share")
    assert add(written(tmp_path, "Andel;Note", "0,25;x"), folder, "--map", "Andel=value", *said) == 0
    assert [row[1:3] for row in kept(folder)] == [("9. klasse", 25)]


def test_percent_or_shares_is_asked(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, HEADER, GOOD.replace("4,5", "0,045"))
    assert add(file, folder, "--yes") == 1
    assert capsys.readouterr().err == "Say it with --scale percent or --scale share.\n"
    assert add(file, folder, "--scale", "share") == 0
    assert [row[2] for row in kept(folder)] == [4.5]


def test_a_question_that_leads_nowhere_is_answered_with_what_to_type(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(written(tmp_path, EXCEL), folder, *MAPPED[:8], "--year", "2025") == 1
    said = capsys.readouterr().out
    assert "“Kan lide skolen” is not a known indicator; say with --question “TEXT=INDICATOR”" in said
    assert "or leave it out with --question “TEXT=-”; what somebody has done to a pupil is never used" in said


def test_the_wrong_name_of_an_indicator_is_the_one_that_is_said(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("--question", "Drikker hver uge=alcohol_wekly", "--question", "Kan lide skolen=-", "--year", "2025")
    assert add(written(tmp_path, EXCEL), folder, *MAPPED[:8], *named) == 1
    assert "“alcohol_wekly” is not a known indicator; say with --question" in capsys.readouterr().out
    said = ("--grade", "9", "--indicator", "alcohol_wekly", "--year", "2025", "--smallest", "60")
    assert add(written(tmp_path, "Andel;Note", "25;x"), folder, "--map", "Andel=value", *said) == 1
    assert "“alcohol_wekly” is not a known indicator; say with --indicator which one" in capsys.readouterr().out


def test_a_table_with_its_numbers_side_by_side_is_told_from_columns_of_its_own(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = written(tmp_path, "Spørgsmål;7. klasse;9. klasse", "Drikker du hver uge?;4;25")
    assert add(wide, folder) == 1
    said = capsys.readouterr().err
    assert said.startswith("tal.csv has its numbers side by side in the columns 7. klasse, 9. klasse.")
    assert "--map" not in said


def test_every_refusal_is_danish_where_danish_is_spoken(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(written(tmp_path, EXCEL), folder, "--lang", "da") == 1
    assert "har sine egne kolonner" in capsys.readouterr().err
    assert main(["figures", "check", str(written(tmp_path, HEADER, GOOD))]) == 0
    assert capsys.readouterr().out == "Der er ingen fejl.\n"


def test_the_list_shows_what_was_added(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(written(tmp_path, HEADER, GOOD), folder)
    capsys.readouterr()
    asked = ["figures", "list", "--indicator", "alcohol_weekly", "--data", str(folder), "--lang", "en"]
    assert main(asked) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("alcohol_weekly (")
    assert "4.5 % · 7. klasse, Testby Kommune, boys and girls · 2025 · Testby Kommune's own survey" in last
    assert "fits" in last
    assert main([*asked, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)[-1]
    assert (row["region"], row["value"], row["source"]["publisher"]) == ("Testby Kommune", 4.5, "Testby Kommune")


def test_the_list_makes_no_database(tmp_path: Path, folder: Path) -> None:
    assert main(["figures", "list", "--grade", "7", "--data", str(folder)]) == 0
    assert not folder.exists()


def test_a_municipality_needs_a_name(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(written(tmp_path, HEADER, GOOD), folder, municipality=" ") == 1
    assert "Write the names" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["Pct", "=value", "Pct=", "Pct=percent"])
def test_a_mapping_that_says_nothing_is_explained(wrong: str, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        add(written(tmp_path, EXCEL), folder, "--map", wrong)
    assert ended.value.code == 2


def test_the_folder_must_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, HEADER, GOOD)
    assert add(file, file) == 1
    assert "cannot be used" in capsys.readouterr().err


def test_the_shipped_figures_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == 0
    assert capsys.readouterr().out == "Nothing is wrong.\n"


def test_a_published_table_is_checked_with_its_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(DATA / "figures.csv") == 0
    header, first, *_rest = (DATA / "figures.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "figures.csv"
    path.write_text(f"{header}\n{first.replace(',alcohol_weekly,27,', ',alcohol_often,270,')}\n", encoding="utf-8")
    capsys.readouterr()
    assert check(path) == 1
    assert "figures.csv, line 2, value: 270 cannot be right" in capsys.readouterr().out


def test_a_municipalitys_file_is_checked_without_being_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(tmp_path, HEADER, GOOD)) == 0
    assert check(written(tmp_path, HEADER, GOOD, FEW)) == 1
    assert "tal.csv, line 3, n: only 31 answered" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [tmp_path / "tal.csv"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "none.csv") == 1
    assert capsys.readouterr().out == "none.csv: the file cannot be opened; look at its name and folder\n"


def test_the_command_and_the_page_work_beside_each_other_while_the_program_runs(tmp_path: Path) -> None:
    boundary = "edge"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    sent = (
        f'{part}municipality"\r\n\r\nAndenby\r\n{part}file"; filename="a.csv"\r\n\r\n{HEADER}\n{GOOD}\r\n--{boundary}--'
    )
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with serving(tmp_path) as links:
        browser.open(links["consultant"]).close()
        place = links["consultant"].split("/enter/")[0] + "/own-figures"
        assert add(written(tmp_path, HEADER, GOOD), tmp_path / "data") == 0
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        with browser.open(urllib.request.Request(f"{place}/read", sent.encode(), headers)) as answer:
            fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.read().decode())
        with browser.open(f"{place}/save", urlencode(fields).encode()) as answer:
            page = answer.read().decode()
    assert "Testby Kommune" in page
    assert [row[0] for row in kept(tmp_path / "data")] == ["Andenby", "Testby Kommune"]
