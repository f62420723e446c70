"""`range` and `linspace`: sequences of numbers."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.graph.text import written
from minigraph.ops.arrays import cast

__all__ = ["range", "linspace", "lin_space"]

_ORDER = (dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64)


class Range(OpDef):
    """start, start + delta, … before limit."""

    inputs = ("start: Tidx", "limit: Tidx", "delta: Tidx")
    outputs = ("Tidx",)
    allowed = {"Tidx": (dtypes.bfloat16, dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64)}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (0, 1, 2)
    gradient = no_gradient

    def shape(self, start, limit, delta):
        _check_scalars(start=start.shape, limit=limit.shape, delta=delta.shape)
        values = start.value, limit.value, delta.value
        if any(v is None or np.isnan(v) for v in values):  # NaN is reported by the run
            return TensorShape.of((None,))
        return TensorShape.of((_length(*values),))

    def kernel(self, xp, start, limit, delta):
        for name, each in zip(("start", "limit", "delta"), (start, limit, delta)):
            if np.ndim(each):
                raise ValueError(f"{name} must be a scalar, not shape {brackets(np.shape(each))}")
        if delta == 0:
            raise ValueError(f"Requires delta != 0: {delta}")
        count = _length(start, limit, delta)
        found = np.full(count, delta, np.asarray(start).dtype)
        found[:1] = start
        return np.add.accumulate(found, dtype=found.dtype)  # by repeated addition, which has TF1's rounding errors


def _check_scalars(**shapes: TensorShape) -> None:
    for name, shape in shapes.items():
        if shape.ndims not in (None, 0):
            raise ShapeError(f"Shape must be rank 0 but is rank {shape.ndims}\n\t for '{name}'")


def _length(start: Any, limit: Any, delta: Any) -> int:
    start, limit, delta = [np.asarray(number)[()] for number in (start, limit, delta)]
    if delta == 0:
        raise ShapeError("Requires delta != 0")
    if delta > 0 and not start <= limit:
        raise ShapeError(f"Requires start <= limit when delta > 0: {written(start)}/{written(limit)}")
    if delta < 0 and not start >= limit:
        raise ShapeError(f"Requires start >= limit when delta < 0: {written(start)}/{written(limit)}")
    if delta.dtype.kind == "i":
        return -((int(start) - int(limit)) // int(delta))
    return int(np.ceil(np.abs((limit - start) / delta)))  # in the element type, as in TF1


class LinSpace(OpDef):
    """`num` equally spaced numbers from start to stop."""

    inputs = ("start: T", "stop: T", "num: Tidx")
    allowed = {"T": (dtypes.bfloat16, dtypes.float32, dtypes.float64), "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (2,)
    gradient = no_gradient

    def shape(self, start, stop, num):
        _check_scalars(start=start, stop=stop, num=num.shape)
        if num.value is None:
            return TensorShape.of((None,))
        if num.value <= 0:
            raise ShapeError(f"Requires num > 0: {num.value}")
        return TensorShape.of((int(num.value),))

    def kernel(self, xp, start, stop, num):
        for name, each in (("start", start), ("stop", stop), ("num", num)):
            demand(not np.ndim(each), f"{name} must be a scalar, not shape {brackets(np.shape(each))}")
        count = int(num)
        if count <= 0:
            raise ValueError(f"Requires num > 0: {count}")
        if count == 1:
            return np.asarray(start).reshape(1)
        step = (stop - start) / np.asarray(start).dtype.type(count - 1)
        found = start + step * np.arange(count).astype(np.asarray(start).dtype)
        found[-1] = stop
        return found


def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str | None = "range") -> Tensor:
    """Return the numbers from `start` in steps of `delta`, up to but excluding `limit`.

    Args:
        start: a scalar; a single argument is the limit (and the start is 0).
        limit: a scalar.
        delta: a scalar, not 0.
        dtype: the element type; by default the widest of the arguments'.
        name: the name of the node.

    Returns:
        A vector.

    Raises:
        ValueError: if the limit is on the wrong side of the start, or `delta` is 0.

    Example:
        >>> print(sess.run([tf.range(3), tf.range(3, 18, 3)]))
        [array([0, 1, 2], dtype=int32), array([ 3,  6,  9, 12, 15], dtype=int32)]
    """
    if limit is None:
        start, limit = 0, start
    with atomic_scope(name, "Range", [start, limit, delta]) as scope:
        wanted = None if dtype is None else as_dtype(dtype)
        parts = [
            convert_to_tensor(v, dtype=wanted, name=n)
            for v, n in ((start, "start"), (limit, "limit"), (delta, "delta"))
        ]
        if wanted is None:
            # TF1 has no message for other types either
            assert all(p.dtype.base_dtype in _ORDER for p in parts)
            wanted = _ORDER[max(_ORDER.index(p.dtype.base_dtype) for p in parts)]
            parts = [cast.cast(p, wanted) for p in parts]
        return apply(Range(), *parts, name=scope)


def linspace(start: Any, stop: Any, num: Any, name: str | None = None) -> Tensor:
    """Return `num` equally spaced numbers, the first `start`, the last `stop`.

    Args:
        start, stop: floats, scalars of one type.
        num: a positive integer.
        name: the name of the node.

    Example:
        >>> print(tf.linspace(10.0, 12.0, 3).eval())
        [10. 11. 12.]
    """
    return apply(LinSpace(), start, stop, num, name=name)


lin_space = linspace
