"""The one place where a domain error becomes a status and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from clicker import words
from clicker.lesson import NotNow
from clicker.report.posters import NoPublication, NothingTogether, NotOneGroup, Overlaps
from clicker.room import (
    BadSurveyName,
    EverAgain,
    LabelsNeeded,
    LessonOver,
    NothingToAsk,
    NothingToKeep,
    NotYours,
    OutOfReach,
    RoomFull,
    Slow,
    TooEarly,
    TooManyFigures,
    TooMuchToAsk,
    TooSoon,
    TooYoung,
    UnknownCode,
    UnknownSurvey,
    WrongPresent,
    WrongTwin,
)
from clicker.room.contact import BadContact
from clicker.room.own_lessons import LessonTooLarge, StaleLesson, UnknownLesson
from clicker.safety.declared import N_
from clicker.web.config import config


@dataclass(frozen=True)
class Answer:
    status: int
    sentence: str


POSTERS = (NotOneGroup, NothingTogether, Overlaps, NoPublication)
# Status and sentence of each error, of each reason why a press changes nothing, and of each why a twin is none.
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    UnknownCode: (404, N_("That code does not exist. Look at the board and try again.")),
    LessonOver: (410, N_("That lesson is over. Ask if there is a new code.")),
    RoomFull: (503, N_("No more phones can join right now. Tell the person who holds the lesson.")),
    NotYours: (403, N_("This phone is not in the lesson. Type the code again.")),
    Slow: (429, N_("That was a bit fast. Wait a moment.")),
    TooSoon: (
        409,
        N_(
            "This group has answered some of these questions within the last six weeks. "
            "Choose other topics, or wait: two results close to each other could tell who answered what."
        ),
    ),
    EverAgain: (
        409,
        N_("Nothing of this lesson can be asked a second time: the two answers together could tell too much."),
    ),
    LabelsNeeded: (400, N_("Write the school and the group first. Then nobody is asked the same too soon.")),
    WrongPresent: (400, N_("Write how many are in the room: a whole number from 2 to 2000.")),
    UnknownSurvey: (404, N_("No figures of that municipality are kept here.")),
    NothingToKeep: (400, N_("There was no row that could be kept.")),
    BadSurveyName: (400, N_("Write the names of the municipality and the survey, with at most 60 letters each.")),
    TooManyFigures: (400, N_("A municipality can keep at most 5,000 figures. Delete the old ones first.")),
    UnknownLesson: (404, N_("That lesson is not here any more.")),
    StaleLesson: (
        409,
        N_(
            "The lesson has been saved from another page since you opened this one. What you wrote stands here, "
            "but is not saved. Save again to put it in place of the other."
        ),
    ),
    LessonTooLarge: (
        413,
        N_("That is too much. A lesson has at most 40 topics, 60 steps and 200 kB. There is room for 100 lessons."),
    ),
    NotOneGroup: (
        400,
        N_("Choose lessons of one school or one grade, for the same kind of people, each class once."),
    ),
    NothingTogether: (409, N_("These lessons cannot be counted together for that topic.")),
    Overlaps: (
        409,
        N_(
            "Some of these classes are already counted together with others about that topic, on a poster or at a "
            "parents' evening. Use the same classes as then, or only others: two mixes could show what one class "
            "answered."
        ),
    ),
    NoPublication: (404, N_("That poster cannot be made any more. Its lessons have been deleted.")),
    NothingToAsk: (400, N_("Tick at least one question, and say who the youngest are.")),
    TooMuchToAsk: (400, N_("A stand asks at most eight questions. Take some away.")),
    TooYoung: (
        400,
        N_("Some of the questions are not for children that young. Take them away, or choose older ones."),
    ),
    BadContact: (400, N_("Something has to be put right below. Nothing is saved yet.")),
    OutOfReach: (503, N_("The answers cannot be saved right now. Nothing that was saved is lost.")),
}

PRESSES: dict[str, tuple[int, str]] = {
    "stale": (409, N_("The lesson has moved on. This page now shows where it is.")),
    "empty": (400, N_("Write the proposal first.")),
    "long": (400, N_("That proposal is too long. It may have 90 letters.")),
    "twice": (409, N_("That proposal is there already.")),
    "many": (409, N_("There are ten proposals. Take one away before you write another.")),
    "gone": (409, N_("That proposal is not there any more.")),
    "nothing": (400, N_("Tick at least one proposal first.")),
}

NOT_NOW = 409, N_("That cannot be done at this point of the lesson.")

TWINS: dict[str, tuple[int, str]] = {
    "gone": (404, N_("The lesson that this one belongs to is not here any more: it was deleted.")),
    "unfinished": (409, N_("The lesson that this one belongs to is still being held. Finish it first.")),
    "nothing": (409, N_("That lesson ended before its answers were counted. There is nothing to build on.")),
    "group": (400, N_("School and group must be the same as the first time.")),
    "audience": (400, N_("These two kinds of lesson cannot belong together.")),
    "grades": (400, N_("There is no lesson for parents of just these grades.")),
    "told": (
        409,
        N_("The group was not told that parents may see something. So the parents' evening cannot use it."),
    ),
    "lesson": (409, N_("A follow-up asks the same as the first time. This lesson is another one.")),
    "twice": (400, N_("Choose each class once only.")),
}


def answer_to(error: Exception) -> Answer:
    """The status and the sentence for an error that the rules raised."""
    if isinstance(error, NotNow):
        return _said(PRESSES.get(error.why, NOT_NOW))
    if isinstance(error, WrongTwin):
        return _said(TWINS[error.why])
    if isinstance(error, TooEarly):
        day = words.day(error.first_day, config().lang)
        return Answer(409, _("The group can be followed up from %(day)s: six weeks after the first time.", day=day))
    return _said(next(ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS))


def _said(known: tuple[int, str]) -> Answer:
    status, sentence = known
    return Answer(status, _(sentence))


def register(app: Flask) -> None:
    for kind in (NotNow, WrongTwin, TooEarly, *ANSWERS):
        app.register_error_handler(kind, _say_domain_error)
    app.register_error_handler(HTTPException, _say_http_error)


def _say_domain_error(error: Exception) -> Response:
    answer = answer_to(error)
    return page(answer.status, answer.sentence)


def _say_http_error(error: HTTPException) -> Response:
    sentences: dict[int | None, str] = {
        400: _("The page did not understand that. Go back and try again."),
        403: _("This page is only for the person who holds the lesson. Open it by the link that the program shows."),
        404: _("There is no such page."),
        405: _("There is no such page."),
        413: _("That was too much at once."),
    }
    return page(error.code or 500, sentences.get(error.code, _("Something went wrong. Try to reload the page.")))


def page(status: int, sentence: str) -> Response:
    """The sentence as a page, or as JSON for a script."""
    if wants_json():
        answer: Any = jsonify(ok=False, reason=sentence)
    else:
        answer = Response(render_template("error.html", sentence=sentence), mimetype="text/html")
    answer.status_code = status
    return cast(Response, answer)


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
