"""`tf.summary`: what a run should leave for TensorBoard."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.summary.summary": "histogram image merge merge_all scalar text".split(),
        "minigraph.summary.writer": "FileWriter FileWriterCache".split(),
    },
    absent(__name__),
)
