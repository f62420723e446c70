"""Batches of single examples: a queue, threads that fill it, and a tensor that takes many elements at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.queues.batch_queues import batch_of_one, batch_of_several, in_order, shuffled

__all__ = [
    "batch",
    "batch_join",
    "maybe_batch",
    "maybe_batch_join",
    "maybe_shuffle_batch",
    "maybe_shuffle_batch_join",
    "shuffle_batch",
    "shuffle_batch_join",
]


def batch(
    tensors: Any,
    batch_size: Any,
    num_threads: int = 1,
    capacity: int = 32,
    enqueue_many: bool = False,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches of examples that threads compute ahead, in their order.

    Args:
        tensors: the tensors of one example, a list or a dict.
        batch_size: the number of examples in a batch.
        num_threads: the number of threads; with several the order may change.
        capacity: the maximum number of examples in the queue.
        enqueue_many: the tensors hold many examples each, along the first axis.
        shapes: the shapes of an example, where they are not known statically.
        dynamic_pad: pad examples of different sizes with zeros.
        allow_smaller_final_batch: return what is left at the end; the size of a batch is then not known statically.
        shared_name: the queue's name in messages.
        name: the name.

    Returns:
        The tensors of a batch, in the structure of `tensors`; one tensor for a list of one.

    Raises:
        ValueError: if there is no tensor, or a shape is not known.
        OutOfRangeError: in a run, when there are not enough examples and no more to come.

    Example:
        >>> example = tf.train.slice_input_producer([[1, 2, 3, 4]], shuffle=False)
        >>> pair = tf.train.batch(example, batch_size=2)
        >>> threads = tf.train.start_queue_runners(sess)
        >>> print(sess.run(pair), sess.run(pair))
        [1 2] [3 4]
    """
    make = in_order(capacity, dynamic_pad, shared_name)
    return batch_of_one(
        "batch", tensors, True, num_threads, make, batch_size, enqueue_many, shapes, allow_smaller_final_batch, name
    )


def maybe_batch(
    tensors: Any,
    keep_input: Any,
    batch_size: Any,
    num_threads: int = 1,
    capacity: int = 32,
    enqueue_many: bool = False,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches as `batch` does, of the examples for which `keep_input`, a boolean tensor, is true.

    Args:
        keep_input: a scalar; or, with `enqueue_many`, a vector with a value for each example.
        tensors, batch_size, num_threads, capacity, enqueue_many, shapes, dynamic_pad, allow_smaller_final_batch,
            shared_name, name: those of `batch`.
    """
    make = in_order(capacity, dynamic_pad, shared_name)
    return batch_of_one(
        "batch",
        tensors,
        keep_input,
        num_threads,
        make,
        batch_size,
        enqueue_many,
        shapes,
        allow_smaller_final_batch,
        name,
    )


def batch_join(
    tensors_list: Sequence,
    batch_size: Any,
    capacity: int = 32,
    enqueue_many: bool = False,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches of examples from several sources, each with a thread of its own.

    Args:
        tensors_list: for each source the tensors of an example, all lists or all dicts.
        batch_size, capacity, enqueue_many, shapes, dynamic_pad, allow_smaller_final_batch, shared_name, name: those of
            `batch`.

    Raises:
        TypeError: if the sources have different dtypes.
        ValueError: if there is no source, or a shape is not known.
    """
    make = in_order(capacity, dynamic_pad, shared_name)
    return batch_of_several(
        "batch_join", tensors_list, True, make, batch_size, enqueue_many, shapes, allow_smaller_final_batch, name
    )


def maybe_batch_join(
    tensors_list: Sequence,
    keep_input: Any,
    batch_size: Any,
    capacity: int = 32,
    enqueue_many: bool = False,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches as `batch_join` does, of the examples for which `keep_input` is true; see `maybe_batch`."""
    make = in_order(capacity, dynamic_pad, shared_name)
    return batch_of_several(
        "batch_join", tensors_list, keep_input, make, batch_size, enqueue_many, shapes, allow_smaller_final_batch, name
    )


def shuffle_batch(
    tensors: Any,
    batch_size: Any,
    capacity: int,
    min_after_dequeue: int,
    num_threads: int = 1,
    seed: int | None = None,
    enqueue_many: bool = False,
    shapes: Any = None,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches of examples in a random order.

    Args:
        min_after_dequeue: the number of examples that stay in the queue, so that they mix.
        seed: the seed of the order, which also depends on how far ahead the threads are.
        tensors, batch_size, capacity, num_threads, enqueue_many, shapes, allow_smaller_final_batch, shared_name, name:
            those of `batch`.

    Raises:
        ValueError: if `capacity` is not larger than `min_after_dequeue`; else as `batch`.

    Example:
        >>> example = tf.train.slice_input_producer([[1, 2, 3, 4]], num_epochs=1)
        >>> all_four = tf.train.shuffle_batch(example, 4, capacity=10, min_after_dequeue=2)
        >>> sess.run(tf.local_variables_initializer())
        >>> threads = tf.train.start_queue_runners(sess)
        >>> sorted(sess.run(all_four).tolist())
        [1, 2, 3, 4]
    """
    make = shuffled(capacity, min_after_dequeue, seed, shared_name)
    return batch_of_one(
        "shuffle_batch",
        tensors,
        True,
        num_threads,
        make,
        batch_size,
        enqueue_many,
        shapes,
        allow_smaller_final_batch,
        name,
    )


def maybe_shuffle_batch(
    tensors: Any,
    batch_size: Any,
    capacity: int,
    min_after_dequeue: int,
    keep_input: Any,
    num_threads: int = 1,
    seed: int | None = None,
    enqueue_many: bool = False,
    shapes: Any = None,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches as `shuffle_batch` does, of the examples for which `keep_input` is true; see `maybe_batch`."""
    make = shuffled(capacity, min_after_dequeue, seed, shared_name)
    return batch_of_one(
        "shuffle_batch",
        tensors,
        keep_input,
        num_threads,
        make,
        batch_size,
        enqueue_many,
        shapes,
        allow_smaller_final_batch,
        name,
    )


def shuffle_batch_join(
    tensors_list: Sequence,
    batch_size: Any,
    capacity: int,
    min_after_dequeue: int,
    seed: int | None = None,
    enqueue_many: bool = False,
    shapes: Any = None,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches in a random order of examples from several sources; see `shuffle_batch` and `batch_join`."""
    make = shuffled(capacity, min_after_dequeue, seed, shared_name)
    return batch_of_several(
        "shuffle_batch_join",
        tensors_list,
        True,
        make,
        batch_size,
        enqueue_many,
        shapes,
        allow_smaller_final_batch,
        name,
    )


def maybe_shuffle_batch_join(
    tensors_list: Sequence,
    batch_size: Any,
    capacity: int,
    min_after_dequeue: int,
    keep_input: Any,
    seed: int | None = None,
    enqueue_many: bool = False,
    shapes: Any = None,
    allow_smaller_final_batch: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Return batches as `shuffle_batch_join` does, of examples for which `keep_input` is true; see `maybe_batch`."""
    make = shuffled(capacity, min_after_dequeue, seed, shared_name)
    return batch_of_several(
        "shuffle_batch_join",
        tensors_list,
        keep_input,
        make,
        batch_size,
        enqueue_many,
        shapes,
        allow_smaller_final_batch,
        name,
    )
