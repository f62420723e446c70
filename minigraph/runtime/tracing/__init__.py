"""Traces: what happened in one run, step by step, and the forms in which tools read it.

It is loaded when a run is traced.
"""

from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {"minigraph.runtime.tracing.trace": ["watched"]})
