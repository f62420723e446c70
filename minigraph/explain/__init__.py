"""Explanations: questions about a graph, answered with a path, a line and what to type.

Each answer is a `Report`: it prints itself, shows itself in a notebook, has plain attributes, and can be drawn.
"""
from minigraph.explain.report import Finding, Report
from minigraph.explain.why_none import why_none

__all__ = ["Finding", "Report", "why_none"]
