"""`tf.contrib`: the parts of TensorFlow 1.x's contributed code that MiniGraph supports."""

from minigraph.contrib import framework, layers
from minigraph.graph.absent import absent

__all__ = ["framework", "layers"]

__getattr__ = absent(__name__)
