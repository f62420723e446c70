"""The lists of types that several operations allow, in the order in which TF1's messages print them."""

from __future__ import annotations

from minigraph.graph.dtypes import DType, as_dtype

__all__ = ["ARITHMETIC", "DECOMPOSABLE", "SIGNED", "types"]


def types(names: str) -> tuple[DType, ...]:
    """Return the dtypes of the given names.

    Example:
        >>> types("int32 int64")
        (tf.int32, tf.int64)
    """
    return tuple(as_dtype(name) for name in names.split())


ARITHMETIC = types("bfloat16 float16 float32 float64 uint8 int8 uint16 int16 int32 int64 complex64 complex128")
SIGNED = types("bfloat16 float16 float32 float64 int32 int64 complex64 complex128")
DECOMPOSABLE = types("float64 float32 complex64 complex128")  # matrices, by LAPACK
