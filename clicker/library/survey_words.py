"""The words by which surveys in spreadsheets say who was asked and how exact a number is: `survey_words.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class SurveyWords:
    """All in small letters; the first of `age_marks` is how screens name ages.

    `sexes` and `grade_names` lead from a cell's text to the word that figures use.
    """

    about: Sequence[str]
    less: Sequence[str]
    more: Sequence[str]
    percent: Sequence[str]
    grade_marks: Sequence[str]
    range_words: Sequence[str]
    age_marks: Sequence[str]
    grade_names: Mapping[str, str]
    sexes: Mapping[str, str]
    sex_examples: Sequence[str]
    columns: Mapping[str, Sequence[str]]


@lru_cache(maxsize=1)
def survey_words() -> SurveyWords:
    read = json.loads(files("norms_data").joinpath("survey_words.json").read_text(encoding="utf-8"))
    for name in ("grade_names", "sexes"):
        read[name] = {text: word for word, texts in read[name].items() for text in texts}
    return SurveyWords(**read)
