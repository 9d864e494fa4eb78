"""What is wrong with a file of content, so that whoever wrote the file can put it right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# What fills a sentence's {placeholders}; a number with decimals is written as the language has it.
Values = Mapping[str, str | int | float]
# A lesson's mistakes before they have a file and a line: key, what, remedy, values.
Wrong = tuple[str, str, str, Values]
Found = Iterator[Wrong]


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, what is wrong and what to do.

    `line` counts from 1 and is 0 where the whole file is meant; `key` is a YAML key (`topics.<id>.own`) or a
    column. `what` and `remedy` are message ids; their {placeholders} are filled from `values`.
    """

    file: str
    line: int
    key: str
    what: str
    remedy: str
    values: Values = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        place = [self.file, f"line {self.line}" if self.line else "", self.key]
        says = f"{self.what.format(**self.values)}; {self.remedy.format(**self.values)}."
        return f"{', '.join(part for part in place if part)}: {says}"
