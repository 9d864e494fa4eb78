"""Posters of one run and of several: their words, their drawings, their files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from builders import TODAY, figure, judged, lesson, neutral_topic
from finished_classes import ALCOHOL, HELD, SPEAK_UP, keep_class, one_topic, year_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from clicker import library
from clicker.lesson import Audience, NotNow, Sensitivity
from clicker.report import NoReport
from clicker.report import posters as made
from clicker.report.posters import PAPERS, PosterWords, file_of, lettering, page
from clicker.report.posters import design as drawing
from clicker.safety.posters import Claim
from clicker.store import Store
from clicker.words.posters import Whose, poster_words

SVG = "{http://www.w3.org/2000/svg}"
TOKENS = Path(page.__file__).parent.parent.parent / "static" / "tokens.css"
LONG = (
    "har ikke gjort noget forkert i dette skoleår, bare fordi andre forventede det, heller ikke en eneste gang, og "
    "heller ikke i fællesskabsforventningernes navn"
)
WHOSE = Whose(Audience.PUPILS, "Testskolen", "7.B", (date(2026, 3, 2),))


def words(
    low: int = 21,
    n: int = 24,
    *,
    healthy: str = "ville sige fra",
    lang: str = "da",
    whose: Whose = WHOSE,
    **claim: object,
) -> PosterWords:
    values = {"exact": False} | claim
    topic = replace(SPEAK_UP, healthy=healthy)
    return poster_words(topic, Claim("speak-up", low, n, **values), whose, today=TODAY, lang=lang, country=True)  # type: ignore[arg-type]


def offers(store: Store, run_id: str) -> dict[str, PosterWords]:
    found = store.read(lambda tx: made.of_run(tx, run_id, today=TODAY, lang="da"))
    return {one.topic: one.plain for one in found.offers}


def passing(store: Store, runs: list[str]) -> dict[str, bool]:
    return {one.title: one.passes for one in store.read(lambda tx: made.sift(tx, runs))}


def publish(store: Store, runs: list[str], *, now: datetime = HELD) -> made.Publication:
    key = store.read(lambda tx: made.sift(tx, runs))[0].key
    return store.write(lambda tx: made.publish(tx, runs, key, now))


def together(store: Store, publication: made.Publication, lang: str = "da") -> PosterWords:
    return store.read(lambda tx: made.of_publication(tx, publication.id, today=TODAY, lang=lang)).plain


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("da", "Mindst 21 af de 24, der svarede i 7.B, ville sige fra."),
        ("en", "At least 21 of the 24 who answered in 7.B ville sige fra."),
    ],
)
def test_the_sentence_names_what_it_counts(lang: str, sentence: str) -> None:
    said = words(lang=lang)
    assert said.sentence == sentence
    assert " ".join((said.before, said.number, said.after, said.claim)) == sentence


def test_an_exact_number_has_no_at_least() -> None:
    assert words(exact=True).sentence == "21 af de 24, der svarede i 7.B, ville sige fra."


@pytest.mark.parametrize("group", ["7.B", "9a", "10. X", "7"])
def test_a_class_is_named_in_the_sentence(group: str) -> None:
    assert f"i {group}," in words(whose=replace(WHOSE, group=group)).sentence


def test_another_group_is_named_below_it() -> None:
    said = words(whose=replace(WHOSE, group="De store"))
    assert said.sentence == "Mindst 21 af de 24, der svarede, ville sige fra."
    assert "De store" in said.foot


def test_n_stands_with_group_school_and_day() -> None:
    assert words().foot == "24 svarede · 7.B · Testskolen · 2. marts 2026"


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (Audience.PARENTS, "af de 66 forældre, der svarede i 3 klasser,"),
        (Audience.STAFF, "af de 66 ansatte, der svarede i 3 grupper,"),
        (Audience.STUDENTS, "af de 66, der svarede i 3 klasser,"),
    ],
)
def test_p12_several_classes_are_counted_and_not_named(audience: Audience, said: str) -> None:
    of_three = Whose(audience, "Testskolen", "", (date(2026, 3, 2), date(2026, 4, 14)))
    found = words(57, 66, whose=of_three, classes=3)
    assert found.after == said
    assert found.foot.endswith("Testskolen · 2. marts 2026 – 14. april 2026")


def test_the_country_has_its_year_and_its_source() -> None:
    found = words(figure=figure(4, population="7. klasse"))
    assert found.country == "7. klasse i hele landet: 96 af 100 ville sige fra."
    assert "2024" in found.source
    assert "En undersøgelse" in found.source


def test_g11_more_than_we_thought_is_said_only_where_the_claim_holds_it() -> None:
    assert words(more_than_guessed=True).more == "Det er flere, end vi troede."
    assert words().more == ""


# -- drawings ------------------------------------------------------------------------------------------------------

SENTENCES = {
    "short": words(),
    "long": words(168, 184, healthy=LONG, classes=12, figure=figure(4), more_than_guessed=True),
}
ALL = [(design, paper) for design in drawing.DESIGNS for paper in PAPERS.values()]


def texts(svg: str) -> list[tuple[float, float, float, float, str]]:
    """Left, right, top and bottom of the ink of each line, and the line."""
    found = []
    for parent in (root := ElementTree.fromstring(svg), *root.iter(f"{SVG}g")):
        down = float(re.findall(r"[\d.]+", parent.get("transform", "translate(0 0)"))[1])
        for one in parent.findall(f"{SVG}text"):
            x, base, size = (float(one.get(name, "")) for name in ("x", "y", "font-size"))
            weight = 600 if one.get("font-weight") == "600" else 400
            wide = lettering.width(one.text or "", size, weight)  # type: ignore[arg-type]
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "start")]
            below = 0 if (one.text or "").isdigit() else 0.22 * size
            base += down
            found.append((left, left + wide, base - lettering.CAP * size, base + below, one.text or ""))
    return found


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("design", "paper"), ALL, ids=lambda value: getattr(value, "name", value))
def test_all_text_stands_on_the_page_and_on_no_other_text(design: str, paper: made.Paper, sentence: str) -> None:
    found = texts(drawing.draw(SENTENCES[sentence], design, paper))
    for left, right, top, bottom, line in found:
        assert left >= 0, line
        assert right <= paper.wide, line
        assert top >= 0, line
        assert bottom <= paper.tall, line
    for number, one in enumerate(found):
        for other in found[:number]:
            apart = one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]
            assert apart, (one[4], other[4])


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("design", "paper"), ALL, ids=lambda value: getattr(value, "name", value))
def test_the_number_is_a_fifth_of_the_height(design: str, paper: made.Paper, sentence: str) -> None:
    said = SENTENCES[sentence]
    sizes = re.findall(rf'font-size="([\d.]+)"[^>]*>{said.number}<', drawing.draw(said, design, paper))
    assert lettering.CAP * float(sizes[0]) >= 0.199 * paper.tall


@pytest.mark.parametrize("design", drawing.DESIGNS)
def test_every_word_of_the_sentence_and_the_foot_is_on_the_poster(design: str) -> None:
    said = SENTENCES["long"]
    lines = " ".join(line for *_, line in texts(drawing.draw(said, design, PAPERS["a4"]))).replace("\u00a0", " ")
    for text in (said.before, said.number, said.after, said.claim, said.more, said.country, said.source, said.foot):
        assert text in lines


def test_there_is_one_figure_for_each_person() -> None:
    svg = drawing.draw(words(), "figures", PAPERS["a4"])
    fills = re.findall(r'<use [^>]*fill="(#\w+)"', svg)
    assert fills == [page.OWN] * 21 + [page.OWN_TINT] * 3


def test_more_people_than_can_be_seen_are_not_drawn() -> None:
    assert "figures" in made.designs_of((words(380, 400),))
    assert "figures" not in made.designs_of((words(380, 401),))


def test_labels_are_text_in_the_drawing() -> None:
    svg = drawing.draw(words(whose=replace(WHOSE, school="<script>&")), "words", PAPERS["a4"])
    assert "<script>" not in svg
    assert ElementTree.fromstring(svg) is not None


@pytest.mark.parametrize("design", made.designs_of((words(), words())))
@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_two_times_are_two_numbers_without_an_arrow(design: str, paper: made.Paper) -> None:
    late = replace(WHOSE, days=(date(2026, 5, 4),))
    svg = drawing.draw_two(words(57, 66, healthy=LONG), words(58, 64, healthy=LONG, whose=late), design, paper)
    found = texts(svg)
    assert all(left >= 0 and right <= paper.wide and bottom <= paper.tall for left, right, _top, bottom, _line in found)
    lines = [line.replace("\u00a0", " ") for *_, line in found]
    assert {"57", "58", "2. marts 2026", "4. maj 2026"} <= set(lines)
    assert not re.search("[→↑↓↗↘]", svg)


def test_the_colours_are_those_of_the_look() -> None:
    tokens = TOKENS.read_text(encoding="utf-8")
    for name in ("ink", "muted", "line", "own", "own-tint"):
        assert f"--{name}: {getattr(page, name.upper().replace('-', '_'))};" in tokens


def test_widths_are_those_of_the_shipped_letters() -> None:
    assert lettering.width("21", 10, 600) == pytest.approx(12)


# -- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "points"), [("a3", (841.89, 1190.55)), ("a4", (595.28, 841.89))])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_pdf_has_one_page_of_the_right_size(name: str, points: tuple[float, float], sentence: str) -> None:
    data = file_of((SENTENCES[sentence],), "words", PAPERS[name], "pdf")
    boxes = re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", data)
    assert len(boxes) == 1
    assert [float(one) for one in boxes[0].split()][2:] == pytest.approx(points, abs=0.1)
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert b"IBMPlexSans" in data


@pytest.mark.parametrize(("name", "size"), [("a3", (1754, 2480)), ("a4", (1240, 1754)), ("phone", (1080, 1920))])
def test_a_png_has_its_size(name: str, size: tuple[int, int]) -> None:
    picture = Image.open(BytesIO(file_of((words(),), "number", PAPERS[name], "png")))
    assert picture.size == size


def test_a_drawing_to_work_on_has_the_papers_size_and_its_letters() -> None:
    svg = file_of((words(),), "number", PAPERS["a3"], "svg").decode()
    assert 'width="297mm" height="420mm"' in svg
    assert svg.count("data:font/woff2;base64,") == 2


def test_without_the_converter_there_is_still_the_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clicker.report.posters.paper.find_spec", lambda name: None)
    assert made.kinds(PAPERS["a4"]) == ("svg",)


# -- one run -------------------------------------------------------------------------------------------------------


def test_p11_a_class_has_posters_of_its_s1_topics_only(store: Store) -> None:
    held = lesson(SPEAK_UP, ALCOHOL, neutral_topic())
    shown = {
        "speak-up": judged(SPEAK_UP, k=24, guess=60),
        "alcohol-weekly": judged(ALCOHOL, k=1),
        "left-handed": judged(neutral_topic(), k=5),
    }
    assert list(offers(store, keep_class(store, "7.B", shown, held))) == ["speak-up"]


def test_p11_without_the_word_before_there_are_no_posters_and_the_page_says_so(store: Store) -> None:
    run = one_topic(store, "7.B", SPEAK_UP, k=24, told=False)
    found = store.read(lambda tx: made.of_run(tx, run, today=TODAY, lang="da"))
    assert found.offers == ()
    assert "andre må se tal" in found.note


def test_a_topic_that_the_wall_did_not_come_to_has_no_poster(store: Store) -> None:
    assert offers(store, one_topic(store, "7.B", SPEAK_UP, k=24, reached=False)) == {}


def test_p2_within_a_band_every_byte_of_a_poster_is_the_same(store: Store) -> None:
    files = set()
    for k in range(22, 26):
        said = offers(store, one_topic(store, "7.B", SPEAK_UP, k=k))["speak-up"]
        files.add(tuple(file_of((said,), design, PAPERS["a4"], "svg") for design in drawing.DESIGNS))
    assert len(files) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 25), st.integers(0, 100), st.integers(0, 25), st.booleans())
def test_p11_whatever_a_class_answers_its_s2_is_on_no_poster(
    store: Store, k: int, guess: int, protecting: int, told: bool
) -> None:
    """Neither on its own page nor, alone or with one other class, among several."""
    more = {"guess": guess, "protecting": protecting, "told": told, "country": figure(4)}
    runs = [one_topic(store, f"7.{letter}", ALCOHOL, k=k, **more) for letter in "AB"]
    assert offers(store, runs[0]) == {}
    for chosen in (runs[:1], runs):
        assert not any(passing(store, chosen).values())
        with pytest.raises(made.NothingTogether):
            publish(store, chosen)


def test_a_live_or_unknown_run_has_no_posters(store: Store) -> None:
    live = one_topic(store, "7.B", SPEAK_UP, k=24, status="live")
    with pytest.raises(NotNow):
        offers(store, live)
    with pytest.raises(NoReport):
        offers(store, "none")


# -- several runs --------------------------------------------------------------------------------------------------


def test_p12_three_classes_stand_together(store: Store) -> None:
    one = publish(store, year_of(store, ALCOHOL, (0, 2, 3)))
    said = together(store, one)
    assert said.sentence == "Mindst 57 af de 66, der svarede i 3 klasser, drikker ikke alkohol hver uge."
    assert said.foot == "66 svarede i 3 klasser · Skolen · 2. marts 2026"


def test_p12_a_hidden_class_is_neither_counted_nor_named(store: Store) -> None:
    one = publish(store, year_of(store, ALCOHOL, (0, 2, 3, 15)))
    assert len(one.runs) == 3
    assert "66, der svarede i 3 klasser" in together(store, one).sentence


@pytest.mark.parametrize(("answers", "n"), [((0, 2), 30), ((0, 2, 15), 22), ((0, 1, 2), 16), ((0, 0, 6), 22)], ids=str)
def test_p7_what_does_not_pass_is_told_by_one_word(store: Store, answers: tuple[int, ...], n: int) -> None:
    runs = year_of(store, ALCOHOL, answers, n=n)
    assert store.read(lambda tx: made.sift(tx, runs))[0] == made.Countable(
        store.read(lambda tx: made.sift(tx, runs))[0].key, "Alkohol", passes=False
    )
    with pytest.raises(made.NothingTogether):
        publish(store, runs)


def test_p12_a_class_that_moves_within_its_band_changes_no_byte(store: Store) -> None:
    files = set()
    for k in range(4):
        said = together(store, publish(store, year_of(store, ALCOHOL, (k, 1, 1))))
        files.add(file_of((said,), "figures", PAPERS["a4"], "svg"))
    assert len(files) == 1


def test_p12_one_partition_of_a_topic_is_published(store: Store) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 2, 3, 1, 2, 0))
    first = publish(store, runs[:3])
    assert publish(store, runs[:3]) == first
    for overlapping in (runs[:4], runs[1:4], runs[2:6], runs):
        with pytest.raises(made.Overlaps):
            publish(store, overlapping)
    publish(store, runs[3:6])
    assert len(store.read(made.published)) == 2


def test_p12_a_deleted_class_does_not_free_the_others(store: Store) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 2, 3))
    one = publish(store, runs)
    store.write(lambda tx: tx.delete_run(runs[3]))
    with pytest.raises(made.Overlaps):
        publish(store, runs[:3])
    with pytest.raises(made.NoPublication):
        together(store, one)


def test_other_topics_of_the_same_classes_may_stand_in_another_mix(store: Store) -> None:
    runs = []
    for letter in "ABCD":
        shown = {"alcohol-weekly": judged(ALCOHOL, k=1), "speak-up": judged(SPEAK_UP, k=24, guess=60)}
        runs.append(keep_class(store, f"7.{letter}", shown, lesson(ALCOHOL, SPEAK_UP)))
    keys = {one.title: one.key for one in store.read(lambda tx: made.sift(tx, runs))}
    store.write(lambda tx: made.publish(tx, runs, keys["Alkohol"], HELD))
    store.write(lambda tx: made.publish(tx, runs[:3], keys["Sige fra"], HELD))


def test_a_grade_of_several_schools_names_no_school(store: Store) -> None:
    runs = [one_topic(store, "7.A", ALCOHOL, k=1, school=school) for school in ("Nord", "Syd", "Vest")]
    assert together(store, publish(store, runs)).foot == "75 svarede i 3 klasser · 2. marts 2026"


def test_different_schools_and_grades_are_not_one_group(store: Store) -> None:
    runs = [
        one_topic(store, f"{grade}.A", ALCOHOL, k=1, school=school, grades=(grade,))
        for grade, school in ((7, "Nord"), (8, "Syd"), (9, "Vest"))
    ]
    with pytest.raises(made.NotOneGroup):
        passing(store, runs)


def test_a_class_is_counted_once_and_parents_not_with_pupils(store: Store) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 2))
    again = one_topic(store, "7 a", ALCOHOL, k=1, day=HELD + timedelta(weeks=8))
    parents = one_topic(store, "7.F", ALCOHOL, k=1, audience=Audience.PARENTS)
    for odd in (again, parents):
        with pytest.raises(made.NotOneGroup):
            passing(store, [*runs, odd])


def test_what_was_asked_in_other_words_is_not_counted_together(store: Store) -> None:
    other = replace(ALCOHOL, healthy="drikker aldrig alkohol")
    runs = [*year_of(store, ALCOHOL, (0, 1)), *year_of(store, other, (0, 1), letters="CD")]
    assert list(passing(store, runs).values()) == [False]
    assert [one.passes for one in store.read(lambda tx: made.sift(tx, runs))] == [False, False]


def test_p11_only_groups_that_were_told_can_be_chosen(store: Store) -> None:
    told, untold = one_topic(store, "7.A", ALCOHOL, k=1), one_topic(store, "7.B", ALCOHOL, k=1, told=False)
    assert [one.id for one in store.read(made.choosable)] == [told]
    runs = [untold, *year_of(store, ALCOHOL, (0, 1), letters="CD")]
    assert not any(passing(store, runs).values())


def test_a_campaigns_two_times_stand_beside_each_other_in_their_order(store: Store) -> None:
    before = publish(store, year_of(store, ALCOHOL, (0, 2, 3)))
    after = publish(store, year_of(store, ALCOHOL, (0, 2, 3), day=HELD + timedelta(weeks=9)))
    assert [one.id for one in store.read(lambda tx: made.other_times(tx, after.id))] == [before.id]
    assert store.read(lambda tx: made.in_order(tx, after.id, before.id)) == (before.id, after.id)


def test_two_halves_of_one_time_are_no_before_and_after(store: Store) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 2, 3, 1, 2))
    one, other = publish(store, runs[:3]), publish(store, runs[3:])
    assert store.read(lambda tx: made.other_times(tx, one.id)) == ()
    with pytest.raises(made.NoPublication):
        store.read(lambda tx: made.in_order(tx, one.id, other.id))


def test_every_shipped_lesson_says_its_claims_without_overflow() -> None:
    for held in library.lessons():
        for topic in held.topics:
            if topic.own is None or topic.sensitivity is Sensitivity.S2 or not topic.healthy:
                continue
            said = words(healthy=topic.healthy)
            for design, paper in ALL:
                assert all(right <= paper.wide for _left, right, *_ in texts(drawing.draw(said, design, paper)))
