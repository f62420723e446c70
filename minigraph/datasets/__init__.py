"""Data for programs: MNIST as TensorFlow's tutorials read it."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {}, absent(__name__))
