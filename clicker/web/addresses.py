"""Where phones reach this machine: every address it has, the likeliest first; the consultant may choose another."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence


class Addresses:
    """The addresses of this installation and the one in use; `base` is what stands before a join code."""

    def __init__(self, hosts: Sequence[str], port: int, *, scheme: str = "http") -> None:
        self.hosts = tuple(hosts) or ("127.0.0.1",)
        self.port = port
        self.scheme = scheme
        self.chosen = self.hosts[0]

    def choose(self, host: str) -> bool:
        """Use another of the machine's own addresses; False for one that it does not have."""
        if host in self.hosts:
            self.chosen = host
        return host == self.chosen

    @property
    def base(self) -> str:
        return f"{self.scheme}://{self.short}"

    @property
    def short(self) -> str:
        """The address as people type it: "192.168.1.20:8000"."""
        return self.chosen if self.port in (80, 443) else f"{self.chosen}:{self.port}"


def ranked(hosts: Sequence[str]) -> tuple[str, ...]:
    """IPv4 addresses in the order in which a phone is likely to reach them; loopback last, link-local not at all.

    192.168.137.1 is the hot spot of a Windows laptop: where it exists it was switched on for this.
    """
    usable = [host for host in dict.fromkeys(hosts) if not ipaddress.ip_address(host).is_link_local]
    return tuple(sorted(usable, key=_rank))


def _rank(host: str) -> tuple[int, str]:
    address = ipaddress.ip_address(host)
    if host.startswith("192.168.137."):
        return (0, host)
    for rank, network in enumerate(("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"), start=1):
        if address in ipaddress.ip_network(network):
            return (rank, host)
    return (9 if address.is_loopback else 5, host)
