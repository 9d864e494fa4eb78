"""This computer: its addresses, and a QR code in its terminal."""

from __future__ import annotations

import io
import sys

import ifaddr
import qrcode

from clicker.web.addresses import ranked


def own_addresses(host: str) -> tuple[str, ...]:
    """Where phones can reach a server that listens on `host`: that address alone, or all of the machine's."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return (host,)
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    return ranked(found) or ("127.0.0.1",)


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
