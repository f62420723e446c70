"""`dynamic_partition` and `dynamic_stitch`: distributing rows by index, and reassembling them."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.expect_list import expect_list
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, merge_sizes, with_rank_at_least
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape
from minigraph.ops.rows.gather import check_bounds

__all__ = ["dynamic_partition", "dynamic_stitch"]


class DynamicPartition(OpDef):
    """The rows of a tensor, sorted into parts by partition index."""

    num_partitions: int

    inputs = ("data: T", "partitions: int32")
    outputs = ("num_partitions * outputs: T",)
    minimum = {"num_partitions": 1}

    def dtype(self, data, partitions):
        return (data,) * self.num_partitions

    def shape(self, data, partitions):
        if data.ndims is None or partitions.ndims is None:
            return (unknown_shape(),) * self.num_partitions
        _merge_start(data, partitions)
        return (TensorShape.of((None, *data.tuple[partitions.ndims :])),) * self.num_partitions

    def kernel(self, xp, data, partitions):
        if data.shape[: partitions.ndim] != partitions.shape:
            raise ValueError(
                "data.shape must start with partitions.shape, got data.shape = "
                f"{brackets(data.shape)}, partitions.shape = {brackets(partitions.shape)}"
            )
        check_bounds(partitions, self.num_partitions, "partitions")
        found = tuple(data[partitions == i] for i in range(self.num_partitions))
        return found if len(found) > 1 else found[0]

    def gradient(self, tf, dy, y, data, partitions):
        shape = tf.shape(partitions)
        numbers = tf.reshape(tf.range(tf.reduce_prod(shape)), shape)
        places = tf.dynamic_partition(numbers, partitions, self.num_partitions)
        result = tf.dynamic_stitch(places, list(dy) if isinstance(dy, (list, tuple)) else [dy])
        return tf.reshape(result, tf.shape(data)), None


def _merge_start(rows: TensorShape, places: TensorShape) -> None:
    """Check that a tensor has a row for each index."""
    with_rank_at_least(rows, places.ndims)  # type: ignore[arg-type]
    for m, n in zip(rows.tuple, places.tuple):
        merge_sizes(m, n)


class DynamicStitch(OpDef, output="merged"):
    """Rows of several tensors placed at their indices; later ones win."""

    inputs = ("*indices: int32", "*data: T")
    static_inputs = ...

    def shape(self, *inputs):
        rest = unknown_shape()
        sizes: list[Any] = []
        for places, rows in zip(*_halves(inputs)):
            if places.shape.ndims is not None and rows.shape.ndims is not None:
                _merge_start(rows.shape, places.shape)
                rest = merge(rest, rows.shape[places.shape.ndims :])
        for places in _halves(inputs)[0]:
            sizes.append(None if places.value is None else int(np.max(places.value, initial=-1)) + 1)
        return TensorShape.of((None if None in sizes else max(sizes),)).concatenate(rest)

    def static_value(self, *inputs):
        if any(i.value is None for i in inputs):
            return None
        return self.kernel(np, *[i.value for i in inputs])

    def kernel(self, xp, *inputs):
        indices, data = _halves(inputs)
        for k, (places, rows) in enumerate(zip(indices, data)):
            if np.shape(rows)[: np.ndim(places)] != np.shape(places):
                raise ValueError(
                    f"data[{k}].shape = {brackets(np.shape(rows))} does not start with "
                    f"indices[{k}].shape = {brackets(np.shape(places))}"
                )
            if np.size(places) and np.min(places) < 0:
                raise ValueError(f"indices[{int(np.argmax(np.ravel(places) < 0))}] is out of range")
        size = max((int(np.max(i)) + 1 for i in indices if np.size(i)), default=0)
        rest = np.shape(data[0])[np.ndim(indices[0]) :]
        result = np.zeros((size, *rest), np.asarray(data[0]).dtype)
        for places, rows in zip(indices, data):
            result[np.asarray(places)] = rows
        return result

    def gradient(self, tf, dy, y, *inputs):
        indices, _ = _halves(inputs)
        return [None] * len(indices) + [tf.gather(dy, places) for places in indices]


class ParallelDynamicStitch(DynamicStitch):
    """As DynamicStitch, but which of several rows with the same index wins is unspecified."""


def _halves(inputs: tuple) -> tuple:
    half = len(inputs) // 2
    return inputs[:half], inputs[half:]


def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Tensor]:
    """Distribute the rows of a tensor over several parts.

    Args:
        data: a tensor.
        partitions: the index of each row's part; its shape is the start of that of `data`.
        num_partitions: the number of parts.
        name: the name of the node.

    Example:
        >>> print([part.tolist() for part in sess.run(tf.dynamic_partition([10, 20, 30], [1, 0, 1], 2))])
        [[20], [10, 30]]
    """
    found = apply(DynamicPartition(num_partitions), data, partitions, name=name)
    return found if isinstance(found, list) else [found]


def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Tensor:
    """Interleave the rows of several tensors, each at its index.

    Args:
        indices: a list of int32 tensors.
        data: a list of tensors, with a row for each index.
        name: the name of the node.

    Raises:
        ValueError: if the lists differ in length.

    Example:
        >>> print(tf.dynamic_stitch([[0, 2], [1]], [[10, 30], [20]]).eval())
        [10 20 30]
    """
    expect_list(indices, "indices", "dynamic_stitch")
    if len(expect_list(data, "data", "dynamic_stitch")) != len(indices):
        raise ValueError(
            f"List argument 'data' to 'dynamic_stitch' Op with length {len(data)} must match length "
            f"{len(indices)} of argument 'indices'."
        )
    if not indices:
        raise ValueError("List argument 'indices' to 'DynamicStitch' Op with length 0 shorter than minimum length 1.")
    return apply(DynamicStitch(), *indices, *data, name=name)
