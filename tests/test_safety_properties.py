"""What holds for every class there can be: nothing shown separates what may not be known."""

from __future__ import annotations

from dataclasses import replace

from attack import PROTECTIVE, RISK, Kept, Klass, as_it_is, asked, evaluated, screens
from builders import TODAY, figure, judged, protective_topic, risk_topic
from hypothesis import given, settings
from hypothesis import strategies as st

from clicker.lesson import Address, Audience, Figures, Kind, Polarity, Sensitivity, Topic, Verdict
from clicker.measures import Histogram
from clicker.room.moving import evaluate_topic
from clicker.safety import Choices, Declared, Shown, band, gap_points, misperception
from clicker.safety.guard import Case, misperceived, risky_majority
from clicker.store import Ballot

TOPICS = st.sampled_from(
    [replace(topic, sensitivity=level) for level in (Sensitivity.S1, Sensitivity.S2) for topic in (RISK, PROTECTIVE)]
)


@st.composite
def klasses(draw: st.DrawFn) -> Klass:
    """Any class of 8 to 30 answers, up to five more in the room, any guesses, attitudes and country."""
    n = draw(st.integers(8, 30))
    N = n + draw(st.integers(0, 5))
    guesses = draw(st.lists(st.integers(0, N - 1), min_size=N, max_size=N))
    return Klass(draw(TOPICS), n, N, tuple(guesses), draw(st.integers(0, n)), draw(st.sampled_from((3, 11, 33, 60))))


@settings(max_examples=60, deadline=None)
@given(klasses())
def test_p2_within_a_band_of_own_answers_every_screen_and_export_is_the_same(klass: Klass) -> None:
    for edge in (range(4), range(klass.n - 3, klass.n + 1)):
        assert len({repr(as_it_is(klass, k, 0)) for k in edge}) == 1


@settings(max_examples=60, deadline=None)
@given(klasses(), st.data())
def test_p2_within_a_band_of_attitudes_every_screen_and_export_is_the_same(klass: Klass, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, klass.n))
    for edge in (range(4), range(klass.n - 3, klass.n + 1)):
        assert len({repr(as_it_is(replace(klass, agreeing=agreeing), k, 0)) for agreeing in edge}) == 1


def with_own(klass: Klass, own: list[int | None]) -> Shown:
    """The public value where each seat says what stands at its place."""
    run = asked(klass)
    protective = 3 if klass.topic.polarity is Polarity.PROTECTIVE else 0
    rows = {Kind.OTHERS: klass.guesses, Kind.OWN: own, Kind.APPROVE: [protective] * klass.N}
    ballots = [
        Ballot(f"seat-{number:02}", Address(klass.topic.id, kind), value)
        for kind, values in rows.items()
        for number, value in enumerate(values)
    ]
    declared = Declared(klass.topic, run.lesson.audience, run.lesson.grades)
    country = figure(klass.share)
    return evaluate_topic(run, declared, ballots, klass.N, Figures(country, country), Choices(), TODAY)


@settings(max_examples=100, deadline=None)
@given(klasses(), st.data())
def test_p3_exchanging_the_answers_of_two_seats_changes_nothing(klass: Klass, data: st.DataObject) -> None:
    yes, skipped = data.draw(st.integers(0, klass.N)), data.draw(st.integers(0, 3))
    rest = max(0, klass.N - yes - skipped)
    own = data.draw(st.permutations(([1] * yes + [None] * skipped + [0] * rest)[: klass.N]))
    one, other = data.draw(st.tuples(*(st.integers(0, klass.N - 1),) * 2))
    exchanged = list(own)
    exchanged[one], exchanged[other] = own[other], own[one]
    before, after = with_own(klass, list(own)), with_own(klass, exchanged)
    assert before == after
    assert screens(klass, repr(before), Kept(before)) == screens(klass, repr(after), Kept(after))


@settings(max_examples=60, deadline=None)
@given(klasses(), st.data())
def test_p7_a_hidden_topic_is_the_same_for_every_count_with_that_word(klass: Klass, data: st.DataObject) -> None:
    hidden: dict[Verdict, set[str]] = {}
    for k in range(klass.n + 1):
        shown = evaluated(klass, k)
        if not shown.reveals:
            hidden.setdefault(shown.verdict, set()).add(screens(klass, repr(shown), Kept(shown)))
    assert all(len(contents) == 1 for contents in hidden.values())


def case_of(k: int, n: int, N: int, guesses: Histogram, topic: Topic) -> Case:
    own = band(k, n, topic.sensitivity)
    declared = Declared(topic, Audience.PUPILS, (7,))
    return Case(declared, guesses, own, None, None, N, Figures(None, None), Choices(), TODAY)


@settings(max_examples=300, deadline=None)
@given(klasses(), st.data())
def test_g3_g11_withdrawing_an_own_answer_never_turns_them_to_showing(klass: Klass, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, klass.n))
    counts = [0] * klass.N
    for guess in klass.guesses:
        counts[guess] += 1
    guesses = Histogram(klass.N - 1, 1, tuple(counts))
    before = case_of(k, klass.n, klass.N, guesses, klass.topic)
    for withdrawn in (0, 1):
        if 0 <= k - withdrawn <= klass.n - 1:
            after = case_of(k - withdrawn, klass.n - 1, klass.N, guesses, klass.topic)
            assert risky_majority(after) or not risky_majority(before)
            assert misperceived(before) or not misperceived(after)


@settings(max_examples=150, deadline=None)
@given(klasses(), st.data())
def test_a_risk_and_its_complement_get_the_same_verdict_and_opposite_gaps(klass: Klass, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, klass.n))
    counts = [0] * klass.N
    for guess in klass.guesses:
        counts[guess] += 1
    risk, protective = risk_topic("t"), protective_topic("t")
    common = {"n": klass.n, "N": klass.N, "protecting": data.draw(st.integers(0, klass.n))}
    country = figure(klass.share)
    mirrored = figure(100 - klass.share, side="healthy")
    one = judged(risk, k=k, guess=Histogram(klass.N - 1, 1, tuple(counts)), country=country, **common)
    other = judged(
        protective, k=klass.n - k, guess=Histogram(klass.N - 1, 1, tuple(counts[::-1])), country=mirrored, **common
    )
    assert (one.verdict, one.reveals, one.headline) == (other.verdict, other.reveals, other.headline)
    gap, back = gap_points(one), gap_points(other)
    assert (gap is None) == (back is None)
    if gap and back:
        assert gap == (-back[1], -back[0])
    over, under = misperception(one, risk), misperception(other, protective)
    if over and under:
        assert (over.over, over.accurate, over.under) == (under.under, under.accurate, under.over)
        assert over.majority == under.majority
        assert (over.floor, over.ceiling) == (under.floor, under.ceiling)
