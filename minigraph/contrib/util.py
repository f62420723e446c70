"""`tf.contrib.util`: values as protocol messages, and what is known of a tensor's value."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.constant_value": ["constant_value"],
        "minigraph.graph.tensor_protos": "make_ndarray make_tensor_proto".split(),
    },
    absent(__name__),
)
