"""The command `clicker`. It reads the arguments and chooses the engine before anything else is imported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clicker.cli import own_figures_arguments
from clicker.cli.scenarios import SCENARIOS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return 2
    if given.command == "sheet":
        from clicker.cli.sheet import print_sheet

        return print_sheet(given.lesson, given.kind, given.lang)
    if given.command == "check":
        from clicker.cli.content import check

        return check(given.lang)
    if given.command == "figures":
        return _figures(given)
    if given.command == "lessons":
        return _lessons(given)
    if given.command == "demo" and given.check:
        from clicker.cli.demo_check import check_demo

        return check_demo(given)
    return _serve(given)


def _figures(given: argparse.Namespace) -> int:
    if given.figures != "list":
        return own_figures_arguments.run(given)
    from datetime import date

    from clicker.cli.figures import list_figures, own_of
    from clicker.cli.folder import Unusable

    try:
        own, today = own_of(given.data, given.lang), date.today()
    except Unusable as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    return list_figures(given.indicator, given.grade, as_json=given.json, lang=given.lang, today=today, own=own)


def _lessons(given: argparse.Namespace) -> int:
    from clicker.cli.lessons import check_lesson, list_lessons

    return check_lesson(given.file, given.lang) if given.action == "check" else list_lessons(given.lang)


def _serve(given: argparse.Namespace) -> int:
    from clicker import engine

    try:
        chosen = engine.choose(given.engine)
    except engine.EngineMissing as missing:
        from clicker.words import catalogue

        _ = catalogue(given.lang).gettext
        said = _("The engine {name} is not installed. Use --engine threading, or type: pip install '.[{name}]'")
        sys.stderr.write(said.format(name=missing.name) + "\n")
        return 2
    from clicker.cli.serve import serve

    return serve(chosen, given)


def _seats(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 300:
        raise argparse.ArgumentTypeError("a class is a number from 1 to 300")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clicker", description="Social norms in class: what we guess, what we answer, what the country answers."
    )
    commands = parser.add_subparsers(dest="command")
    run = commands.add_parser("run", help="hold lessons: serve consultant, wall and phones from this computer")
    demo = commands.add_parser("demo", help="try a lesson with a simulated class of 25")
    for command in (run, demo):
        command.add_argument("--host", default=None, help="address to listen on (default: all; demo --check: loopback)")
        command.add_argument("--port", type=_port, default=8000, help="port (default 8000; 0 takes a free one)")
        command.add_argument("--engine", default="eventlet", choices=("eventlet", "gevent", "threading"))
        command.add_argument("--lang", default="da", choices=("da", "en"), help="language of the pages")
        command.add_argument("--no-browser", action="store_true", help="do not open the consultant's page")
        command.add_argument("--announce", type=Path, default=None, help="write the links as JSON to this file")
        command.add_argument("--today", default=None, help=argparse.SUPPRESS)
    run.add_argument("--data", type=Path, default=None, help="folder of the database (default: the user's data folder)")
    demo.add_argument("--check", action="store_true", help="hold the whole lesson headless and print one JSON object")
    demo.add_argument("--keep", type=Path, default=None, help="folder in which the database is left for others to see")
    demo.add_argument("--seats", type=_seats, default=25, help="pupils in the simulated class")
    demo.add_argument("--scenario", choices=list(SCENARIOS), default=None, help="a class that tests the guard")
    sheet = commands.add_parser("sheet", help="write a lesson's sheet for parents or the teacher as a page to print")
    sheet.add_argument("lesson")
    sheet.add_argument("--kind", default="parents", choices=("parents", "teacher"))
    sheet.add_argument("--lang", default="da", choices=("da", "en"))
    check = commands.add_parser("check", help="check all lessons and figures; prints every error")
    check.add_argument("--lang", default="da", choices=("da", "en"))
    _add_figures(commands.add_parser("figures", help="look at the published numbers, or add a municipality's own"))
    lessons = commands.add_parser("lessons", help="the lessons that come with the program, and checks of one's own")
    actions = lessons.add_subparsers(dest="action", required=True)
    one = actions.add_parser("check", help="print every error of a lesson file: line, key, what is wrong, what to do")
    one.add_argument("file", type=Path)
    listed = actions.add_parser("list", help="print the lessons that come with the program")
    for action in (one, listed):
        action.add_argument("--lang", default="da", choices=("da", "en"))
    return parser


def _add_figures(figures: argparse.ArgumentParser) -> None:
    doing = figures.add_subparsers(dest="figures", required=True)
    listed = doing.add_parser("list", help="print the published numbers and the municipalities' own, a line each")
    listed.add_argument("--indicator", default=None, help="only those of this indicator, such as alcohol_weekly")
    listed.add_argument("--grade", default=None, help="only those about this grade: 9, or gymnasium")
    listed.add_argument("--data", type=Path, default=None, help="folder of the database, as in clicker run")
    listed.add_argument("--json", action="store_true", help="print everything about them as a JSON array")
    listed.add_argument("--lang", default="da", choices=("da", "en"))
    own_figures_arguments.add_parsers(doing)
