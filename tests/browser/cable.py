"""A network between a phone and the server that a test can pull out and plug in again."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass


@dataclass
class Connection:
    """One connection through the cable. Dead, it swallows everything and is closed by nobody, as over dead Wi-Fi."""

    near: socket.socket
    far: socket.socket
    dead: bool = False

    def carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.dead:
                    sink.sendall(data)
            if not self.dead:
                sink.shutdown(socket.SHUT_WR)

    def hang_up(self) -> None:
        for one in (self.near, self.far):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


class Cable:
    """Forwards a loopback port to the server."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._connections: list[Connection] = []
        self._plugged = True
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """From now on nothing comes through, in either direction."""
        self._plugged = False
        self.lose()

    def lose(self) -> None:
        """The connections that there are never bring anything again; new ones work."""
        for one in self._connections:
            one.dead = True

    def plug(self, *, silently: bool = False) -> None:
        """New connections work again; those from before are closed, or nobody ever hears of them again."""
        if not silently:
            self._hang_up()
        self._plugged = True

    def close(self) -> None:
        # Or the one who waits at the door takes in one more guest.
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for one in self._connections:
            one.hang_up()
        self._connections.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            one = Connection(near, socket.create_connection(self._target), dead=not self._plugged)
            self._connections.append(one)
            for way in ((one.near, one.far), (one.far, one.near)):
                threading.Thread(target=one.carry, args=way, daemon=True).start()
