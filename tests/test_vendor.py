"""The browser libraries in the tree are the published files, with their licences, and speak the server's protocol."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

VENDOR = Path(__file__).parent.parent / "clicker" / "static" / "vendor"
FILES: list[dict[str, Any]] = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))["files"]
# Client 4.x speaks revision 5 of the protocol, which is what the server's 5.x speaks.
SERVER_OF_CLIENT = {"4": "5"}


def of_package(package: str) -> dict[str, Any]:
    return next(entry for entry in FILES if entry["package"] == package)


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_a_vendored_file_is_unchanged(entry: dict[str, Any]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_a_vendored_file_has_its_licence_text(entry: dict[str, Any]) -> None:
    text = (VENDOR / entry["licence_file"]).read_text(encoding="utf-8")
    assert "Copyright" in text
    assert all(f"{part['package']} {part['version']}" in text for part in entry["contains"])


def test_nothing_lies_among_the_vendored_files_unlisted() -> None:
    listed = {entry["file"] for entry in FILES} | {entry["licence_file"] for entry in FILES} | {"VENDOR.json"}
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == listed


def test_the_socket_client_speaks_the_servers_protocol() -> None:
    client = of_package("socket.io-client")["version"].split(".")[0]
    assert SERVER_OF_CLIENT[client] == version("python-socketio").split(".")[0]


def test_the_socket_file_is_of_the_version_listed() -> None:
    head = (VENDOR / "socket.io.min.js").read_text(encoding="utf-8")[:100]
    assert f"v{of_package('socket.io-client')['version']}" in head
