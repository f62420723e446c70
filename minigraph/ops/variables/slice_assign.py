"""`v[1:].assign(x)`: assignment to a slice of a variable."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, brackets
from minigraph.ops.arrays.slices import _Strided, check_slice

__all__ = ["ResourceStridedSliceAssign", "StridedSliceAssign"]


class _SliceUpdate(_Strided):
    reads = writes = (0,)

    def shape(self, ref, begin, end, strides, value):
        return ref

    def place(self, ref, begin, end, strides, value):
        """Return the index into the cell's array; raise an error if it is invalid or the value has another shape."""
        begin, end, strides = (np.asarray(v).tolist() for v in (begin, end, strides))
        try:
            check_slice(self, begin, strides, np.shape(ref))
        except ShapeError as error:
            raise errors.InvalidArgumentError(None, None, str(error)) from None
        key = self.key(begin, end, strides)
        found = np.broadcast_to(np.zeros((), bool), np.shape(ref))[key].shape
        if found != np.shape(value):
            raise errors.UnimplementedError(
                None,
                None,
                f"sliced l-value shape {brackets(found)} does not match r-value shape "
                f"{brackets(np.shape(value))}. Automatic broadcasting not yet implemented.",
            )
        return key

    def update(self, xp, ref, begin, end, strides, value):
        if xp.__name__ != "numpy":
            return ref.at[self.place(ref, begin, end, strides, value)].set(value)
        return self.write_copies(ref, begin, end, strides, value)

    def write(self, ref, begin, end, strides, value):
        ref[self.place(ref, begin, end, strides, value)] = value


class StridedSliceAssign(_SliceUpdate):
    """`ref[begin:end:strides, ...] = value`"""

    inputs = ("ref: &T", "begin: Index", "end: Index", "strides: Index", "value: T")
    outputs = ("output_ref: &T",)


class ResourceStridedSliceAssign(_SliceUpdate):
    """StridedSliceAssign for resource variables."""

    inputs = ("ref: &resource", "begin: Index", "end: Index", "strides: Index", "value: T")
    outputs = ()


def _assign(tensor: Tensor) -> Callable:
    """Return, for a slice of a variable, a function `assign(val, name=None)` that builds its assignment.

    Example:
        >>> v = tf.Variable([1.0, 2.0, 3.0])
        >>> sess.run(v.initializer)
        >>> print(sess.run(v[1:].assign([20.0, 30.0])))
        [ 1. 20. 30.]
    """
    if tensor.op.type != "StridedSlice":
        raise AttributeError("'Tensor' object has no attribute 'assign'")
    return functools.partial(assign, tensor)


def assign(tensor: Tensor, val: Any, name: str | None = None) -> Any:
    """Build an assignment to a slice of a variable; ValueError if the tensor is not such a slice."""
    sliced = getattr(tensor, "_sliced", None)
    if sliced is None:
        raise ValueError(
            "Sliced assignment is only supported for variables\nSlice the variable itself: v[1:].assign(x)."
        )
    ref, vectors, parent = sliced
    slicing: Any = tensor.op.op_def
    fields = [getattr(slicing, field) for field in slicing.fields.values()]
    name = parent + "_assign" if name is None else name
    if not hasattr(ref, "handle"):
        return apply(StridedSliceAssign(*fields), ref, *vectors, val, name=name)
    val = convert_to_tensor(val, ref.dtype)
    return ref._lazy_read(apply(ResourceStridedSliceAssign(*fields), ref.handle, *vectors, val, name=name))


Tensor.assign = property(_assign)
