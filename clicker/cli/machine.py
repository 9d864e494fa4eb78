"""This computer: its addresses, the time that passes on it, and a QR code in its terminal."""

from __future__ import annotations

import io
import sys
import time

import ifaddr
import qrcode

from clicker.web.addresses import ranked


def own_addresses(host: str) -> tuple[str, ...]:
    """Where phones can reach a server that listens on `host`: that address alone, or all of the machine's."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return (host,)
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    return ranked(found) or ("127.0.0.1",)


def time_passed() -> float:
    """Seconds since some moment, asleep or awake; setting the clock on the wall does not move it."""
    if sys.platform == "win32":
        return time.monotonic()  # counts the time asleep there
    # Linux has a clock of its own for it; elsewhere this one counts the time asleep.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def print_qr(address: str) -> None:
    """The address as a QR code of half blocks; nothing where the terminal cannot write them."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    stream = io.StringIO()
    code.print_ascii(out=stream, invert=sys.stdout.isatty())
    try:
        sys.stdout.write(stream.getvalue())
    except UnicodeEncodeError:
        sys.stdout.write(address + "\n")
