"""Explanations: questions about a graph, answered with a path, a line and what to type.

Each answer is a `Report`: it prints itself, shows itself in a notebook, has plain attributes, names what a picture
should show (`highlights`), and can be drawn (`render`).
"""

from minigraph.explain.describe import describe
from minigraph.explain.diff import diff, moment
from minigraph.explain.explore import explore
from minigraph.explain.lint import lint, lint_runs
from minigraph.explain.names import name_of
from minigraph.explain.needs import needs
from minigraph.explain.plan import plan
from minigraph.explain.races import races
from minigraph.explain.report import Report
from minigraph.explain.why_none import why_none
from minigraph.reading.finding import Finding

__all__ = [
    "Finding",
    "Report",
    "describe",
    "diff",
    "explore",
    "lint",
    "lint_runs",
    "moment",
    "name_of",
    "needs",
    "plan",
    "races",
    "why_none",
]
