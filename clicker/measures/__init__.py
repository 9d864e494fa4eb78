"""Statistics of one class: descriptive and perceived norm, misperception, intervals. No files, no clock, no web."""

from clicker.measures.histogram import Histogram, tally
from clicker.measures.intervals import bounds, wilson
from clicker.measures.misperception import actual, gap, rounded

__all__ = ["Histogram", "actual", "bounds", "gap", "rounded", "tally", "wilson"]
