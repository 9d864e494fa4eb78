"""What can go wrong in a room, as the domain says it; `web` turns each into a status and a sentence."""

from __future__ import annotations

from datetime import date


class UnknownCode(Exception):
    """No run has this code."""


class LessonOver(Exception):
    """The run with this code is finished or discarded."""


class RoomFull(Exception):
    """The run takes no more phones."""


class NotYours(Exception):
    """The seat is not one of this run (or it is forgotten already)."""


class Slow(Exception):
    """This seat votes faster than a person can; the others are not affected."""


class TooSoon(Exception):
    """P5: the same group answered one of these sensitive topics within six weeks."""


class TooEarly(Exception):
    """B5: a follow-up is held six weeks after the first run at the earliest; `first_day` is that day."""

    def __init__(self, first_day: date) -> None:
        super().__init__(first_day.isoformat())
        self.first_day = first_day


class WrongTwin(Exception):
    """A run cannot be the twin of the runs that were named; `why` is one of WRONG_TWIN."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


# Gone: unknown, discarded or deleted. Nothing: no answers were counted. Told: the class was not told that parents may
# see something (P11). Audience: parents' lesson for parents, pupils below it, no follow-up of parents. Lesson: a
# follow-up asks what the first asked. Twice: one class may be named once.
WRONG_TWIN = frozenset({"gone", "unfinished", "nothing", "group", "audience", "grades", "told", "lesson", "twice"})


class EverAgain(Exception):
    """P8: of the lesson nothing is left that may be asked in a twin."""


class LabelsNeeded(Exception):
    """P5: school and group are required where a lesson asks S1 or S2."""


class WrongPresent(Exception):
    """The number present must be a whole number from 2 to 2000."""


class UnknownSurvey(Exception):
    """No figures of this municipality are kept."""


class NothingToKeep(Exception):
    """A survey without a single readable row is not kept."""


class BadSurveyName(Exception):
    """The name of a municipality or survey must have 1 to 60 printable letters."""


class TooManyFigures(Exception):
    """A municipality's own figures have at most 5,000 rows."""


class NothingToAsk(Exception):
    """A station needs one question at least, and somebody whom it is for."""


class TooMuchToAsk(Exception):
    """A station asks eight topics at most: who passes by has two minutes."""


class TooYoung(Exception):
    """G2: of the chosen questions some are not put before the youngest who pass by."""
