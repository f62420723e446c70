"""`tf.contrib.tensorboard.plugins`: the projector, which shows embeddings."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {__name__: ["projector"]}, absent(__name__))
