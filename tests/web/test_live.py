"""The sockets: who may watch what, what news there is, and when a vote is acknowledged."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from classroom import Classroom
from conftest import CALM
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO, SocketIOTestClient

from clicker.lesson import Move
from clicker.store import OutOfReach, Store
from clicker.web import live_of, pace, session
from clicker.web.pace import QUIET
from clicker.web.watchers import Watcher

Connect = Callable[..., SocketIOTestClient]


@pytest.fixture
def connect(served: tuple[Flask, SocketIO]) -> Connect:
    """A socket with what its page was given, and the cookies of `browser` where there is one."""
    app, socket = served

    def connected(browser: FlaskClient | None = None, **auth: Any) -> SocketIOTestClient:
        return socket.test_client(app, auth=auth, flask_test_client=browser)

    return connected


def news(socket: SocketIOTestClient, name: str) -> list[Any]:
    """What came under that name since the last look, after the coalescing had its time."""
    time.sleep(3 * QUIET)
    return [message["args"][0] for message in socket.get_received() if message["name"] == name]


def wall(connect: Connect, app: Flask, run: Classroom) -> SocketIOTestClient:
    with app.app_context():
        return connect(screen="wall", code=run.code, key=session.wall_key(run.run_id))


def phone(connect: Connect, run: Classroom, browser: FlaskClient, number: int = 0) -> SocketIOTestClient:
    browser.set_cookie(session.cookie_name(run.code), run.seats[number])
    return connect(browser, screen="phone", code=run.code)


def opened(phones: Callable[[int], Classroom], topic: str, how_many: int = 3) -> Classroom:
    """The class at the step that asks about this topic, its answers open."""
    run = phones(how_many)
    run.press(Move.START, Move.NEXT, Move.OPEN)
    if topic != "left-handed":
        run.press(Move.SKIP, Move.OPEN)
    return run


def vote(socket: SocketIOTestClient, prompt: str, token: str, number: int = 1) -> Any:
    sent = {"prompt": prompt, "answer": token, "id": f"v{number}", "seq": number}
    return socket.emit("vote", sent, callback=True)


def test_each_screen_gets_its_view_on_connecting(
    connect: Connect, app: Flask, consultant: FlaskClient, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    sockets = [
        wall(connect, app, run),
        phone(connect, run, stranger),
        connect(consultant, screen="consultant", run=run.run_id),
    ]
    assert [[view["turn"] for view in news(socket, "view")] for socket in sockets] == [[0], [0], [0]]


@pytest.mark.parametrize(
    "auth",
    [
        {},
        {"screen": "wall", "key": "x"},
        {"screen": "wall"},
        {"screen": "phone"},
        {"screen": "phone", "seat": "forged"},
        {"screen": "consultant"},
        {"screen": "consultant_private"},
    ],
)
def test_who_shows_nothing_watches_nothing(connect: Connect, run: Classroom, auth: dict[str, str]) -> None:
    assert not connect(code=run.code, run=run.run_id, **auth).is_connected()


def test_the_key_of_one_wall_opens_no_other(connect: Connect, app: Flask, run: Classroom) -> None:
    with app.app_context():
        key = session.wall_key("another run")
    assert not connect(screen="wall", code=run.code, key=key).is_connected()


def test_the_newest_connection_of_a_seat_wins(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    older, newer = (phone(connect, run, stranger) for _ in range(2))
    assert [len(news(socket, "elsewhere")) for socket in (older, newer)] == [1, 0]


def test_of_a_seats_connections_the_newest_four_are_heard(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    sockets = [phone(connect, run, stranger) for _ in range(6)]
    assert [socket.is_connected() for socket in sockets] == [False] * 2 + [True] * 4


def test_a_seat_that_connects_without_end_must_wait(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    came = [phone(connect, run, stranger).is_connected() for _ in range(30)]
    assert all(came[:20])
    assert not all(came)


def test_every_coming_of_a_seat_that_is_let_in_brings_the_view(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    for _ in range(15):
        socket = phone(connect, run, stranger)
        assert news(socket, "view")
        socket.disconnect()


def test_a_press_brings_every_screen_the_new_view(
    connect: Connect, app: Flask, consultant: FlaskClient, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    sockets = [wall(connect, app, run), phone(connect, run, stranger)]
    sockets.append(connect(consultant, screen="consultant", run=run.run_id))
    run.press(Move.START)
    assert [news(socket, "view")[-1]["turn"] for socket in sockets] == [1, 1, 1]


def test_the_consultants_news_are_as_private_as_the_page(
    connect: Connect, consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(12)
    run.hold(CALM, until=Move.EVALUATE)
    seen = []
    for private in ("no", "yes"):
        consultant.post(f"/consultant/run/{run.run_id}/private", data={"private": private})
        socket = connect(consultant, screen="consultant", run=run.run_id)
        seen.append("What can be shown" in news(socket, "view")[0]["html"])
    assert seen == [False, True]


def test_while_something_sensitive_is_open_the_wall_gets_no_number(
    connect: Connect, app: Flask, phones: Callable[[int], Classroom]
) -> None:
    run = opened(phones, "alcohol-weekly", 12)
    socket, seen = wall(connect, app, run), []
    for number in range(12):
        for kind, token in (("others", "003"), ("own", "000"), ("approve", "000")):
            assert run.vote(number, f"alcohol-weekly.{kind}.1", token).ok
        seen += [count["html"] for count in news(socket, "count")]
    assert {int(value) for html in seen for value in re.findall(r'value="(\d+)"', html)} <= {15, 50, 85, 100}
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", " ".join(seen)))


def test_the_warm_up_is_counted_on_the_wall(connect: Connect, app: Flask, phones: Callable[[int], Classroom]) -> None:
    run = opened(phones, "left-handed")
    socket = wall(connect, app, run)
    news(socket, "count")
    run.vote(0, "left-handed.others.1", "003")
    assert "1 of 3 have answered" in news(socket, "count")[-1]["html"]


def test_phones_hear_nothing_of_votes(
    connect: Connect, app: Flask, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = opened(phones, "left-handed")
    socket = phone(connect, run, stranger)
    socket.get_received()
    run.vote(1, "left-handed.others.1", "003")
    time.sleep(3 * QUIET)
    assert socket.get_received() == []


def test_many_votes_are_told_in_few_counts(connect: Connect, app: Flask, phones: Callable[[int], Classroom]) -> None:
    """News has a pace: 40 votes bring as many counts as there were pauses, not forty."""
    run = opened(phones, "left-handed", 8)
    socket = wall(connect, app, run)
    news(socket, "count")
    began = time.monotonic()
    for tap in range(40):
        run.vote(tap % 8, "left-handed.others.1", f"{tap % 8:03d}")
    pauses = (time.monotonic() - began) / QUIET
    assert 1 <= len(news(socket, "count")) <= pauses + 2


def test_a_vote_is_acknowledged_after_its_commit(
    connect: Connect, stranger: FlaskClient, store: Store, phones: Callable[[int], Classroom]
) -> None:
    run = opened(phones, "left-handed")
    socket = phone(connect, run, stranger)
    assert vote(socket, "left-handed.others.1", "002") == {"ok": True, "reason": "saved"}
    assert [ballot.value for ballot in store.read(lambda tx: tx.ballots(run.run_id, ["left-handed"]))] == [2]


def test_a_vote_that_cannot_be_stored_is_not_acknowledged(
    connect: Connect, stranger: FlaskClient, store: Store, phones: Callable[[int], Classroom], monkeypatch: Any
) -> None:
    run = opened(phones, "left-handed")
    socket = phone(connect, run, stranger)

    def full(_work: Any) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as disk:
        disk.setattr(store, "write", full)
        assert vote(socket, "left-handed.others.1", "002") == {"ok": False, "reason": "later"}
    assert vote(socket, "left-handed.others.1", "002", 2)["ok"]


def test_a_late_vote_is_told_so(connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = opened(phones, "left-handed")
    socket = phone(connect, run, stranger)
    run.press(Move.CLOSE)
    assert vote(socket, "left-handed.others.1", "002") == {"ok": False, "reason": "closed"}


@pytest.mark.parametrize("sent", [None, "x", 7, [], {}, {"prompt": {}, "answer": [], "id": 0, "seq": "x"}])
def test_nonsense_is_refused(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom], sent: Any
) -> None:
    run = opened(phones, "left-handed")
    answer = phone(connect, run, stranger).emit("vote", sent, callback=True)
    assert answer["ok"] is False


def test_only_phones_vote(connect: Connect, app: Flask, phones: Callable[[int], Classroom]) -> None:
    run = opened(phones, "left-handed")
    assert vote(wall(connect, app, run), "left-handed.others.1", "002") == {"ok": False, "reason": "no_seat"}


def test_a_flood_of_questions_is_not_heard_however_many_connections_it_comes_by(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    sockets = [phone(connect, run, stranger) for _ in range(3)]
    for socket in sockets:
        for _ in range(30):
            socket.emit("sync")
    assert sum(len(news(socket, "view")) for socket in sockets) < 20


@pytest.mark.parametrize(
    "junk",
    ["2[{}]", '2["zzz"]', '2["disconnect"]', "2[", "2{}", '2/x,["vote"]', "3", '51-["vote"]', "", b"vote", "2" * 99],
)
def test_what_no_page_says_is_not_even_looked_at(
    served: tuple[Flask, SocketIO], monkeypatch: pytest.MonkeyPatch, junk: str | bytes
) -> None:
    server = served[1].server
    looked_at: list[Any] = []
    for handler in ("_handle_event", "_handle_ack"):
        monkeypatch.setattr(server, handler, lambda *packet: looked_at.append(packet))
    server.eio.handlers["message"]("line", junk)
    assert looked_at == []
    server.eio.handlers["message"]("line", '27["vote",{}]')
    assert len(looked_at) == 1


def test_to_say_connect_again_and_again_does_nothing(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(1)
    socket = phone(connect, run, stranger)
    news(socket, "view")
    for _ in range(5):
        socket.emit("connect", {"screen": "phone", "code": run.code})
    assert news(socket, "view") == []


def test_a_phone_that_comes_later_gets_the_newest_view(
    connect: Connect, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(2)
    turns = []
    for _ in range(3):
        turns.append(news(phone(connect, run, stranger), "view")[0]["turn"])
        run.press(run.next_press())
    assert turns == [0, 1, 2]


def test_the_last_expected_vote_and_the_close_are_told_at_once(
    connect: Connect, app: Flask, phones: Callable[[int], Classroom], monkeypatch: Any
) -> None:
    run = opened(phones, "left-handed")
    socket = wall(connect, app, run)
    news(socket, "count")
    run.vote(0, "left-handed.others.1", "003")
    news(socket, "count")
    monkeypatch.setattr(pace, "QUIET", 60.0)
    run.vote(1, "left-handed.others.1", "003")
    assert news(socket, "count") == []
    run.vote(2, "left-handed.others.1", "003")
    assert "3 of 3 have answered" in news(socket, "count")[-1]["html"]
    run.vote(0, "left-handed.others.1", "001")
    run.press(Move.CLOSE)
    assert news(socket, "count") != []


def test_a_phone_too_many_is_refused_and_told_why_and_the_others_keep_voting(
    app: Flask,
    served: tuple[Flask, SocketIO],
    connect: Connect,
    stranger: FlaskClient,
    phones: Callable[[int], Classroom],
) -> None:
    run = opened(phones, "left-handed")
    live_of(app).connections.capacity = 2
    others = [phone(connect, run, app.test_client(), number) for number in (0, 1)]
    assert not phone(connect, run, app.test_client(), 2).is_connected()
    answer = stranger.post(f"/{run.code}/join", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert [vote(socket, "left-handed.others.1", "002", 1)["ok"] for socket in others] == [True, True]
    again = phone(connect, run, app.test_client(), 1)
    assert again.is_connected()
    assert vote(again, "left-handed.others.1", "001", 2)["ok"]


def test_a_connection_that_went_while_it_came_in_takes_no_place(
    app: Flask,
    connect: Connect,
    stranger: FlaskClient,
    phones: Callable[[int], Classroom],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = phones(1)
    live = live_of(app)
    made = live.phone_view(run.run_id)

    def hang_up(_run_id: str) -> Any:
        live._socket.server.environ.clear()
        return made

    with monkeypatch.context() as patched:
        patched.setattr(live, "phone_view", hang_up)
        assert not phone(connect, run, stranger).is_connected()
    assert live.connections.watchers() == []


def test_places_of_lines_that_are_there_no_more_are_given_away(app: Flask, run: Classroom) -> None:
    connections = live_of(app).connections
    connections.capacity = 1
    connections._watchers["gone"] = Watcher(run.run_id, "phone", "seat")
    assert not connections.full()


def test_a_full_process_still_lets_the_consultant_in(
    app: Flask, connect: Connect, consultant: FlaskClient, run: Classroom
) -> None:
    live_of(app).connections.capacity = 0
    assert connect(consultant, screen="consultant", run=run.run_id).is_connected()


def test_the_consultant_is_told_at_once_that_nothing_can_be_saved_and_when_it_can_again(
    connect: Connect,
    consultant: FlaskClient,
    stranger: FlaskClient,
    phones: Callable[[int], Classroom],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = opened(phones, "left-handed")
    desk, one = connect(consultant, screen="consultant", run=run.run_id), phone(connect, run, stranger)

    def away(_work: Any) -> Any:
        raise OutOfReach("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write", away)
        assert [vote(one, "left-handed.others.1", "001", number)["ok"] for number in (1, 2)] == [False, False]
        assert [told["stuck"] for told in news(desk, "stuck")] == [True]
    assert vote(one, "left-handed.others.1", "001", 3)["ok"]
    assert [told["stuck"] for told in news(desk, "stuck")] == [False]
    assert news(one, "stuck") == []


def test_whoever_opens_the_page_meanwhile_is_told_that_nothing_can_be_saved(
    consultant: FlaskClient, connect: Connect, run: Classroom, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_work: Any) -> Any:
        raise OutOfReach("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write", away)
        consultant.post(f"/consultant/run/{run.run_id}/move", data={"move": "start", "turn": 0})
    desk = connect(consultant, screen="consultant", run=run.run_id)
    assert news(desk, "view")[-1]["stuck"] is True
    run.press(Move.START)
    assert news(desk, "view")[-1]["stuck"] is False


def test_who_cannot_be_shown_where_the_lesson_stands_is_sent_away_to_come_again(
    connect: Connect, stranger: FlaskClient, run: Classroom, store: Store, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    def away(_work: Any) -> Any:
        raise OutOfReach("locked")

    desk = wall(connect, app, run)
    with monkeypatch.context() as broken:
        broken.setattr(store, "read", away)
        desk.emit("sync")
        assert not desk.is_connected()


def test_the_last_count_that_a_page_hears_is_what_is_stored(
    app: Flask,
    connect: Connect,
    consultant: FlaskClient,
    phones: Callable[[int], Classroom],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = opened(phones, "left-handed")
    desk = connect(consultant, screen="consultant", run=run.run_id)
    live = live_of(app)
    take = live._rooms.snapshot

    def overtaken(run_id: str) -> Any:
        before = take(run_id)
        run.vote(0, "left-handed.others.1", "002")
        time.sleep(3 * QUIET)  # and the vote is told meanwhile
        return before

    with monkeypatch.context() as patched:
        patched.setattr(live._rooms, "snapshot", overtaken)
        desk.emit("sync")
    last = news(desk, "count")[-1]
    assert last == news(connect(consultant, screen="consultant", run=run.run_id), "count")[-1]


def test_a_whole_hall_that_comes_at_once_has_its_view_made_once(
    app: Flask, phones: Callable[[int], Classroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened(phones, "left-handed")
    live = live_of(app)
    live._phone_views.clear()
    taken: list[str] = []
    snapshot = live._rooms.snapshot

    def slow(run_id: str) -> Any:
        taken.append(run_id)
        time.sleep(0.05)
        return snapshot(run_id)

    monkeypatch.setattr(live._rooms, "snapshot", slow)
    with ThreadPoolExecutor(8) as hall:
        views = list(hall.map(lambda _phone: live.phone_view(run.run_id), range(8)))
    assert taken == [run.run_id]
    assert views == [views[0]] * 8


def test_whoever_read_the_run_before_a_move_gets_the_view_after_it(
    app: Flask, phones: Callable[[int], Classroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened(phones, "left-handed")
    live = live_of(app)
    before = live._rooms.read(lambda tx: tx.brief(run.run_id))
    run.press(Move.CLOSE)
    after = live.phone_view(run.run_id)
    monkeypatch.setattr(live._rooms, "read", lambda _work: before)
    monkeypatch.delattr(live._rooms.__class__, "snapshot")
    assert live.phone_view(run.run_id) is after


@pytest.mark.parametrize("said", ["connect", "disconnect"])
def test_an_event_named_like_the_librarys_own_changes_nothing(
    said: str,
    connect: Connect,
    stranger: FlaskClient,
    phones: Callable[[int], Classroom],
    app: Flask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    run = opened(phones, "left-handed")
    socket = phone(connect, run, stranger)
    before = dict(live_of(app).connections._watchers)
    for more in ((), ({},), ({}, {"screen": "consultant"}, 1)):
        socket.emit(said, *more)
    assert live_of(app).connections._watchers == before
    assert vote(socket, "left-handed.others.1", "001")["ok"]
    assert caplog.records == []
