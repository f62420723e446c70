"""`tf.contrib.seq2seq`: losses of sequences."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__, {"minigraph.contrib.seq2seq.losses": ["sequence_loss"]}, absent(__name__)
)
