"""How fast one connection is read."""

from __future__ import annotations

import pytest

from clicker.engine.fairness import BURST, PATIENCE, RATE, Meter


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [0.0]
    monkeypatch.setattr("clicker.engine.fairness.time.monotonic", lambda: moment[0])
    return moment


def test_a_frame_that_comes_alone_waits_for_nothing(passed: list[float]) -> None:
    meter = Meter()
    for _tap in range(10):
        passed[0] += 0.1
        assert meter.pause() is None


def test_frames_that_come_together_let_others_go_first(passed: list[float]) -> None:
    meter = Meter()
    passed[0] = 1.0
    assert [meter.pause() for _frame in range(3)] == [None, 0.0, 0.0]


def test_who_never_pauses_is_read_at_the_rate(passed: list[float]) -> None:
    meter = Meter()
    frames = 0
    while passed[0] < 10:
        passed[0] += meter.pause() or 0.0
        frames += 1
    assert frames == pytest.approx(BURST + 10 * RATE, abs=2)


def test_who_goes_on_through_all_pauses_is_relentless(passed: list[float]) -> None:
    meter = Meter()
    while passed[0] < PATIENCE:
        assert not meter.relentless
        passed[0] += meter.pause() or 0.0
    meter.pause()
    assert meter.relentless


def test_who_is_quiet_for_a_moment_is_not_held_to_its_hurry(passed: list[float]) -> None:
    meter = Meter()
    while passed[0] < PATIENCE - 1:
        passed[0] += meter.pause() or 0.0
    passed[0] += 1.0
    assert meter.pause() is None
    for _frame in range(2 * RATE):
        passed[0] += meter.pause() or 0.0
    assert not meter.relentless


def test_a_large_read_counts_as_many_frames(passed: list[float]) -> None:
    meter = Meter()
    passed[0] = 1.0
    assert meter.pause(BURST + RATE) == pytest.approx(1.0)
