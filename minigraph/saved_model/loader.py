"""`tf.saved_model.loader`: reading a SavedModel."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__, {"minigraph.saved_model.loading": "load maybe_saved_model_directory".split()}, absent(__name__)
)
