"""Statistics: norms, guesses and misperceptions, intervals, tests, published numbers. No files, no clock, no web."""

from clicker.measures.clusters import ClusterInterval, cluster_bootstrap, design_effect
from clicker.measures.contrast import Contrast, contrast, leave_one_out
from clicker.measures.differences import (
    Change,
    Difference,
    change,
    cohens_h,
    newcombe_independent,
    newcombe_paired,
)
from clicker.measures.groups import Fisher, ZTest, fisher, two_proportions
from clicker.measures.histogram import Histogram, tally
from clicker.measures.intervals import bounds, interval, wilson
from clicker.measures.misperception import actual, gap, rounded
from clicker.measures.paired import McNemar, SignTest, mcnemar, sign_test
from clicker.measures.published import (
    OddsRatioCheck,
    Recheck,
    SummaryContrast,
    contrast_from_summary,
    odds_ratio_check,
    recheck,
)

__all__ = [
    "Change",
    "ClusterInterval",
    "Contrast",
    "Difference",
    "Fisher",
    "Histogram",
    "McNemar",
    "OddsRatioCheck",
    "Recheck",
    "SignTest",
    "SummaryContrast",
    "ZTest",
    "actual",
    "bounds",
    "change",
    "cluster_bootstrap",
    "cohens_h",
    "contrast",
    "contrast_from_summary",
    "design_effect",
    "fisher",
    "gap",
    "interval",
    "leave_one_out",
    "mcnemar",
    "newcombe_independent",
    "newcombe_paired",
    "odds_ratio_check",
    "recheck",
    "rounded",
    "sign_test",
    "tally",
    "two_proportions",
    "wilson",
]
