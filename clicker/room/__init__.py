"""The live run: joining, voting, moving, and `facts`, the only gate of what a screen may know.

Everything that writes goes through one writer's queue; news goes out after the commit, through what `web` hands in.
"""

from clicker.room.codes import clean_code, hashed
from clicker.room.errors import (
    BadSurveyName,
    EverAgain,
    LabelsNeeded,
    LessonOver,
    NothingToAsk,
    NothingToKeep,
    NotYours,
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
from clicker.room.facts import facts
from clicker.room.lent import Loop, News
from clicker.room.mine import Mine
from clicker.room.opening import Opening, RunCard
from clicker.room.own_content import own_content
from clicker.room.progress import count_facts
from clicker.room.rooms import Rooms
from clicker.room.screens import ConsultantFacts, CountFacts, PhoneFacts, PromptFacts, WallFacts
from clicker.room.seats import Joined
from clicker.room.stations import StationOpening, Stations
from clicker.room.voting import Ack, vote_from
from clicker.store import OutOfReach

__all__ = [
    "Ack",
    "BadSurveyName",
    "ConsultantFacts",
    "CountFacts",
    "EverAgain",
    "Joined",
    "LabelsNeeded",
    "LessonOver",
    "Loop",
    "Mine",
    "News",
    "NotYours",
    "NothingToAsk",
    "NothingToKeep",
    "Opening",
    "OutOfReach",
    "PhoneFacts",
    "PromptFacts",
    "RoomFull",
    "Rooms",
    "RunCard",
    "Slow",
    "StationOpening",
    "Stations",
    "TooEarly",
    "TooManyFigures",
    "TooMuchToAsk",
    "TooSoon",
    "TooYoung",
    "UnknownCode",
    "UnknownSurvey",
    "WallFacts",
    "WrongPresent",
    "WrongTwin",
    "clean_code",
    "count_facts",
    "facts",
    "hashed",
    "own_content",
    "vote_from",
]
