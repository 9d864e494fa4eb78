"""What of Socket.IO's packets is heard at all."""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO

TEXT = ("0", "1", "2", "3", "4")  # the kinds without attachments


def hear_text_alone(socket: SocketIO) -> None:
    """Pages send text; attachments in bytes would be gathered without end."""
    understood = socket.server.eio.handlers["message"]

    def heard(sid: str, data: Any) -> None:
        if isinstance(data, str) and data[:1] in TEXT:
            understood(sid, data)

    socket.server.eio.on("message", heard)
