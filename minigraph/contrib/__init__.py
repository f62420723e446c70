"""`tf.contrib`: what lived beside TensorFlow 1.x, as far as MiniGraph keeps it."""

from minigraph.contrib import framework, layers
from minigraph.graph.absent import absent

__all__ = ["framework", "layers"]

__getattr__ = absent(__name__)
