"""`to_float` and its like: older spellings of `cast`."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.ops.arrays.cast import cast

__all__ = ["to_float", "to_double", "to_int32", "to_int64", "to_bfloat16", "to_complex64", "to_complex128"]


def to_float(x: Any, name: str = "ToFloat") -> Any:
    """Cast to float32: an older spelling of `tf.cast(x, tf.float32)`."""
    return cast(x, dtypes.float32, name=name)


def to_double(x: Any, name: str = "ToDouble") -> Any:
    """Cast to float64: an older spelling of `tf.cast(x, tf.float64)`."""
    return cast(x, dtypes.float64, name=name)


def to_int32(x: Any, name: str = "ToInt32") -> Any:
    """Cast to int32: an older spelling of `tf.cast(x, tf.int32)`."""
    return cast(x, dtypes.int32, name=name)


def to_int64(x: Any, name: str = "ToInt64") -> Any:
    """Cast to int64: an older spelling of `tf.cast(x, tf.int64)`."""
    return cast(x, dtypes.int64, name=name)


def to_bfloat16(x: Any, name: str = "ToBFloat16") -> Any:
    """Cast to bfloat16: an older spelling of `tf.cast(x, tf.bfloat16)`."""
    return cast(x, dtypes.bfloat16, name=name)


def to_complex64(x: Any, name: str = "ToComplex64") -> Any:
    """Cast to complex64: an older spelling of `tf.cast(x, tf.complex64)`."""
    return cast(x, dtypes.complex64, name=name)


def to_complex128(x: Any, name: str = "ToComplex128") -> Any:
    """Cast to complex128: an older spelling of `tf.cast(x, tf.complex128)`."""
    return cast(x, dtypes.complex128, name=name)
