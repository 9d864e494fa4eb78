"""Posters: of one finished run, of several runs together, and the files to download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from clicker.report import NoReport
from clicker.report import posters as made
from clicker.report.posters import Kind, Offer, Paper, PosterWords
from clicker.web import errors
from clicker.web.config import config, rooms, today
from clicker.web.session import consultant_only
from clicker.words.posters import design_names, paper_names

blueprint = Blueprint("posters", __name__, url_prefix="/consultant")

PREVIEW = 640  # pixels across
LARGEST_SET = 60


@dataclass(frozen=True)
class Wish:
    """What the page's form asks for; what it does not know is the first of each."""

    design: str
    paper: Paper
    country: bool


@blueprint.get("/run/<run_id>/posters")
@consultant_only
def of_run(run_id: str) -> str:
    """Choose a topic, a design and a format of one run; see it; download it."""
    found = _run(run_id)
    wanted = request.args.get("topic", "")
    offer = next((one for one in found.offers if one.topic == wanted), found.offers[0] if found.offers else None)
    if offer is None:
        return render_template("consultant/poster.html", found=found, offer=None)
    wish = _wish(made.designs_of((offer.plain,)))
    address = {"endpoint": "posters.run_file", "run_id": run_id, "topic": offer.topic}
    return _page((offer.words(country=wish.country),), wish, offer, address, found=found)


@blueprint.get("/run/<run_id>/posters/<topic>/<design>/<paper>.<kind>")
@consultant_only
def run_file(run_id: str, topic: str, design: str, paper: str, kind: str) -> Response:
    offer = next((one for one in _run(run_id).offers if one.topic == topic), None)
    if offer is None:
        abort(404)
    return _file((offer.words(country=_country()),), design, paper, kind)


@blueprint.get("/posters")
@consultant_only
def several() -> str:
    """Tick finished runs; see which topics may be counted together, and what has been published."""
    return _several(request.args.getlist("run")[:LARGEST_SET])


@blueprint.post("/posters")
@consultant_only
def publish() -> Any:
    runs, key, now = request.form.getlist("run")[:LARGEST_SET], request.form.get("key", ""), rooms().now()
    try:
        one = rooms().write(lambda tx: made.publish(tx, runs, key, now))
    except errors.POSTERS as error:
        answer = errors.answer_to(error)
        return _several(runs, answer.sentence), answer.status
    return redirect(url_for("posters.together", publication=one.id))


@blueprint.get("/posters/<publication>")
@consultant_only
def together(publication: str) -> AnyResponse | str:
    """The posters of one publication, alone or beside the same from another time."""
    lang, day = config().lang, today()
    others = rooms().read(
        lambda tx: [
            (other.id, made.of_publication(tx, other.id, today=day, lang=lang).plain.when)
            for other in made.other_times(tx, publication)
        ]
    )
    offer, claims = _published(publication)
    wish = _wish(made.designs_of(claims))
    address = {"endpoint": "posters.together_file", "publication": publication, "beside": _beside() or None}
    return _page(claims, wish, offer, address, others=others, beside=_beside())


@blueprint.get("/posters/<publication>/<design>/<paper>.<kind>")
@consultant_only
def together_file(publication: str, design: str, paper: str, kind: str) -> Response:
    _offer, claims = _published(publication)
    return _file(claims, design, paper, kind)


def _several(runs: list[str], trouble: str = "") -> str:
    topics: tuple[made.Countable, ...] = ()
    if runs and not trouble:
        try:
            topics = rooms().read(lambda tx: made.sift(tx, runs))
        except errors.POSTERS as error:
            trouble = errors.answer_to(error).sentence
    lang, day = config().lang, today()
    return render_template(
        "consultant/posters.html",
        lines=rooms().read(made.choosable),
        chosen=frozenset(runs),
        topics=topics,
        trouble=trouble,
        published=rooms().read(lambda tx: [(one.id, _line(tx, one.id, day, lang)) for one in made.published(tx)]),
    )


def _line(tx: Any, publication: str, day: Any, lang: str) -> Offer | None:
    try:
        return made.of_publication(tx, publication, today=day, lang=lang)
    except made.NoPublication:
        return None


def _published(publication: str) -> tuple[Offer, tuple[PosterWords, ...]]:
    """The publication, and its claim or, beside another time, both in order."""
    lang, day, beside = config().lang, today(), _beside()
    country = _country() and not beside

    def work(tx: Any) -> tuple[Offer, tuple[PosterWords, ...]]:
        names = made.in_order(tx, publication, beside) if beside else (publication,)
        offers = [made.of_publication(tx, name, today=day, lang=lang) for name in names]
        return offers[0], tuple(offer.words(country=country) for offer in offers)

    return rooms().read(work)


def _page(claims: tuple[PosterWords, ...], wish: Wish, offer: Offer, address: dict[str, Any], **more: Any) -> str:
    names = design_names(config().lang)
    kinds = made.kinds(wish.paper)
    return render_template(
        "consultant/poster.html",
        claims=claims,
        wish=wish,
        offer=offer,
        files={kind: _address(address, wish, kind) for kind in kinds},
        preview=_address(address, wish, "png" if "png" in kinds else "svg", small="yes"),
        designs={name: names[name] for name in made.designs_of(claims)},
        papers=paper_names(config().lang),
        **more,
    )


def _address(address: dict[str, Any], wish: Wish, kind: Kind, **more: Any) -> str:
    country = "yes" if wish.country else None
    return url_for(**address, design=wish.design, paper=wish.paper.name, kind=kind, country=country, **more)


def _file(claims: tuple[PosterWords, ...], design: str, paper: str, kind: str) -> Response:
    """The file; its name says nothing of whose it is."""
    found = made.PAPERS.get(paper)
    wanted = next((one for one in made.kinds(found) if one == kind), None) if found else None
    if found is None or wanted is None or design not in made.designs_of(claims):
        abort(404)
    small = request.args.get("small") == "yes"
    content = config().in_thread(made.file_of, claims, design, found, wanted, PREVIEW if small else 0)
    response = Response(content, content_type=made.CONTENT_TYPES[wanted])
    if not small:
        response.headers["Content-Disposition"] = f'attachment; filename="poster-{paper}.{kind}"'
    return response


def _wish(known: tuple[str, ...]) -> Wish:
    design = request.args.get("design", "")
    paper = made.PAPERS.get(request.args.get("paper", ""), made.PAPERS["a3"])
    return Wish(design if design in known else known[0], paper, _country())


def _country() -> bool:
    return request.args.get("country") == "yes"


def _beside() -> str:
    return request.args.get("beside", "")


def _run(run_id: str) -> made.RunPosters:
    day, lang = today(), config().lang
    try:
        return rooms().read(lambda tx: made.of_run(tx, run_id, today=day, lang=lang))
    except NoReport:
        abort(404)
