"""`tf.manip`: tensors rearranged, by the names that these functions have in `tf` too."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.ops.namespace": """
            batch_to_space_nd gather_nd reshape reverse roll scatter_nd space_to_batch_nd tile
        """.split()
    },
    absent(__name__),
)
