"""`tf.contrib`: what lived beside TensorFlow 1.x, as far as MiniGraph keeps it."""
from minigraph.contrib import framework, layers

__all__ = ["framework", "layers"]
