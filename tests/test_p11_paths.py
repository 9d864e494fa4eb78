"""P11 on every path out of one class's room: report, table and posters.

Two classes that differ only in how many gave the risk answer to an S2 topic leave the same bytes, inside the lower band
and outside it: inside the one sentence, outside nothing that has to do with the answer.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import TODAY, figure, judged, lesson, prompt, risk_topic
from finished_classes import keep_class
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clicker.lesson import Kind, Verdict
from clicker.report.finished import build
from clicker.report.posters.single import of_run
from clicker.report.table import csv_bytes
from clicker.safety import EDGE, Shown
from clicker.store import Store

TOPIC = risk_topic(
    healthy="drikker ikke alkohol hver uge",
    unhealthy="drikker alkohol hver uge",
    others_approve=prompt(Kind.OTHERS_APPROVE),
)
LESSON = lesson(TOPIC, told=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    opened = Store(f"sqlite:///{tmp_path_factory.mktemp('p11') / 'clicker.db'}", durable=False)
    yield opened
    opened.close()


def leaves(store: Store, shown: Shown) -> bytes:
    """Every byte that others may have of the finished class."""
    run_id = keep_class(store, "7.B", {TOPIC.id: shown}, LESSON)
    report = store.read(lambda tx: build(tx, run_id, today=TODAY, lang="da"))
    posters = store.read(lambda tx: of_run(tx, run_id, today=TODAY, lang="da"))
    return repr((report, posters)).encode() + csv_bytes(report)


CLASSES = st.fixed_dictionaries(
    {
        "n": st.integers(10, 28),
        "guess": st.integers(0, 100),
        "protecting": st.integers(0, 10),
        "share": st.integers(1, 60),
        "others_attitude": st.integers(0, 100),
    }
)


def klass(k: int, made: dict[str, int]) -> Shown:
    n = made["n"]
    return judged(
        TOPIC,
        k=k,
        n=n,
        N=n,
        guess=made["guess"],
        protecting=n - made["protecting"],
        others_attitude=made["others_attitude"],
        country=figure(made["share"]),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLASSES, st.data())
def test_p11_two_numbers_of_the_lower_band_leave_the_same(store: Store, made: dict[str, int], data: Any) -> None:
    one, other = (data.draw(st.integers(0, EDGE)) for _ in range(2))
    assert leaves(store, klass(one, made)) == leaves(store, klass(other, made))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLASSES, st.data())
def test_p11_two_numbers_outside_it_with_one_verdict_leave_the_same(
    store: Store, made: dict[str, int], data: Any
) -> None:
    one, other = (klass(data.draw(st.integers(EDGE + 1, made["n"])), made) for _ in range(2))
    if one.verdict is other.verdict:
        assert leaves(store, one) == leaves(store, other)


def test_p11_both_kinds_of_class_are_among_those_that_were_tried(store: Store) -> None:
    """Or the two above could not fail."""
    made = {"n": 25, "guess": 60, "protecting": 2, "share": 11, "others_attitude": 50}
    assert [klass(k, made).verdict for k in (1, 4, 5)] == [Verdict.SHOW] * 3
    assert b"Mindst 22 af de 25" in leaves(store, klass(1, made))
    assert b"Mindst 22 af de 25, der svarede, drikker ikke" not in leaves(store, klass(5, made))
