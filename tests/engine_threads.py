"""What test_engine asks of threads and the loop, each in the process of one engine; `engine_echo` runs them."""

import contextlib
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clicker.engine import Engine


def failing(engine: Engine) -> object:
    """An error of a function run off the loop, as its caller sees it."""
    try:
        engine.in_thread(int, "no number")
    except ValueError:
        return "ValueError"
    return None


def nested(engine: Engine) -> object:
    """What is run off the loop runs something off the loop."""
    return engine.in_thread(lambda: engine.in_thread(lambda: engine.in_thread(int, 3)))


def killed(engine: Engine) -> object:
    """Greenlets that are killed while a thread works for them: what they did afterwards, and how many others are
    served by as many threads as there are."""
    import eventlet

    wait = _true_sleep(engine)
    after: list[int] = []
    for waiter in [eventlet.spawn(lambda: after.append(engine.in_thread(wait, 0.1))) for _ in range(30)]:
        engine.sleep(0.001)
        waiter.kill()
    served: list[int] = []
    _at_once(engine, 20, lambda n: served.append(engine.in_thread(int, n)))
    return [after, len(served)]


def careless(engine: Engine) -> object:
    """Greenlets that let an error of theirs go after they were off the loop, and who comes after them."""
    if engine.name == "eventlet":
        from eventlet import spawn_n as start
    elif engine.name == "gevent":
        from gevent import spawn_raw as start
    else:
        return 3

    class Gone(BaseException):
        """What no library catches."""

    def let_go() -> None:
        engine.in_thread(int, 3)
        raise Gone

    with contextlib.redirect_stderr(io.StringIO()):
        start(let_go)
        engine.sleep(0.1)
    return engine.in_thread(int, 3)


def green(engine: Engine) -> object:
    """The standard library's queue and event, waited for by one and filled by another."""
    import queue
    import threading

    box: queue.Queue[str] = queue.Queue()
    simple: queue.SimpleQueue[str] = queue.SimpleQueue()
    event = threading.Event()
    engine.spawn(lambda: (engine.sleep(0.05), box.put("queue"), simple.put("simple"), event.set()))
    return [box.get(timeout=5), simple.get(timeout=5), event.wait(timeout=5)]


def crossing(engine: Engine) -> object:
    """An event set by a thread while others of the loop wait for it."""
    import threading

    event = threading.Event()
    woken: list[bool] = []
    for _ in range(5):
        engine.spawn(lambda: woken.append(event.wait(5)))
    engine.sleep(0.05)
    engine.in_thread(event.set)
    engine.sleep(0.2)
    return woken


def locks(engine: Engine) -> object:
    """One lock wanted by 20 threads and 20 greenlets, 30 times each: how often it was held."""
    import threading

    lock = threading.Lock()
    held = [0]

    def hold() -> None:
        for _ in range(30):
            with lock:
                before = held[0]
                time.sleep(0.0002)
                held[0] = before + 1

    _at_once(engine, 40, lambda n: engine.in_thread(hold) if n % 2 else hold())
    return held[0]


def turns(engine: Engine) -> object:
    """What a greenlet gets that waits for a held lock: its time out, and the turn of one killed before it ran."""
    import threading

    import eventlet

    lock = threading.Lock()
    with lock:
        in_time = lock.acquire(timeout=0.05)
        killed, next_one = eventlet.spawn(lock.acquire), eventlet.spawn(lock.acquire, timeout=5)
        engine.sleep(0.01)
    killed.kill()
    return [in_time, next_one.wait()]


def ticker(engine: Engine) -> object:
    """The longest time, in ms, that 10 ms of sleep took while a blocking call was off the loop."""
    worst: list[float] = [0.0]
    wait = _true_sleep(engine)

    def tick() -> None:
        while True:
            before = time.perf_counter()
            engine.sleep(0.01)
            worst[0] = max(worst[0], time.perf_counter() - before)

    engine.spawn(tick)
    engine.in_thread(wait, 0.4)
    return worst[0] * 1000


def pooled(engine: Engine) -> object:
    """60 transactions at once over a pool of four connections shared by the threads."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import QueuePool

    base = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )

    def ask(n: int) -> int:
        with base.begin() as connection:
            return int(connection.execute(text("select :n"), {"n": n}).scalar_one())

    found: list[int] = []
    _at_once(engine, 60, lambda n: found.append(engine.in_thread(ask, n)))
    return sorted(found) == list(range(60))


def database(engine: Engine) -> object:
    """300 transactions at once, the first ones this SQLAlchemy engine sees; how many ended, and the rows."""
    import sqlite3

    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.db"
        with contextlib.closing(sqlite3.connect(path)) as plain:
            plain.execute("pragma journal_mode = wal")
            plain.execute("create table vote (n integer primary key)")
        base = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 30})

        def insert(n: int) -> int:
            with base.begin() as connection:
                connection.execute(text("insert into vote values (:n)"), {"n": n})
                return int(connection.execute(text("select count(*) from vote")).scalar_one())

        def count() -> int:
            with base.begin() as connection:
                return int(connection.execute(text("select count(*) from vote")).scalar_one())

        done: list[int] = []
        _at_once(engine, 300, lambda n: done.append(engine.in_thread(insert, n)))
        return [len(done), engine.in_thread(count)]


def _true_sleep(engine: Engine) -> Callable[[float], object]:
    """A sleep that blocks its thread under every engine, as a database driver does."""
    if engine.name == "eventlet":
        from eventlet.patcher import original
    elif engine.name == "gevent":
        from gevent.monkey import get_original

        return get_original("time", "sleep")
    else:
        return time.sleep
    return original("time").sleep


def _at_once(engine: Engine, many: int, fn: Callable[[int], object]) -> None:
    ended: list[int] = []

    def one(n: int) -> None:
        try:
            fn(n)
        finally:
            ended.append(n)

    for n in range(many):
        engine.spawn(one, n)
    while len(ended) < many:
        engine.sleep(0.02)


PROBES: tuple[Callable[[Engine], object], ...] = (failing, nested, killed, careless, green, crossing)
PROBES += (locks, turns, ticker, pooled, database)
