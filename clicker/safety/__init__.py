"""What may be shown: safety.md as code. `public` (P3) is the only door; every screen and export reads its value.

`disclosure` holds the P rules on numbers, `guard` the G rules, `shown` the public value, `kept` how it is kept,
`leaving` what may leave the room, `children` what parents may see of their children's answers, `relations` chains and
repeated runs, `aggregates` several classes together, `guesses` what may be said of guesses beside an answer, `declared`
the rules about lessons as written (`declared_parents` those of parents' lessons), `before_after` two runs of one group,
`before_after_classes` of several, `walk_up` a station that anybody walks up to.
"""

from clicker.safety.aggregates import (
    Aggregate,
    aggregate,
    may_publish,
    may_sum_private,
    meetings_full,
    own_child,
    own_child_contrast,
)
from clicker.safety.before_after import BeforeAfter, Both, Span, before_after, between
from clicker.safety.before_after_classes import ClassesBeforeAfter, classes_before_after
from clicker.safety.children import Held, children_of, children_public, in_partition
from clicker.safety.disclosure import EDGE, Banded, Children, Many, band, band_skips, many, n_min
from clicker.safety.guard import Choices, Declared, never_asked, off_unless_chosen, usable, warns_majority
from clicker.safety.guesses import Misperception, misperception
from clicker.safety.kept import results, shown_from_data, shown_to_data
from clicker.safety.leaving import Leaving, leaving
from clicker.safety.relations import (
    SIX_WEEKS,
    PastRun,
    chained_topics,
    clashes,
    ever_topics,
    group_mark,
    labels_match,
    names_nothing,
    sensitive_marks,
)
from clicker.safety.shown import (
    Headline,
    Shown,
    gap_points,
    guessed_kind,
    public,
    seen,
)
from clicker.safety.walk_up import (
    FORGET_AFTER,
    FORGET_IDLE,
    fits_station,
    has_reference,
    never_at_station,
    walk_up_full,
    walk_up_may_ask,
    walk_up_seen,
)

__all__ = [
    "EDGE",
    "FORGET_AFTER",
    "FORGET_IDLE",
    "SIX_WEEKS",
    "Aggregate",
    "Banded",
    "BeforeAfter",
    "Both",
    "Children",
    "Choices",
    "ClassesBeforeAfter",
    "Declared",
    "Headline",
    "Held",
    "Leaving",
    "Many",
    "Misperception",
    "PastRun",
    "Shown",
    "Span",
    "aggregate",
    "band",
    "band_skips",
    "before_after",
    "between",
    "chained_topics",
    "children_of",
    "children_public",
    "clashes",
    "classes_before_after",
    "ever_topics",
    "fits_station",
    "gap_points",
    "group_mark",
    "guessed_kind",
    "has_reference",
    "in_partition",
    "labels_match",
    "leaving",
    "many",
    "may_publish",
    "may_sum_private",
    "meetings_full",
    "misperception",
    "n_min",
    "names_nothing",
    "never_asked",
    "never_at_station",
    "off_unless_chosen",
    "own_child",
    "own_child_contrast",
    "public",
    "results",
    "seen",
    "sensitive_marks",
    "shown_from_data",
    "shown_to_data",
    "usable",
    "walk_up_full",
    "walk_up_may_ask",
    "walk_up_seen",
    "warns_majority",
]
