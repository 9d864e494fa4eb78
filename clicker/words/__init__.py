"""Sentences, numbers and dates in the language given as an argument, from plain gettext catalogues.

`reveal` says what a topic's public value means, one function per screen; nothing here decides what may be shown.
"""

from clicker.words.catalogue import LANGUAGES, catalogue
from clicker.words.numbers import day, number_range, percent_of_hundred, typeset
from clicker.words.reveal import (
    Said,
    again_said,
    answer_text,
    attitude_sentence,
    claim_sentence,
    country_sentence,
    finding,
    guess_text,
    phone_lines,
    revealed,
    source_line,
)
from clicker.words.verdicts import many_text, move_label, verdict_explanation, verdict_word

__all__ = [
    "LANGUAGES",
    "Said",
    "again_said",
    "answer_text",
    "attitude_sentence",
    "catalogue",
    "claim_sentence",
    "country_sentence",
    "day",
    "finding",
    "guess_text",
    "many_text",
    "move_label",
    "number_range",
    "percent_of_hundred",
    "phone_lines",
    "revealed",
    "source_line",
    "typeset",
    "verdict_explanation",
    "verdict_word",
]
