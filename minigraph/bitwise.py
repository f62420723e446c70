"""`tf.bitwise`: operations on the bits of integers."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {"minigraph.ops.namespace": "bitwise_and bitwise_or bitwise_xor invert left_shift right_shift".split()},
    absent(__name__),
)
