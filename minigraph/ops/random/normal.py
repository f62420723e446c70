"""`random_normal` and `truncated_normal`."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.math import arithmetic
from minigraph.ops.random import philox
from minigraph.ops.random.drawing import RandomFloat, seeds_of, shape_tensor, sizes_of, tensors_of

__all__ = ["random_normal", "truncated_normal"]


class RandomStandardNormal(RandomFloat):
    """Normal with mean 0 and standard deviation 1."""

    def kernel(self, xp, shape, state):
        return philox.filled(state, sizes_of(shape), self.dtype_.as_numpy_dtype, normal)


class TruncatedNormal(RandomFloat):
    """Normal, redrawn if more than two standard deviations from the mean.

    Each group of four numbers (two doubles) draws from its own part of the stream.
    """

    def kernel(self, xp, shape, state):
        dtype = self.dtype_.as_numpy_dtype
        result, group = np.empty(sizes_of(shape), dtype), philox.elements_of_block(dtype)
        flat = result.reshape(-1)
        distance = group * philox.RESERVED // 4
        groups = -(-flat.size // group)
        starts = np.arange(groups, dtype=np.uint64) * np.uint64(distance)
        starts += np.uint64(state.reserve(flat.size * philox.RESERVED))
        for at in range(0, groups, philox.CHUNK):
            part = flat[at * group : (at + philox.CHUNK) * group]
            part[:] = _inside(state, starts[at : at + philox.CHUNK], group, dtype).reshape(-1)[: part.size]
        return result


def normal(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Convert random bits to uniform numbers, and pairs of them to pairs of normal ones (Box and Muller, 1958)."""
    kind = np.float64 if dtype == np.float64 else np.float32
    unit = philox.unit(words, kind)
    # TF1's single-precision functions are nearly always correctly rounded: so are rounded double ones.
    logs = np.log(np.maximum(unit[..., 0::2], kind(1e-7)).astype(np.float64)).astype(kind)
    radius, angle = np.sqrt(kind(-2.0) * logs), (2.0 * np.pi * unit[..., 1::2].astype(np.float64)).astype(kind)
    result = np.empty(unit.shape, kind)
    for i, function in enumerate((np.sin, np.cos)):
        result[..., i::2] = radius * function(angle.astype(np.float64)).astype(kind)
    return result


def _inside(rng: philox.Philox, starts: np.ndarray, group: int, dtype: Any) -> np.ndarray:
    """Return, for each start, the first `group` normal numbers of its part that are less than 2 away from 0."""
    found = normal(rng.blocks(starts), dtype)
    todo = np.flatnonzero((np.abs(found) >= 2).any(axis=-1))
    blocks = 2
    while todo.size:
        counters = starts[todo, None] + np.arange(blocks, dtype=np.uint64)
        drawn = normal(rng.blocks(counters).reshape(todo.size, -1), dtype)
        inside = np.abs(drawn) < 2
        enough = inside.sum(axis=-1) >= group
        order = np.argsort(~inside[enough], axis=-1, kind="stable")[:, :group]
        found[todo[enough]] = np.take_along_axis(drawn[enough], order, -1)
        todo = todo[~enough]
        blocks *= 2
    return found


def _normal(
    op_def: type, default: str, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: int | None, name: str | None
) -> Tensor:
    dtype = as_dtype(dtype)
    with atomic_scope(name, default, tensors_of(shape, mean, stddev)) as scope:
        size = shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype, name="stddev")
        draw = apply(op_def(**seeds_of(seed), dtype_=dtype), size)
        return arithmetic.add(draw * stddev, mean, name=scope)


def random_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw from a normal distribution.

    Args:
        shape: the shape, a list or an integer vector.
        mean, stddev: mean and standard deviation.
        dtype: a float type.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name.

    Example:
        >>> print(tf.random_normal([2], seed=1).eval())
        [-0.8113182  1.4845988]
    """
    return _normal(RandomStandardNormal, "random_normal", shape, mean, stddev, dtype, seed, name)


def truncated_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw from a normal distribution, redrawing values more than two standard deviations from the mean.

    See `random_normal` for the arguments.

    Example:
        >>> print(abs(tf.truncated_normal([1000], seed=1).eval()).max() <= 2)
        True
    """
    return _normal(TruncatedNormal, "truncated_normal", shape, mean, stddev, dtype, seed, name)
