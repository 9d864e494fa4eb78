"""What may be shown: safety.md as code. `public` (P3) is the only door; every screen and export reads its value.

`disclosure` holds the P rules on numbers, `guard` the G rules, `shown` the public value, `leaving` what may leave
the room, `relations` chains and repeated runs, `declared` the rules about lessons as written.
"""

from clicker.safety.disclosure import EDGE, Banded, Many, band, band_skips, many, n_min
from clicker.safety.guard import Choices, Declared, usable, warns_majority
from clicker.safety.leaving import Leaving, leaving
from clicker.safety.relations import PastRun, clashes, labels_match, names_nothing, sensitive_marks
from clicker.safety.shown import (
    Headline,
    Shown,
    gap_points,
    public,
    results,
    seen,
    shown_from_data,
    shown_to_data,
)

__all__ = [
    "EDGE",
    "Banded",
    "Choices",
    "Declared",
    "Headline",
    "Leaving",
    "Many",
    "PastRun",
    "Shown",
    "band",
    "band_skips",
    "clashes",
    "gap_points",
    "labels_match",
    "leaving",
    "many",
    "n_min",
    "names_nothing",
    "public",
    "results",
    "seen",
    "sensitive_marks",
    "shown_from_data",
    "shown_to_data",
    "usable",
    "warns_majority",
]
