"""Random operations with TF1's streams, from TF1's seeds.

Each node has its own stream in each session, which continues from run to run and restarts in a new session.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.seeds import get_seed
from minigraph.graph.shape_rules import as_sizes, demand, size_input, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.arrays import shape_ops, slices
from minigraph.ops.control import assertions, group
from minigraph.ops.math import arithmetic, minmax
from minigraph.ops.random import philox

__all__ = [
    "random_uniform",
    "random_normal",
    "truncated_normal",
    "random_shuffle",
    "random_crop",
    "multinomial",
    "categorical",
]

_RANDOM_FLOATS = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)


class _Random(OpDef):
    """Base: the seeds, and the stream as state."""

    seed: int = 0
    seed2: int = 0

    stateful = True

    def initial_state(self, name):
        return philox.Philox(self.seed, self.seed2) if self.seed or self.seed2 else philox.Philox()

    def __eq__(self, other):  # two random nodes are never the same
        return self is other

    def __hash__(self):
        return id(self)


class _RandomFloat(_Random):
    """Base: draw floats of the shape given by the input."""

    dtype_: DType = dtypes.float32

    inputs = ("shape: T",)
    outputs = ("dtype",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    static_inputs = (0,)

    def shape(self, shape):
        return as_sizes(shape)

    def gradient(self, tf, dy, y, shape):
        return None


class RandomUniform(_RandomFloat):
    """Uniform in [0, 1)."""

    def kernel(self, xp, shape, state):
        return philox.uniform(state, _sizes(shape), self.dtype_.as_numpy_dtype)


class RandomStandardNormal(_RandomFloat):
    """Normal with mean 0 and standard deviation 1."""

    def kernel(self, xp, shape, state):
        return philox.standard_normal(state, _sizes(shape), self.dtype_.as_numpy_dtype)


class TruncatedNormal(_RandomFloat):
    """Normal, redrawn if more than two standard deviations from the mean."""

    def kernel(self, xp, shape, state):
        return philox.truncated_normal(state, _sizes(shape), self.dtype_.as_numpy_dtype)


class RandomUniformInt(_Random):
    """Uniform integers in [minval, maxval)."""

    inputs = ("shape: T", "minval: Tout", "maxval: Tout")
    outputs = ("Tout",)
    allowed = {"T": dtypes.INDICES, "Tout": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    static_inputs = (0,)

    def shape(self, shape, minval, maxval):
        with_rank(minval, 0), with_rank(maxval, 0)
        return as_sizes(shape)

    def kernel(self, xp, shape, minval, maxval, state):
        sizes = _sizes(shape)
        for name, limit in (("minval", minval), ("maxval", maxval)):
            if np.ndim(limit):
                raise ValueError(f"{name} must be 0-D, got shape {brackets(np.shape(limit))}")
        if 0 in sizes:
            return np.zeros(sizes, np.asarray(minval).dtype)  # independently of the limits
        if not minval < maxval:
            raise ValueError(f"Need minval < maxval, got {minval} >= {maxval}")
        return philox.uniform_int(state, sizes, minval, maxval, np.asarray(minval).dtype)

    def gradient(self, tf, dy, y, shape, minval, maxval):
        return None, None, None


def _sizes(shape: Any) -> tuple:
    if np.ndim(shape) != 1:
        raise ValueError(f"shape must be a vector of {{int32,int64}}, got shape {brackets(np.shape(shape))}")
    sizes = tuple(np.asarray(shape).tolist())
    if sizes and min(sizes) < 0:
        raise ValueError(f"Dimension {min(sizes)} must be >= 0")
    return sizes


class RandomShuffle(_Random):
    """Shuffle the rows."""

    inputs = ("value: T",)

    def shape(self, value):
        return value

    def kernel(self, xp, value, state):
        return philox.shuffle(state, np.asarray(value))


class Multinomial(_Random):
    """Class indices drawn by unnormalized log-probabilities."""

    output_dtype: DType = dtypes.int64

    inputs = ("logits: T", "num_samples: int32")
    outputs = ("output_dtype",)
    allowed = {"T": dtypes.REALS, "output_dtype": dtypes.INDICES}
    static_inputs = (1,)

    def shape(self, logits, num_samples):
        rows, _ = with_rank(logits, 2).tuple
        with_rank(num_samples.shape, 0)
        return TensorShape.of((rows, size_input(num_samples, 1)))

    def kernel(self, xp, logits, num_samples, state):
        if logits.ndim != 2:
            raise ValueError(f"logits should be a matrix, got shape {brackets(logits.shape)}")
        demand(not np.ndim(num_samples), f"num_samples should be a scalar, got shape {brackets(np.shape(num_samples))}")
        if num_samples < 0:
            raise ValueError(f"num_samples should be nonnegative, got {num_samples}")
        if not logits.shape[1]:
            raise ValueError("num_classes should be positive, got 0")
        return philox.multinomial(state, np.asarray(logits), int(num_samples), self.output_dtype.as_numpy_dtype)

    def gradient(self, tf, dy, y, logits, num_samples):
        return None, None


def _seeds(seed: int | None) -> dict[str, int]:
    first, second = get_seed(seed)
    return dict(seed=first or 0, seed2=second or 0)


def _shape_tensor(shape: Any) -> Tensor:
    """Return a shape as an integer vector; an empty list counts as int32."""
    dtype = None
    if isinstance(shape, (tuple, list)):
        if not shape:
            dtype = dtypes.int32
        elif any(hasattr(d, "value") for d in shape) and not any(isinstance(d, Tensor) for d in shape):
            shape = [getattr(d, "value", d) for d in shape]
    return convert_to_tensor(shape, dtype, name="shape")


def random_uniform(
    shape: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw uniformly from [minval, maxval).

    Args:
        shape: the shape, a list or an integer vector.
        minval, maxval: the limits; maxval is 1 for floats and must be given for integers.
        dtype: float16, float32, float64, int32 or int64.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name.

    Raises:
        ValueError: for another dtype, or integers without maxval.

    Example:
        >>> u = tf.random_uniform([1000], 2.0, 3.0, seed=1).eval()
        >>> print(u.min() >= 2, u.max() < 3, u.dtype)
        True True float32
    """
    dtype = as_dtype(dtype)
    if dtype not in (*_RANDOM_FLOATS, *dtypes.INDICES):
        raise ValueError(f"Invalid dtype {dtype!r}")
    if maxval is None:
        if dtype.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {dtype!r}")
        maxval = 1
    with atomic_scope(name, "random_uniform", _tensors(shape, minval, maxval)) as scope:
        size = _shape_tensor(shape)
        low = convert_to_tensor(minval, dtype, name="min")
        high = convert_to_tensor(maxval, dtype, name="max")
        if dtype.is_integer:
            return apply(RandomUniformInt(**_seeds(seed)), size, low, high, name=scope)
        draw = apply(RandomUniform(**_seeds(seed), dtype_=dtype), size)
        return arithmetic.add(draw * (high - low), low, name=scope)


def _tensors(*values: Any) -> list:
    return [v for v in values if isinstance(v, Tensor) or hasattr(v, "_as_graph_element")]


def _normal(
    op_def: type, default: str, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: int | None, name: str | None
) -> Tensor:
    dtype = as_dtype(dtype)
    with atomic_scope(name, default, _tensors(shape, mean, stddev)) as scope:
        size = _shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype, name="stddev")
        draw = apply(op_def(**_seeds(seed), dtype_=dtype), size)
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


def random_shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Shuffle the rows of a tensor.

    Example:
        >>> print(sorted(tf.random_shuffle([1, 2, 3]).eval().tolist()))
        [1, 2, 3]
    """
    return apply(RandomShuffle(**_seeds(seed)), value, name=name)


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
    with atomic_scope(name, "random_crop", _tensors(value, size)) as scope:
        value = convert_to_tensor(value, name="value")
        size = convert_to_tensor(size, dtypes.int32, name="size")
        shape = shape_ops.shape(value)
        check = assertions.Assert(
            minmax.reduce_all(shape >= size), ["Need value.shape >= size, got ", shape, size], summarize=1000
        )
        shape = group.with_dependencies([check], shape)
        limit = shape - size + 1
        offset = random_uniform(shape_ops.shape(shape), dtype=size.dtype, maxval=size.dtype.max, seed=seed) % limit
        return slices.slice(value, offset, size, name=scope)


def multinomial(
    logits: Any, num_samples: Any, seed: int | None = None, name: str | None = None, output_dtype: Any = None
) -> Tensor:
    """Draw class indices.

    Args:
        logits: unnormalized log-probabilities of shape (batch, classes).
        num_samples: the number to draw for each row.
        seed: the operation's seed.
        name: the name.
        output_dtype: int64 (by default) or int32.

    Returns:
        A tensor of shape (batch, num_samples).

    Example:
        >>> print(tf.multinomial([[0.0, 100.0]], 4).eval())
        [[1 1 1 1]]
    """
    with atomic_scope(name, "multinomial", _tensors(logits)):
        return _draw_classes(logits, num_samples, seed, output_dtype)


def categorical(
    logits: Any, num_samples: Any, dtype: Any = None, seed: int | None = None, name: str | None = None
) -> Tensor:
    """Draw class indices: the newer name (`tf.random.categorical`) of `multinomial`."""
    with atomic_scope(name, "categorical", _tensors(logits)):
        return _draw_classes(logits, num_samples, seed, dtype)


def _draw_classes(logits: Any, num_samples: Any, seed: int | None, dtype: Any) -> Tensor:
    logits = convert_to_tensor(logits, name="logits")
    dtype = dtypes.int64 if dtype is None else as_dtype(dtype)
    return apply(Multinomial(**_seeds(seed), output_dtype=dtype), logits, num_samples)
