"""Before class: what is asked, what may be left out, warnings, and whose the lesson is."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from clicker import words
from clicker.lesson import Figure, Lesson, Plan, Topic, Twin, TwinKind
from clicker.lesson import plan as lesson_plan
from clicker.room import (
    LabelsNeeded,
    Opening,
    OutOfReach,
    TooSoon,
    UnknownSurvey,
    WrongPresent,
    WrongTwin,
    own_content,
    own_figures,
)
from clicker.room.children import alone
from clicker.room.contact import help_settings
from clicker.room.moving import checked_present
from clicker.room.preparing import prepare as prepare_topics
from clicker.room.twins import TwinPlan, plan_twin
from clicker.safety import never_asked, off_unless_chosen
from clicker.web import errors
from clicker.web.config import config, lessons, rooms, today
from clicker.web.consultant import whole_number
from clicker.web.session import consultant_only

blueprint = Blueprint("before_class", __name__, url_prefix="/consultant")


@blueprint.get("/lesson/<lesson_id>")
@consultant_only
def prepare(lesson_id: str) -> Response:
    """Before class: what is asked, what may be left out, warnings, and the labels of the group."""
    lesson = _lesson(lesson_id)
    return show_form(lesson, _parents_of(lesson))


@blueprint.post("/lesson/<lesson_id>")
@consultant_only
def create(lesson_id: str) -> Response:
    """Make the run, or say on the same page, with the form kept, why not."""
    lesson = _lesson(lesson_id)
    return make_run(lesson, _parents_of(lesson))


def _parents_of(lesson: Lesson) -> TwinPlan | None:
    """The classes that the address names, whose parents meet. Raises what `plan_twin` raises."""
    named = request.args.getlist("twin")
    if not named:
        return None
    twin, day = Twin(TwinKind.PARENTS, tuple(named)), today()
    return rooms().read(lambda tx: plan_twin(tx, twin, lesson, day))


def make_run(lesson: Lesson, plan: TwinPlan | None = None) -> Response:
    """A new run as the form says it; where that cannot be, the form again with the sentence that says why."""
    typed = request.form.get("present", "").strip()
    chosen = _chosen(lesson, request.form)
    asked = frozenset(topic.id for topic in lesson.asked_topics())
    opening = Opening(
        lesson=lesson,
        school=request.form.get("school", "")[:80],
        group=request.form.get("group", "")[:20],
        left_out=asked - chosen,
        present=whole_number(typed),
        substances_in_grade_6=request.form.get("substances") == "yes",
        simple_pictures=request.form.get("simple") == "yes",
        twins=plan.twin.runs if plan else (),
        twin_kind=plan.twin.kind if plan else None,
        municipality=request.form.get("municipality", ""),
    )
    if request.form.get("count"):
        return show_form(lesson, plan)
    if not chosen & asked:
        return show_form(lesson, plan, _("Choose at least one topic."), 400)
    try:
        if typed:
            checked_present(whole_number(typed))
        card = rooms().create(opening)
    except (LabelsNeeded, TooSoon, UnknownSurvey, WrongPresent, WrongTwin, OutOfReach) as error:
        answer = errors.answer_to(error)
        return show_form(lesson, plan, answer.sentence, answer.status)
    return make_response(redirect(url_for("consultant.run", run_id=card.id)))


def show_form(lesson: Lesson, plan: TwinPlan | None = None, sentence: str = "", status: int = 200) -> Response:
    """The page before class, of a lesson that stands alone or is held as somebody's twin."""
    cards = rooms().runs()
    held = plan.lesson if plan else alone(lesson)
    municipality = _municipality(plan)
    topics = prepare_topics(held, rooms().read(own_content).of(municipality), today())
    form = request.form or MultiDict([("topic", one.topic.id) for one in topics])
    page = render_template(
        "consultant/prepare.html",
        lesson=lesson,
        topics=topics,
        lines=[[_reference(one.topic, figure) for figure in one.figures] for one in topics],
        disagreements=[
            [words.disagreement_sentence(found, config().lang) for found in one.disagreements] for one in topics
        ],
        plan=counted(held, form),
        twin=plan,
        children=_children_notes(plan),
        taken_out=[topic.title for topic in plan.taken_out] if plan else [],
        substances=bool(off_unless_chosen(held) & {one.topic.id for one in topics}),
        schools=sorted({card.school for card in cards if card.school}),
        groups=sorted({card.group for card in cards if card.group}),
        municipalities=[one.municipality for one in rooms().read(own_figures.stored_surveys)],
        municipality=municipality,
        reachable=rooms().read(help_settings).contact.reachable,
        sentence=sentence,
        form=form,
        chosen=form.getlist("topic"),
    )
    return make_response(page, status)


def _municipality(plan: TwinPlan | None) -> str:
    """Whose own figures stand beside the country's: as chosen on the page, else the one that is proposed."""
    if request.form:
        return request.form.get("municipality", "")
    twins = plan.twin.runs if plan else ()
    return rooms().read(lambda tx: own_figures.preselected(tx, twins))


def _children_notes(plan: TwinPlan | None) -> tuple[str, ...]:
    """What parents are not asked about their children, and why."""
    if plan is None or plan.fitted is None:
        return ()
    out = [(one.title, one.why) for one in plan.fitted.out]
    return words.children_notes(out, plan.fitted.apart, config().lang)


def _reference(topic: Topic, figure: Figure) -> str:
    """A figure as the wall says it, with its source."""
    day, lang = today(), config().lang
    return f"{words.reference_sentence(topic, figure, day, lang)}. {words.source_line(figure, day, lang)}"


@blueprint.get("/lesson/<lesson_id>/plan")
@consultant_only
def count(lesson_id: str) -> str:
    """Minutes, questions and presses for the chosen topics, as the page says them."""
    return render_template("consultant/_plan.html", plan=counted(_lesson(lesson_id), request.args))


def counted(lesson: Lesson, form: MultiDict[str, str]) -> Plan:
    """The plan of the lesson with the topics of the form only."""
    return lesson_plan(lesson, frozenset(topic.id for topic in lesson.asked_topics()) - _chosen(lesson, form))


def _chosen(lesson: Lesson, form: MultiDict[str, str]) -> frozenset[str]:
    """The topics that will be asked: those ticked, in 6th grade without what is off unless chosen (G2)."""
    off = frozenset() if form.get("substances") == "yes" else off_unless_chosen(lesson)
    return frozenset(form.getlist("topic")) - off - never_asked(lesson)


def _lesson(lesson_id: str) -> Lesson:
    for lesson in lessons():
        if lesson.id == lesson_id:
            return lesson
    abort(404)
