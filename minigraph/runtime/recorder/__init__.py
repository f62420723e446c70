"""The recorder, a tracing compiler for numpy: record what a run calls, simplify it, emit it as one function.

It is loaded when a program asks for `run_and_record`: what runs everything once needs none of it.
"""

from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {"minigraph.runtime.recorder.pipeline": ["run_and_record"]})
