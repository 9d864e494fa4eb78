"""No address of a phone reaches the terminal, whatever goes wrong on its line."""

from __future__ import annotations

import pytest

from clicker.engine.listening import WithoutAddresses


def test_a_line_with_a_phones_address_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    errors = WithoutAddresses()
    errors.write("server=192.168.1.20/socket.io/ client=192.168.1.33:5050 socket shutdown error")
    errors.write("something else went wrong\n")
    assert capsys.readouterr().err == "something else went wrong\n"
