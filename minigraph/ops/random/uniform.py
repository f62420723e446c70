"""`random_uniform`: uniformly distributed numbers."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.math import arithmetic
from minigraph.ops.random import philox
from minigraph.ops.random.drawing import RANDOM_FLOATS, RandomFloat, seeds_of, shape_tensor, sizes_of, tensors_of
from minigraph.ops.random.uniform_int import RandomUniformInt

__all__ = ["random_uniform"]


class RandomUniform(RandomFloat):
    """Uniform in [0, 1)."""

    def kernel(self, xp, shape, state):
        return philox.filled(state, sizes_of(shape), self.dtype_.as_numpy_dtype, philox.unit)


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
    if dtype not in (*RANDOM_FLOATS, *dtypes.INDICES):
        raise ValueError(f"Invalid dtype {dtype!r}")
    if maxval is None:
        if dtype.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {dtype!r}")
        maxval = 1
    with atomic_scope(name, "random_uniform", tensors_of(shape, minval, maxval)) as scope:
        size = shape_tensor(shape)
        low = convert_to_tensor(minval, dtype, name="min")
        high = convert_to_tensor(maxval, dtype, name="max")
        if dtype.is_integer:
            return apply(RandomUniformInt(**seeds_of(seed)), size, low, high, name=scope)
        draw = apply(RandomUniform(**seeds_of(seed), dtype_=dtype), size)
        return arithmetic.add(draw * (high - low), low, name=scope)
