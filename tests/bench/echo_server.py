"""The bare Flask-SocketIO echo server that every benchmark divides by: same engine settings, no program.

Run as `python -m tests.bench.echo_server --engine eventlet --port 5999`; the first line of its output is the port.
"""

import argparse

from clicker.engine import ENGINES, choose, socketio_settings


def main() -> None:
    """Serve on loopback until interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=list(ENGINES), default="eventlet")
    parser.add_argument("--port", type=int, default=0)
    wanted = parser.parse_args()
    engine = choose(wanted.engine)

    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask(__name__)
    socketio = SocketIO(app, **socketio_settings(engine))
    app.add_url_rule("/", "home", lambda: "echo")
    socketio.on_event("echo", lambda data: data)
    engine.serve(app, socketio, "127.0.0.1", wanted.port, lambda port: print(port, flush=True))


if __name__ == "__main__":
    main()
