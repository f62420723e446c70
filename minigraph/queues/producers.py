"""Queues that are filled with the rows of a tensor, again and again: names of files, indices, slices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops import namespace
from minigraph.ops.summary.scalar import scalar
from minigraph.queues.kinds_of_queue import FIFOQueue
from minigraph.queues.queue_runner import QueueRunner, add_queue_runner
from minigraph.variables.variable import Variable

__all__ = [
    "input_producer",
    "limit_epochs",
    "match_filenames_once",
    "range_input_producer",
    "slice_input_producer",
    "string_input_producer",
]

tf: Any = namespace
_NOTHING = "string_input_producer requires a non-null input tensor"


def match_filenames_once(pattern: Any, name: str | None = None) -> Variable:
    """Build a local variable of the names of the files that match, as they are when it is initialized.

    Args:
        pattern: a pattern such as `"data/*.csv"`, or a list of them, of type string.
        name: the name.

    Returns:
        A variable of type string, initialized by `tf.local_variables_initializer`.
    """
    with atomic_scope(name, "matching_filenames", _tensors(pattern)) as scope:
        found = tf.matching_files(pattern)
        return Variable(
            found, name=scope, trainable=False, validate_shape=False, collections=[GraphKeys.LOCAL_VARIABLES]
        )


def limit_epochs(tensor: Any, num_epochs: int | None = None, name: str | None = None) -> Any:
    """Return a tensor that has its value `num_epochs` times, then fails.

    Args:
        tensor: the tensor.
        num_epochs: how often; None for ever. The count is a local variable, which must be initialized
            (`tf.local_variables_initializer`).
        name: the name.

    Raises:
        ValueError: if `num_epochs` is not positive.
        OutOfRangeError: in a run, after the last time.
    """
    if num_epochs is None:
        return tensor
    if num_epochs <= 0:
        raise ValueError(f"num_epochs must be > 0 not {num_epochs}.")
    with atomic_scope(name, "limit_epochs", _tensors(tensor)) as scope:
        zero = tf.constant(0, dtype=dtypes.int64)
        epochs = Variable(zero, name="epochs", trainable=False, collections=[GraphKeys.LOCAL_VARIABLES])
        with control_dependencies([epochs.count_up_to(num_epochs)]):
            return tf.identity(tensor, name=scope)


def input_producer(
    input_tensor: Any,
    element_shape: Any = None,
    num_epochs: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    capacity: int = 32,
    shared_name: str | None = None,
    summary_name: str | None = None,
    name: str | None = None,
    cancel_op: Operation | None = None,
) -> FIFOQueue:
    """Build a queue that a queue runner fills with the rows of a tensor, again and again.

    Args:
        input_tensor: the tensor, with one axis at least.
        element_shape: the shape of a row, where it is not known statically.
        num_epochs: how often each row is put, None for ever; the count is a local variable.
        shuffle: shuffle the rows anew for each epoch.
        seed: the seed of the shuffling.
        capacity: the maximum number of rows in the queue.
        shared_name: the queue's name in messages.
        summary_name: the name of a summary that says how full the queue is; None for no summary.
        name: the name.
        cancel_op: closes the queue when a stop is requested.

    Returns:
        The queue. `tf.train.start_queue_runners` starts filling it.

    Raises:
        ValueError: if the shape of a row is not known.
    """
    with atomic_scope(name, "input_producer", _tensors(input_tensor)):
        rows = convert_to_tensor(input_tensor, name="input_tensor")
        shape = rows.shape[1:].merge_with(element_shape)
        if not shape.is_fully_defined():
            raise ValueError(
                "Either `input_tensor` must have a fully defined shape or `element_shape` must be specified"
            )
        if shuffle:
            rows = tf.random_shuffle(rows, seed=seed)
        rows = limit_epochs(rows, num_epochs)
        queue = FIFOQueue(capacity, [rows.dtype.base_dtype], [shape], shared_name=shared_name, name=name)  # type: ignore[arg-type]
        add_queue_runner(QueueRunner(queue, [queue.enqueue_many([rows])], cancel_op=cancel_op))
        if summary_name is not None:
            scalar(summary_name, tf.cast(queue.size(), dtypes.float32) * (1.0 / capacity))
        return queue


def string_input_producer(
    string_tensor: Any,
    num_epochs: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    capacity: int = 32,
    shared_name: str | None = None,
    name: str | None = None,
    cancel_op: Operation | None = None,
) -> FIFOQueue:
    """Build a queue that a queue runner fills with texts, usually the names of files to read.

    Args:
        string_tensor: the texts, a list or a tensor with one axis.
        num_epochs, shuffle, seed, capacity, shared_name, name, cancel_op: those of `input_producer`.

    Raises:
        ValueError: if there is no text.
        InvalidArgumentError: in a run, in the threads, if there is no text.

    Example:
        >>> queue = tf.train.string_input_producer(["a.csv", "b.csv"], shuffle=False)
        >>> coord = tf.train.Coordinator()
        >>> threads = tf.train.start_queue_runners(sess, coord)
        >>> print(sess.run(queue.dequeue_many(3)))
        [b'a.csv' b'b.csv' b'a.csv']
        >>> coord.request_stop()
        >>> coord.join(threads)
    """
    if not isinstance(string_tensor, Tensor) and not hasattr(string_tensor, "_as_graph_element"):
        if len(string_tensor) == 0:
            raise ValueError(_NOTHING)
    with atomic_scope(name, "input_producer", _tensors(string_tensor)) as scope:
        texts = convert_to_tensor(string_tensor, dtype=dtypes.string)
        with control_dependencies([tf.Assert(tf.greater(tf.size(texts), 0), [_NOTHING])]):
            texts = tf.identity(texts)
        return input_producer(
            texts,
            [],
            num_epochs,
            shuffle,
            seed,
            capacity,
            shared_name,
            f"fraction_of_{capacity}_full",
            scope,
            cancel_op,
        )


def range_input_producer(
    limit: Any,
    num_epochs: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    capacity: int = 32,
    shared_name: str | None = None,
    name: str | None = None,
) -> FIFOQueue:
    """Build a queue that a queue runner fills with the integers from 0 to `limit - 1`.

    Args:
        limit: a scalar int32.
        num_epochs, shuffle, seed, capacity, shared_name, name: those of `input_producer`.
    """
    with atomic_scope(name, "input_producer", _tensors(limit)) as scope:
        indices = tf.range(limit)
        return input_producer(
            indices, [], num_epochs, shuffle, seed, capacity, shared_name, f"fraction_of_{capacity}_full", scope
        )


def slice_input_producer(
    tensor_list: Sequence,
    num_epochs: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    capacity: int = 32,
    shared_name: str | None = None,
    name: str | None = None,
) -> list[Tensor]:
    """Return the rows of tensors one by one: in each run the same row of all.

    Args:
        tensor_list: tensors with the same number of rows.
        num_epochs, shuffle, seed, capacity, shared_name, name: those of `input_producer`; in the queue are the indices.

    Raises:
        ValueError: if there is no tensor.

    Example:
        >>> image, label = tf.train.slice_input_producer([[[1.0], [2.0]], [0, 1]], shuffle=False)
        >>> threads = tf.train.start_queue_runners(sess)
        >>> for step in range(2):
        ...     print(*sess.run([image, label]))
        [1.] 0
        [2.] 1
    """
    with atomic_scope(name, "input_producer", _tensors(*tensor_list)):
        tensors = [convert_to_tensor(each) for each in tensor_list]
        if not tensors:
            raise ValueError("Expected at least one tensor in slice_input_producer().")
        count = tf.shape(tensors[0])[0]
        queue = range_input_producer(count, num_epochs, shuffle, seed, capacity, shared_name)
        index = queue.dequeue()
        return [tf.gather(each, index) for each in tensors]


def _tensors(*values: Any) -> list:
    """Return the values with which a name scope is opened."""
    return [each for each in values if isinstance(each, Tensor) or hasattr(each, "_as_graph_element")]
