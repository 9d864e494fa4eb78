"""A network between a phone and the server that a test can pull out and plug in again."""

from __future__ import annotations

import contextlib
import socket
import threading


class Cable:
    """Forwards a loopback port to the server. Pulled, it swallows everything and closes nothing, as dead Wi-Fi does."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._plugged = True
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """From now on nothing comes through, in either direction."""
        self._plugged = False

    def plug(self) -> None:
        """New connections work again; those from before are gone."""
        self._hang_up()
        self._plugged = True

    def close(self) -> None:
        self._door.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            far = socket.create_connection(self._target)
            self._open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self._plugged:
                    sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
