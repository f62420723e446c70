"""`split`: cut a tensor along an axis."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import Dimension, ShapeError, TensorShape, brackets, unknown_shape

__all__ = ["split"]


class Split(OpDef):
    """Split a tensor into parts of equal size along an axis."""

    num_split: int = 1
    inputs = ("split_dim: int32", "value: T")
    outputs = ("num_split * output: T",)
    static_inputs = (0,)
    minimum = {"num_split": 1}
    forwards = True

    def dtype(self, axis, value):
        return (value,) * self.num_split

    def shape(self, axis, value):
        if value.ndims is None or axis.value is None:
            return (unknown_shape(value.ndims),) * self.num_split
        at = _split_axis(int(axis.value), value.ndims)
        size = value.tuple[at]
        if size is not None and size % self.num_split:
            raise ShapeError(
                f"Dimension size must be evenly divisible by {self.num_split} but is {size}\n\tNumber of "
                "ways to split should evenly divide the split dimension"
            )
        part = None if size is None else size // self.num_split
        return (TensorShape.of((*value.tuple[:at], part, *value.tuple[at + 1 :])),) * self.num_split

    def kernel(self, xp, axis, value):
        demand(np.size(axis) == 1, "split_dim must be a scalar but has rank " + str(np.ndim(axis)))
        parts = xp.split(value, self.num_split, axis=int(axis))
        return tuple(parts) if len(parts) > 1 else parts[0]

    def failure(self, axis, value):
        if not -value.ndim <= axis < value.ndim:
            return f"-input rank(-{value.ndim}) <= split_dim < input rank ({value.ndim}), but got {axis}"
        return (
            "Number of ways to split should evenly divide the split dimension, but got split_dim "
            f"{axis} (size = {value.shape[axis]}) and num_split {self.num_split}"
        )

    def gradient(self, tf, dy, y, axis, value):
        return None, tf.concat(list(dy) if isinstance(dy, (list, tuple)) else [dy], axis)


def _split_axis(axis: int, ndims: int) -> int:
    if not -ndims <= axis < ndims:
        raise ShapeError(f"Dimension size, given by scalar input {axis} must be in range [-{ndims}, {ndims})")
    return axis % ndims


class SplitV(OpDef):
    """Split a tensor into parts of given sizes along an axis; one size may be -1."""

    num_split: int = 1
    inputs = ("value: T", "size_splits: Tlen", "split_dim: int32")
    outputs = ("num_split * output: T",)
    allowed = {"Tlen": dtypes.INDICES}
    static_inputs = (1, 2)
    minimum = {"num_split": 1}
    forwards = True

    def dtype(self, value, sizes, axis):
        return (value,) * self.num_split

    def shape(self, value, sizes, axis):
        if value.ndims == 0:
            raise ShapeError("Can't split scalars")
        known = sizes.value
        if value.ndims is None or axis.value is None:
            return (unknown_shape(value.ndims),) * self.num_split
        at = _split_axis(int(axis.value), value.ndims)
        parts: Any = [None] * self.num_split
        if known is not None:
            parts = _static_parts(known.tolist(), value.tuple[at], self.num_split)
        return tuple(TensorShape.of((*value.tuple[:at], part, *value.tuple[at + 1 :])) for part in parts)

    def kernel(self, xp, value, sizes, axis):
        demand(np.size(axis) == 1, "split_dim_tensor must have exactly one element.")
        axis = int(np.reshape(axis, ()))
        demand(
            -value.ndim <= axis < value.ndim,
            f"-input rank(-{value.ndim}) <= split_dim < input rank ({value.ndim}), but got {axis}",
        )
        if np.shape(sizes) != (self.num_split,):
            raise ValueError(
                "size of the split_tensor must be 1-D and have the same elements as outputs got "
                f"{np.ndim(sizes)} -D and {np.size(sizes)} elements"
            )
        parts = _part_sizes(np.asarray(sizes).tolist(), value.shape[int(axis)])
        found = xp.split(value, np.cumsum(parts)[:-1], axis=int(axis))
        return tuple(found) if len(found) > 1 else found[0]

    def gradient(self, tf, dy, y, value, sizes, axis):
        return tf.concat(list(dy) if isinstance(dy, (list, tuple)) else [dy], axis), None, None


def _add_up(sizes: list, total: int) -> bool:
    """Return True if sizes, one of which may be -1 for the rest, can be the parts of a total."""
    known = sum(s for s in sizes if s != -1)
    return known <= total if -1 in sizes else known == total


def _with_rest(sizes: list, total: int) -> list:
    """Return sizes with -1 resolved: what the others leave of the total."""
    rest = total - sum(s for s in sizes if s != -1)
    return [rest if s == -1 else s for s in sizes]


def _static_parts(sizes: list, total: int | None, count: int) -> list:
    """Return the sizes as far as they are known; ShapeError if they are inconsistent."""
    if len(sizes) != count:
        raise ShapeError("Length of size_splits should be equal to num_outputs")
    if sizes.count(-1) > 1:
        raise ShapeError("size_splits can only have one -1")
    if total is None:
        return [None if s == -1 else s for s in sizes]
    if not _add_up(sizes, total):
        raise ShapeError(f"can't split axis of size {total} into pieces of size {brackets(sizes)}")
    return _with_rest(sizes, total)


def _part_sizes(sizes: list, total: int) -> list:
    """Return the sizes at run time: resolve a -1, and check the sum."""
    if sizes.count(-1) > 1:
        raise ValueError("There can only be one -1 in the input.")
    if not _add_up(sizes, total):
        known = sum(s for s in sizes if s != -1)
        raise ValueError(
            "Determined shape must either match input shape along split_dim exactly if fully specified, "
            f"or be less than the size of the input along split_dim if not fully specified.  Got: {known}"
        )
    return _with_rest(sizes, total)


def split(
    value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = "split"
) -> list[Tensor]:
    """Split a tensor along an axis.

    Args:
        value: a tensor.
        num_or_size_splits: the number of equal parts, or a list of the parts' sizes.
        axis: the axis.
        num: the number of parts, if the sizes are a tensor of unknown length.
        name: the name of the node.

    Raises:
        ValueError: if the sizes do not fit, or the number of parts is not known.

    Example:
        >>> print([part.tolist() for part in sess.run(tf.split([1, 2, 3], [1, 2]))])
        [[1], [2, 3]]
    """
    with get_default_graph().atomic():
        sizes = convert_to_tensor(num_or_size_splits)
        if isinstance(num_or_size_splits, (int, np.integer, Dimension)):
            found = apply(Split(int(num_or_size_splits)), axis, value, name=name)
        else:
            if sizes.shape.ndims == 0:
                raise ValueError(
                    "Rank-0 tensors are not supported as the num_or_size_splits argument to split. "
                    f"Argument provided: {num_or_size_splits}"
                )
            if num is None:
                num = sizes.shape.tuple[0] if sizes.shape.tuple else None
            if num is None:
                raise ValueError(f"Cannot infer num from shape {num_or_size_splits}")
            found = apply(SplitV(num), value, sizes, axis, name=name)
        return found if isinstance(found, list) else [found]
