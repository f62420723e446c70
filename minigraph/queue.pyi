# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.queues.kinds_of_queue import FIFOQueue, PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue
from minigraph.queues.queue_base import QueueBase

__all__ = ["FIFOQueue", "PaddingFIFOQueue", "PriorityQueue", "QueueBase", "RandomShuffleQueue"]
