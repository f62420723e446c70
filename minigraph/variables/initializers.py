"""Initial values: functions of (shape, dtype) that build a tensor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops import array, constants, elementwise, fill, linalg, matrix_parts, random, transposing

__all__ = [
    "Initializer",
    "Zeros",
    "Ones",
    "Constant",
    "RandomUniform",
    "RandomNormal",
    "TruncatedNormal",
    "UniformUnitScaling",
    "VarianceScaling",
    "Orthogonal",
    "Identity",
    "zeros_initializer",
    "ones_initializer",
    "constant_initializer",
    "random_uniform_initializer",
    "random_normal_initializer",
    "truncated_normal_initializer",
    "uniform_unit_scaling_initializer",
    "variance_scaling_initializer",
    "orthogonal_initializer",
    "glorot_uniform_initializer",
    "glorot_normal_initializer",
    "lecun_normal",
    "lecun_uniform",
    "he_normal",
    "he_uniform",
]


class Initializer:
    """A function of (shape, dtype) that builds an initial value; `get_config()` gives its arguments.

    Example:
        >>> zeros = tf.zeros_initializer()
        >>> zeros.get_config(), tf.zeros_initializer.from_config(zeros.get_config()).dtype
        ({'dtype': 'float32'}, tf.float32)
    """

    _arguments: tuple[str, ...] = ()

    def __init__(self, dtype: Any = dtypes.float32):
        self.dtype = as_dtype(dtype)

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        raise NotImplementedError

    def _dtype(self, dtype: Any) -> DType:
        return self.dtype if dtype is None else as_dtype(dtype)

    def get_config(self) -> dict:
        """Return the arguments, as plain values."""
        return {**{name: getattr(self, name) for name in self._arguments}, "dtype": self.dtype.name}

    @classmethod
    def from_config(cls, config: dict) -> Initializer:
        """Make an initializer of what `get_config` gave."""
        return cls(**config)


def _float(dtype: Any) -> DType:
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got {dtype}.")
    return dtype


class Zeros(Initializer):
    """Zeros."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return fill.zeros(shape, self._dtype(dtype))


class Ones(Initializer):
    """Ones."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return fill.ones(shape, self._dtype(dtype))


class Constant(Initializer):
    """A value, or the elements of a list; a short list is continued with its last element.

    Args:
        value: a number, list or array.
        dtype: the type where none is asked for.
        verify_shape: raise TypeError where the value does not have just the shape asked for.

    Raises:
        TypeError: if the value is of another kind.

    Example:
        >>> print(tf.constant_initializer([1, 2, 3])([2, 2]).eval())
        [[1. 2.]
         [3. 3.]]
    """

    _arguments = ("value",)

    def __init__(self, value: Any = 0, dtype: Any = dtypes.float32, verify_shape: bool = False):
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value: {type(value)} (expected Python scalar, list or tuple of "
                "values, or numpy.ndarray)."
            )
        super().__init__(dtype)
        self.value, self._verify_shape = value, verify_shape

    def __call__(
        self, shape: Sequence, dtype: Any = None, partition_info: Any = None, verify_shape: bool | None = None
    ) -> Tensor:
        verify = self._verify_shape if verify_shape is None else verify_shape
        return constants.constant(self.value, self._dtype(dtype), shape, verify_shape=verify)


class RandomUniform(Initializer):
    """Uniform in [minval, maxval)."""

    _arguments = ("minval", "maxval", "seed")

    def __init__(self, minval: Any = 0, maxval: Any = None, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(dtype)
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return random.random_uniform(shape, self.minval, self.maxval, self._dtype(dtype), seed=self.seed)


class RandomNormal(Initializer):
    """Normal with a mean and a standard deviation."""

    _arguments = ("mean", "stddev", "seed")

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(_float(dtype))
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return random.random_normal(shape, self.mean, self.stddev, self._dtype(dtype), seed=self.seed)


class TruncatedNormal(RandomNormal):
    """Normal, drawn again where a value is more than two standard deviations from the mean."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return random.truncated_normal(shape, self.mean, self.stddev, self._dtype(dtype), seed=self.seed)


class UniformUnitScaling(Initializer):
    """Uniform within ± factor * sqrt(3 / inputs), which keeps the variance of a layer's output that of its input.

    The factor for non-linear layers is derived in Sussillo and Abbott, arXiv:1412.6558.
    """

    _arguments = ("factor", "seed")

    def __init__(self, factor: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(_float(dtype))
        self.factor, self.seed = factor, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        inputs = max(math.prod(float(d) for d in shape[:-1]), 1.0)
        limit = math.sqrt(3 / inputs) * self.factor
        return random.random_uniform(shape, -limit, limit, self._dtype(dtype), seed=self.seed)


class VarianceScaling(Initializer):
    """Random values whose variance is scale / n, where n counts inputs, outputs or their mean.

    Args:
        scale: a positive number.
        mode: "fan_in", "fan_out" or "fan_avg": what n is.
        distribution: "truncated_normal" (or "normal", its older name), "untruncated_normal" or "uniform".
        seed: the operation's seed.
        dtype: the type where none is asked for.

    Raises:
        ValueError: for another mode or distribution, or a scale that is not positive.

    Example:
        >>> w = tf.variance_scaling_initializer(distribution="uniform", seed=1)([300, 10]).eval()
        >>> print(abs(w).max() <= 0.1)
        True
    """

    _arguments = ("scale", "mode", "distribution", "seed")

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
        dtype: Any = dtypes.float32,
    ):
        if scale <= 0.0:
            raise ValueError("`scale` must be positive float.")
        if mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError("Invalid `mode` argument:", mode)
        distribution = distribution.lower()
        if distribution not in ("normal", "uniform", "truncated_normal", "untruncated_normal"):
            raise ValueError("Invalid `distribution` argument:", distribution)
        super().__init__(_float(dtype))
        self.scale, self.mode, self.distribution, self.seed = scale, mode, distribution, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        fan_in, fan_out = compute_fans(shape)
        count = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2.0}[self.mode]
        scale, dtype = self.scale / max(1.0, count), self._dtype(dtype)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * scale)
            return random.random_uniform(shape, -limit, limit, dtype, seed=self.seed)
        if self.distribution == "untruncated_normal":
            return random.random_normal(shape, 0.0, math.sqrt(scale), dtype, seed=self.seed)
        # Cutting at two standard deviations makes the distribution narrower by this factor.
        return random.truncated_normal(shape, 0.0, math.sqrt(scale) / 0.87962566103423978, dtype, seed=self.seed)


def compute_fans(shape: Sequence) -> tuple[int, int]:
    """Return the numbers of inputs and outputs of a weight tensor; for convolutions times the field's size.

    Example:
        >>> compute_fans([3, 4]), compute_fans([5, 5, 3, 4])
        ((3, 4), (75, 100))
    """
    sizes = [int(d) for d in shape]
    if len(sizes) < 2:
        count = sizes[0] if sizes else 1
        return count, count
    field = math.prod(sizes[:-2])
    return sizes[-2] * field, sizes[-1] * field


class Orthogonal(Initializer):
    """Orthogonal rows or columns times `gain` (Saxe et al., arXiv:1312.6120)."""

    _arguments = ("gain", "seed")

    def __init__(self, gain: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(_float(dtype))
        self.gain, self.seed = gain, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        if len(shape) < 2:
            raise ValueError("The tensor to initialize must be at least two-dimensional")
        rows, columns = math.prod(int(d) for d in shape[:-1]), int(shape[-1])
        drawn = random.random_normal((max(rows, columns), min(rows, columns)), dtype=self._dtype(dtype), seed=self.seed)
        q, r = linalg.qr(drawn, full_matrices=False)
        q *= elementwise.sign(matrix_parts.diag_part(r))  # without this the distribution would not be uniform
        if rows < columns:
            q = transposing.matrix_transpose(q)
        return self.gain * array.reshape(q, shape)


class Identity(Initializer):
    """The identity matrix times `gain`; for matrices only."""

    _arguments = ("gain",)

    def __init__(self, gain: float = 1.0, dtype: Any = dtypes.float32):
        super().__init__(_float(dtype))
        self.gain = gain

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        if len(shape) != 2:
            raise ValueError("Identity matrix initializer can only be used for 2D matrices.")
        rows, columns = shape.as_list() if isinstance(shape, TensorShape) else shape
        return self.gain * matrix_parts.eye(rows, columns, dtype=self._dtype(dtype))


class GlorotUniform(VarianceScaling):
    """Uniform with variance 1 / mean(inputs, outputs) (Glorot and Bengio, 2010).

    As in TF1, `dtype` is not used: called without one it gives float32 (`get_variable` always names one).
    """

    _arguments = ("seed",)  # type: ignore[assignment]

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(1.0, "fan_avg", "uniform", seed)


class GlorotNormal(VarianceScaling):
    """A truncated normal with variance 1 / mean(inputs, outputs) (Glorot and Bengio, 2010); `dtype` as above."""

    _arguments = ("seed",)  # type: ignore[assignment]

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


def lecun_normal(seed: int | None = None) -> VarianceScaling:
    """Return a truncated normal with variance 1 / inputs (LeCun et al., Efficient BackProp, 1998)."""
    return VarianceScaling(1.0, "fan_in", "truncated_normal", seed)


def lecun_uniform(seed: int | None = None) -> VarianceScaling:
    """Uniform with variance 1 / inputs (LeCun et al., Efficient BackProp, 1998)."""
    return VarianceScaling(1.0, "fan_in", "uniform", seed)


def he_normal(seed: int | None = None) -> VarianceScaling:
    """Return a truncated normal with variance 2 / inputs, for relu layers (He et al., arXiv:1502.01852)."""
    return VarianceScaling(2.0, "fan_in", "truncated_normal", seed)


def he_uniform(seed: int | None = None) -> VarianceScaling:
    """Uniform with variance 2 / inputs, for relu layers (He et al., arXiv:1502.01852)."""
    return VarianceScaling(2.0, "fan_in", "uniform", seed)


zeros_initializer = Zeros
ones_initializer = Ones
constant_initializer = Constant
random_uniform_initializer = RandomUniform
random_normal_initializer = RandomNormal
truncated_normal_initializer = TruncatedNormal
uniform_unit_scaling_initializer = UniformUnitScaling
variance_scaling_initializer = VarianceScaling
orthogonal_initializer = Orthogonal
glorot_uniform_initializer = GlorotUniform
glorot_normal_initializer = GlorotNormal
