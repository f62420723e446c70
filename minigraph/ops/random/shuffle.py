"""`random_shuffle` and `random_crop`."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import shape_ops, slices
from minigraph.ops.control import assertions, group
from minigraph.ops.math import reduce_max_min
from minigraph.ops.random.drawing import Random, seeds_of, tensors_of
from minigraph.ops.random.uniform import random_uniform

__all__ = ["random_shuffle", "random_crop"]


class RandomShuffle(Random):
    """Shuffle the rows (Fisher and Yates); a scalar is returned unchanged."""

    inputs = ("value: T",)

    def shape(self, value):
        return value

    def kernel(self, xp, value, state):
        array = np.asarray(value)
        if array.size <= 1 or len(array) <= 1:
            return array
        count = len(array)
        blocks = (count + 2) // 4
        words = state.blocks_from(state.reserve(blocks), blocks).reshape(-1)[: count - 1]
        order = list(range(count))
        for i, step in enumerate((words % np.arange(count, 1, -1, dtype=np.uint32)).tolist()):
            order[i], order[i + step] = order[i + step], order[i]
        return array[order]


def random_shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Shuffle the rows of a tensor.

    Example:
        >>> print(sorted(tf.random_shuffle([1, 2, 3]).eval().tolist()))
        [1, 2, 3]
    """
    return apply(RandomShuffle(**seeds_of(seed)), value, name=name)


def random_crop(value: Any, size: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Crop a tensor to a given size at a random position.

    Args:
        value: the tensor.
        size: the shape of the result, along each axis at most the tensor's size.
        seed: the operation's seed.
        name: the name.

    Raises:
        InvalidArgumentError: at run time, if the result would be larger than the tensor.

    Example:
        >>> print(tf.random_crop(tf.zeros([5, 5]), [2, 3]).eval().shape)
        (2, 3)
    """
    with atomic_scope(name, "random_crop", tensors_of(value, size)) as scope:
        value = convert_to_tensor(value, name="value")
        size = convert_to_tensor(size, dtypes.int32, name="size")
        shape = shape_ops.shape(value)
        check = assertions.Assert(
            reduce_max_min.reduce_all(shape >= size), ["Need value.shape >= size, got ", shape, size], summarize=1000
        )
        shape = group.with_dependencies([check], shape)
        limit = shape - size + 1
        offset = random_uniform(shape_ops.shape(shape), dtype=size.dtype, maxval=size.dtype.max, seed=seed) % limit
        return slices.slice(value, offset, size, name=scope)
