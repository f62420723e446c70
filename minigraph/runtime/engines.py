"""Engines beside numpy, of which a session's target is the name: loaded where one is asked for."""

from minigraph.lazy import attach

default_target = ""  # the engine of sessions that say none

__getattr__, __dir__, __all__ = attach(__name__, {"minigraph.interop.engine": ["connect"]})
