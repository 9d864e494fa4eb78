"""The arguments of `clicker figures add` and `clicker figures check`; nothing large is imported for them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

FIELDS = ("value", "question", "grade", "sex", "year", "n")


def add_parsers(figures: Any) -> None:
    """Both commands, below `clicker figures`."""
    add = figures.add_parser("add", help="add a municipality's own survey from a CSV file")
    add.add_argument("file", type=Path)
    add.add_argument("--municipality", required=True, help="whose pupils were asked")
    add.add_argument("--data", type=Path, default=None, help="folder of the database, as in clicker run")
    add.add_argument("--yes", action="store_true", help="save the good rows although others are refused")
    check = figures.add_parser("check", help="check all published figures, or a file without saving it")
    check.add_argument("file", type=Path, nargs="?", default=None)
    check.add_argument("--municipality", default=None, help="check the file as this municipality's own survey")
    for command in (add, check):
        command.add_argument("--survey", default=None, help="name of the survey, as screens print it")
        command.add_argument("--year", type=int, default=None, help="its year, where the file does not say")
        command.add_argument("--grade", default=None, help="the grade of all rows, where the file does not say")
        command.add_argument("--indicator", default=None, help="what all rows are about, where the file does not say")
        command.add_argument("--smallest", type=int, default=None, help="answers in the smallest group, likewise")
        command.add_argument("--scale", choices=("percent", "share"), default=None, help="what plain numbers are")
        command.add_argument(
            "--map", type=_mapped, action="append", default=[], metavar="COLUMN=FIELD", help=", ".join(FIELDS)
        )
        command.add_argument(
            "--question",
            type=_pair,
            action="append",
            default=[],
            metavar="TEXT=INDICATOR",
            help="what a question of the file is about; TEXT=- does not use it",
        )
        command.add_argument("--lang", default="da", choices=("da", "en"))


def run(given: argparse.Namespace) -> int:
    """The exit status of either command."""
    from clicker.cli import own_figures

    return own_figures.add(given) if given.figures == "add" else own_figures.check(given)


def _pair(text: str) -> tuple[str, str]:
    """Text and word around the last "=": the text may hold others."""
    before, sign, after = text.rpartition("=")
    if not sign or not before.strip() or not after.strip():
        raise argparse.ArgumentTypeError("write it as TEXT=WORD")
    return " ".join(before.split()), after.strip()


def _mapped(text: str) -> tuple[str, str]:
    column, field = _pair(text)
    if field not in FIELDS:
        raise argparse.ArgumentTypeError(f"the fields are {', '.join(FIELDS)}")
    return column, field
