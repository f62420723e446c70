"""`tf.queue`: the classes of queues."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.queues.kinds_of_queue": "FIFOQueue PaddingFIFOQueue PriorityQueue RandomShuffleQueue".split(),
        "minigraph.queues.queue_base": ["QueueBase"],
    },
    absent(__name__),
)
