"""What a lesson is and how it is held: pure rules, standard library only.

`content` declares lessons, `written` is their form in a file, `tidy` that form as a person writes it and `editing`
what a consultant changes in it; `figure` is a reference figure, `published` all that is published, `run` where a lesson
stands, `moves` the table of moves, `standing` what follows from it, `answers` what may be answered, `twin` whose twin
a run is, `proposals` and `agreement` what a group votes on and how that stands, `station` questions left
open for whoever passes by.
"""

from clicker.lesson.answers import (
    SKIPPED,
    Asked,
    Refused,
    VoteClosed,
    accept,
    asked_in,
    choices,
    counted_now,
    open_now,
)
from clicker.lesson.content import (
    Address,
    AnswerType,
    Audience,
    Kind,
    Lesson,
    Period,
    Polarity,
    Prompt,
    Sensitivity,
    Step,
    StepKind,
    Topic,
)
from clicker.lesson.figure import Figure, Figures, figure_from_data, figures_from_data
from clicker.lesson.moves import COUNTRY_REASONS, coming_reveal, has_more_prompts, move, moves
from clicker.lesson.plan import Plan, plan
from clicker.lesson.proposals import LONGEST_PROPOSAL, MOST_PROPOSALS, Proposal, Proposals
from clicker.lesson.published import (
    Account,
    Disagreement,
    Fit,
    Indicator,
    Published,
    Related,
    Source,
    Whose,
    Why,
    grades_in,
)
from clicker.lesson.run import (
    ANSWERING,
    REVEALS,
    SHUT,
    Move,
    NotNow,
    Phase,
    Run,
    current,
    phase,
    run_from_data,
    run_to_data,
)
from clicker.lesson.standing import again_topics, block, reserve_offered, revealed
from clicker.lesson.station import station_lesson, station_run
from clicker.lesson.tidy import tidy
from clicker.lesson.twin import Twin, TwinKind
from clicker.lesson.verdict import Result, Verdict
from clicker.lesson.written import as_data, build

__all__ = [
    "ANSWERING",
    "COUNTRY_REASONS",
    "LONGEST_PROPOSAL",
    "MOST_PROPOSALS",
    "REVEALS",
    "SHUT",
    "SKIPPED",
    "Account",
    "Address",
    "AnswerType",
    "Asked",
    "Audience",
    "Disagreement",
    "Figure",
    "Figures",
    "Fit",
    "Indicator",
    "Kind",
    "Lesson",
    "Move",
    "NotNow",
    "Period",
    "Phase",
    "Plan",
    "Polarity",
    "Prompt",
    "Proposal",
    "Proposals",
    "Published",
    "Refused",
    "Related",
    "Result",
    "Run",
    "Sensitivity",
    "Source",
    "Step",
    "StepKind",
    "Topic",
    "Twin",
    "TwinKind",
    "Verdict",
    "VoteClosed",
    "Whose",
    "Why",
    "accept",
    "again_topics",
    "as_data",
    "asked_in",
    "block",
    "build",
    "choices",
    "coming_reveal",
    "counted_now",
    "current",
    "figure_from_data",
    "figures_from_data",
    "grades_in",
    "has_more_prompts",
    "move",
    "moves",
    "open_now",
    "phase",
    "plan",
    "reserve_offered",
    "revealed",
    "run_from_data",
    "run_to_data",
    "station_lesson",
    "station_run",
    "tidy",
]
