"""The names of types in the messages of TensorFlow's kernels."""

from __future__ import annotations

from typing import Any

__all__ = ["C_NAMES", "c_name"]

C_NAMES = {"float16": "half", "float32": "float", "float64": "double"}


def c_name(dtype: Any) -> str:
    """Return the name of a type as C++ has it.

    Example:
        >>> print(c_name(tf.float32), c_name(tf.int64), c_name(tf.Variable(1.0).op.outputs[0].dtype))
        float int64 float_ref
    """
    base = C_NAMES.get(dtype.base_dtype.name, dtype.base_dtype.name)
    return base + "_ref" if dtype._is_ref_dtype else base
