"""Sentences, numbers and dates in the language given as an argument, from plain gettext catalogues.

`reveal` says what a topic's public value means, one function per screen; nothing here decides what may be shown.
"""

from clicker.words.amounts import answer_text, axis_is_healthy, counted_answer, guess_text, own_on_axis, share_text
from clicker.words.catalogue import LANGUAGES, catalogue
from clicker.words.country import country_sentence, figure_line, reference_sentence, references, source_line
from clicker.words.numbers import day, number_range, percent_of_hundred, typeset
from clicker.words.reveal import (
    Said,
    again_said,
    attitude_alone,
    attitude_sentence,
    claim_sentence,
    phone_lines,
    ready_line,
    revealed,
)
from clicker.words.summary import Found, found, summary_description, summary_legend
from clicker.words.verdicts import many_text, move_label, verdict_explanation, verdict_word

__all__ = [
    "LANGUAGES",
    "Found",
    "Said",
    "again_said",
    "answer_text",
    "attitude_alone",
    "attitude_sentence",
    "axis_is_healthy",
    "catalogue",
    "claim_sentence",
    "counted_answer",
    "country_sentence",
    "day",
    "figure_line",
    "found",
    "guess_text",
    "many_text",
    "move_label",
    "number_range",
    "own_on_axis",
    "percent_of_hundred",
    "phone_lines",
    "ready_line",
    "reference_sentence",
    "references",
    "revealed",
    "share_text",
    "source_line",
    "summary_description",
    "summary_legend",
    "typeset",
    "verdict_explanation",
    "verdict_word",
]
