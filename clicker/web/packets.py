"""What of Socket.IO's packets is heard at all."""

from __future__ import annotations

import logging
import re
from typing import Any

from flask_socketio import SocketIO

# To come, to go, and the two words that a page says; never attachments, which would be gathered without end.
SAID = re.compile(r'[01]|2\d{0,9}\["(?:vote|sync)"[,\]]')

log = logging.getLogger("socketio.server")  # which says little, and seldom


def hear_pages_alone(socket: SocketIO) -> None:
    """Nothing is made of what no page says, and what cannot be read ends nothing."""
    understood = socket.server.eio.handlers["message"]

    def heard(sid: str, data: Any) -> None:
        if isinstance(data, str) and SAID.match(data):
            try:
                understood(sid, data)
            except Exception:
                log.exception("a packet could not be read")

    socket.server.eio.on("message", heard)
