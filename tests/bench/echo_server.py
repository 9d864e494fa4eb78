"""The bare Flask-SocketIO echo that every benchmark divides by: the engine, no program. Prints its port."""

import sys

from clicker.engine import choose, fairness, socketio_settings


def main() -> None:
    """Serve on loopback, on the engine that is the last word of the command, until interrupted."""
    engine = choose(sys.argv[-1])
    fairness.RATE = fairness.BURST = 1_000_000
    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask(__name__)
    socketio = SocketIO(app, **socketio_settings(engine))
    app.add_url_rule("/", "home", lambda: "echo", methods=["GET", "POST"])
    socketio.on_event("echo", lambda data: data)
    engine.serve(app, socketio, "127.0.0.1", 0, lambda port: print(port, flush=True))


if __name__ == "__main__":
    main()
