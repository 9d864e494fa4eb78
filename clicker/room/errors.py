"""What can go wrong in a room, as the domain says it; `web` turns each into a status and a sentence."""

from __future__ import annotations


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


class LabelsNeeded(Exception):
    """P5: school and group are required where a lesson asks S1 or S2."""


class WrongPresent(Exception):
    """The number present must be a whole number from 2 to 2000, and at least the phones that are in."""


class UnknownSurvey(Exception):
    """No figures of this municipality are kept."""


class NothingToKeep(Exception):
    """A survey without a single readable row is not kept."""


class BadSurveyName(Exception):
    """The name of a municipality or survey must have 1 to 60 printable letters."""


class TooManyFigures(Exception):
    """A municipality's own figures have at most 5,000 rows."""
