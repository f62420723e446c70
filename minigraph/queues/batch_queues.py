"""What the functions that make batches have in common: a queue, its threads, and what takes batches of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import convert_to_tensor_or_sparse_tensor
from minigraph.ops import namespace
from minigraph.ops.summary.scalar import scalar
from minigraph.queues.kinds_of_queue import FIFOQueue, PaddingFIFOQueue, RandomShuffleQueue
from minigraph.queues.queue_base import QueueBase
from minigraph.queues.queue_runner import QueueRunner, add_queue_runner
from minigraph.queues.sparse_elements import put_aside, taken_back

__all__ = ["Kind", "batch_of_one", "batch_of_several", "in_order", "shuffled"]

tf: Any = namespace


class Kind:
    """A kind of queue: how it is made, and what says how full it is."""

    def __init__(self, make: Callable, summary: Callable, check: Callable = lambda: None):
        self.make, self.summary, self.check = make, summary, check


def in_order(capacity: int, dynamic_pad: bool, shared_name: str | None) -> Kind:
    """Return the kind of queue that keeps the order; `dynamic_pad` pads examples of different sizes."""

    def make(types: list, shapes: Any) -> QueueBase:
        kind: Any = PaddingFIFOQueue if dynamic_pad else FIFOQueue
        return kind(capacity, types, shapes, shared_name=shared_name)

    def summary(queue: QueueBase) -> None:
        scalar(f"fraction_of_{capacity}_full", tf.cast(queue.size(), dtypes.float32) * (1.0 / capacity))

    return Kind(make, summary)


def shuffled(capacity: int, min_after_dequeue: int, seed: int | None, shared_name: str | None) -> Kind:
    """Return the kind of queue that shuffles."""
    spare = capacity - min_after_dequeue

    def check() -> None:
        if spare <= 0:
            raise ValueError(f"capacity {capacity} must be bigger than min_after_dequeue {min_after_dequeue}.")

    def make(types: list, shapes: Any) -> QueueBase:
        return RandomShuffleQueue(capacity, min_after_dequeue, types, shapes, seed=seed, shared_name=shared_name)

    def summary(queue: QueueBase) -> None:
        over = tf.maximum(0, queue.size() - min_after_dequeue)
        full = tf.cast(over, dtypes.float32) * (1.0 / spare)
        scalar(f"fraction_over_{min_after_dequeue}_of_{spare}_full", full)

    return Kind(make, summary, check)


def batch_of_one(
    default_name: str,
    tensors: Any,
    keep_input: Any,
    num_threads: int,
    kind: Kind,
    batch_size: Any,
    enqueue_many: bool,
    shapes: Any,
    allow_smaller_final_batch: bool,
    name: str | None,
) -> Any:
    """Build the queue for one source that `num_threads` threads read, and take batches of it."""
    listed = _listed(tensors)
    with atomic_scope(name, default_name, _in_scope(*listed, keep_input)) as scope:
        kind.check()
        source = [convert_to_tensor_or_sparse_tensor(each) for each in listed]
        if not source:
            raise ValueError("Expected at least one tensor in batch().")
        keep = _checked_keep_input(keep_input, enqueue_many)
        source, puts = put_aside(source, enqueue_many, keep)
        queue = kind.make([t.dtype for t in source], _shapes([source], shapes, enqueue_many))
        _fill(queue, [_enqueue(queue, source, keep, enqueue_many)] * num_threads)
        return _take(queue, kind, tensors, puts, batch_size, allow_smaller_final_batch, scope)


def batch_of_several(
    default_name: str,
    tensors_list: Sequence,
    keep_input: Any,
    kind: Kind,
    batch_size: Any,
    enqueue_many: bool,
    shapes: Any,
    allow_smaller_final_batch: bool,
    name: str | None,
) -> Any:
    """Build the queue for several sources, each read by a thread, and take batches of it."""
    listed = _all_listed(tensors_list)
    with atomic_scope(name, default_name, _in_scope(*[t for each in listed for t in each], keep_input)) as scope:
        kind.check()
        sources = [[convert_to_tensor_or_sparse_tensor(t) for t in each] for each in listed]
        keep = _checked_keep_input(keep_input, enqueue_many)
        puts = None
        for i, source in enumerate(sources):
            sources[i], puts = put_aside(source, enqueue_many, keep, puts)
        queue = kind.make(_common_types(sources), _shapes(sources, shapes, enqueue_many))
        _fill(queue, [_enqueue(queue, source, keep, enqueue_many) for source in sources])
        return _take(queue, kind, tensors_list[0], puts, batch_size, allow_smaller_final_batch, scope)


def _enqueue(queue: QueueBase, source: list[Tensor], keep: Tensor, enqueue_many: bool) -> Any:
    """Return the operation that puts one example, or many, if it is to be kept."""
    put = queue.enqueue_many if enqueue_many else queue.enqueue
    if keep.shape.ndims == 1:
        which = tf.cast(keep, dtypes.int32)
        return put([tf.dynamic_partition(each, which, num_partitions=2)[1] for each in source])
    return tf.smart_cond(keep, lambda: put(source), tf.no_op)


def _fill(queue: QueueBase, enqueue_ops: list) -> None:
    add_queue_runner(QueueRunner(queue, enqueue_ops))


def _take(queue: QueueBase, kind: Kind, tensors: Any, puts: Any, batch_size: Any, is_up_to: bool, scope: str) -> Any:
    """Return what takes batches, in the structure of the tensors of an example."""
    kind.summary(queue)
    taken = taken_back((queue.dequeue_up_to if is_up_to else queue.dequeue_many)(batch_size, name=scope), puts)
    if not isinstance(tensors, dict):
        return taken
    return dict(zip(sorted(tensors, key=str), taken if len(tensors) > 1 else [taken]))


def _listed(tensors: Any) -> list:
    return [tensors[key] for key in sorted(tensors, key=str)] if isinstance(tensors, dict) else tensors


def _all_listed(tensors_list: Sequence) -> list[list]:
    if not tensors_list:
        raise ValueError("Expected at least one set of tensors")
    if isinstance(tensors_list[0], dict) and any(set(each) != set(tensors_list[0]) for each in tensors_list):
        raise ValueError("All dictionaries in tensors_list must have the same keys")
    return [_listed(each) for each in tensors_list]


def _checked_keep_input(keep_input: Any, enqueue_many: bool) -> Tensor:
    keep = convert_to_tensor(keep_input)
    if keep.shape.ndims is None:
        raise ValueError("`keep_input` dimensions must be known at graph construction.")
    if not enqueue_many and keep.shape.ndims == 1:
        raise ValueError("`keep_input` cannot be a vector when `enqueue_many=False`.")
    if keep.shape.ndims > 1:
        raise ValueError("`keep_input` must be 0 or 1 dimensions.")
    return keep


def _common_types(sources: list[list[Tensor]]) -> list:
    types = [t.dtype for t in sources[0]]
    for source in sources[1:]:
        other = [t.dtype for t in source]
        if other != types:
            first, second = (", ".join(each.name for each in found) for found in (types, other))
            raise TypeError(f"Expected types to be consistent: {first} vs. {second}.")
    return types


def _shapes(sources: list[list[Tensor]], shapes: Any, enqueue_many: bool) -> Any:
    """Return the shapes of the components of an example: those given, or what all sources agree on."""
    if shapes is not None:
        return shapes
    for t in (t for source in sources for t in source):
        if t.shape.ndims is None:
            raise ValueError(f"Cannot infer Tensor's rank: {t}")
    return [_merged([t.shape for t in column], enqueue_many) for column in zip(*sources)]


def _merged(shapes: list[TensorShape], enqueue_many: bool) -> TensorShape:
    rows = [shape.with_rank_at_least(1)[1:] if enqueue_many else shape for shape in shapes]
    result = rows[0]
    for other in rows[1:]:
        result.merge_with(other)  # an error if they differ; what one does not know stays unknown, as in TF1
    return result


def _in_scope(*values: Any) -> list:
    """Return the values with which a name scope is opened."""
    return [each for each in values if isinstance(each, Tensor) or hasattr(each, "_as_graph_element")]
