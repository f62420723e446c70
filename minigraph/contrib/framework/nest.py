"""`tf.contrib.framework.nest`: `tf.nest` under its older name."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.nest": "flatten is_sequence=is_nested".split(),
        "minigraph.graph.public_nest": "assert_same_structure map_structure pack_sequence_as".split(),
    },
    absent(__name__),
)
