"""`tf.nest`: nested lists, tuples, namedtuples and dicts of tensors."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.nest": "flatten is_nested".split(),
        "minigraph.graph.public_nest": "assert_same_structure map_structure pack_sequence_as".split(),
    },
    absent(__name__),
)
