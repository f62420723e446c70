"""`tf.contrib.tensorboard`: the part of TensorBoard's plugins that a program uses."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {__name__: ["plugins"]}, absent(__name__))
