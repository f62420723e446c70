"""Parts of tensors: slice, strided slice, and `tensor[...]`."""

import builtins
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.attributes import attrs_of
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, demand, merge, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import filled_like

__all__ = ["slice", "strided_slice", "newaxis"]

newaxis = None


class Slice(OpDef):
    """The part that starts at `begin` and has the given sizes; -1 means up to the end."""

    inputs = ("input: T", "begin: Index", "size: Index")
    allowed = {"Index": dtypes.INDICES}
    type_defaults = {"Index": dtypes.int32}
    static_inputs = shape_inputs = (1, 2)
    forwards = True

    def shape(self, input, begin, size):
        (count,) = merge(with_rank(begin.shape, 1), with_rank(size.shape, 1)).tuple
        if count is not None:
            with_rank(input, count)
        starts, sizes = as_sizes(begin), as_sizes(size)
        if size.value is None:
            return sizes if sizes.ndims is not None else unknown_shape(input.ndims if count is None else count)
        known = input.tuple or (None,) * len(size.value)
        begins = starts.tuple or (None,) * len(known)
        return TensorShape.of(tuple(_sliced(n, b, s) for n, b, s in zip(known, begins, size.value.tolist())))

    def kernel(self, xp, input, begin, size):
        starts, sizes = np.asarray(begin).tolist(), np.asarray(size).tolist()
        if not np.shape(begin) == np.shape(size) == (np.ndim(input),):
            raise ValueError(
                f"Expected begin and size arguments to be 1-D tensors of size {np.ndim(input)}, but got "
                f"shapes {brackets(np.shape(begin))} and {brackets(np.shape(size))} instead."
            )
        key = []
        for i, (n, b, s) in enumerate(zip(input.shape, starts, sizes)):
            demand(
                n or b == 0 and s in (0, -1),
                f"Expected begin[{i}] == 0 (got {b}) and size[{i}] == 0 (got {s}) when input.dim_size({i}) == 0",
            )
            if not 0 <= b <= n:
                raise ValueError(f"Expected begin[{i}] in [0, {n}], but got {b}")
            s = n - b if s == -1 else s
            if not 0 <= s <= n - b:
                raise ValueError(f"Expected size[{i}] in [0, {n - b}], but got {s}")
            key.append(builtins.slice(b, b + s))
        return input[tuple(key)]

    def gradient(self, tf, dy, y, input, begin, size):
        ndims = tf.rank(input)
        sizes = tf.shape(y)
        column = tf.stack([ndims, 1])
        before = tf.reshape(begin, column)
        after = tf.reshape(tf.shape(input) - sizes - begin, column)
        return tf.pad(dy, tf.concat([before, after], 1)), None, None


def _sliced(n: int | None, begin: int | None, size: int) -> int | None:
    if size != -1:
        return size
    if n is None or begin is None:
        return None
    if begin > n:
        raise ShapeError(f"Negative dimension size caused by subtracting {begin} from {n}")
    return n - begin


class _Strided(OpDef):
    """The attributes of a strided slice: a bit for each entry of the index."""

    begin_mask: int = 0
    end_mask: int = 0
    ellipsis_mask: int = 0
    new_axis_mask: int = 0
    shrink_axis_mask: int = 0

    allowed = {"Index": dtypes.INDICES}
    type_defaults = {"Index": dtypes.int32}

    def key(self, begin: list, end: list, strides: list) -> tuple:
        """Return the index in numpy's form; an unknown entry of a slice is None."""
        found: list[Any] = []
        for i, (b, e, s) in enumerate(zip(begin, end, strides)):
            bit = 1 << i
            if self.ellipsis_mask & bit:
                found.append(Ellipsis)
            elif self.new_axis_mask & bit:
                found.append(None)
            elif self.shrink_axis_mask & bit:
                found.append(b)
            else:
                found.append(
                    builtins.slice(None if self.begin_mask & bit else b, None if self.end_mask & bit else e, s)
                )
        return tuple(found)


class StridedSlice(_Strided):
    """`input[begin:end:strides, ...]`"""

    inputs = ("input: T", "begin: Index", "end: Index", "strides: Index")
    static_inputs = (0, 1, 2, 3)
    forwards = True

    def shape(self, input, begin, end, strides):
        return _strided_shape(self, input.shape, begin, end, strides)

    def as_shape(self, input, begin, end, strides):
        if any(v.value is None for v in (begin, end, strides)) or input.shape.ndims != 1 or len(begin.value) != 1:
            return None
        (key,) = self.key(begin.value.tolist(), end.value.tolist(), strides.value.tolist())
        known = input.as_shape
        if not isinstance(key, builtins.slice) or known.ndims is None:
            return None
        return TensorShape.of(known.tuple[key])

    def static_value(self, input, begin, end, strides):
        if any(v.value is None for v in (begin, end, strides)):
            return None
        key = self.key(begin.value.tolist(), end.value.tolist(), strides.value.tolist())
        return None if input.value is None else input.value[key]

    def kernel(self, xp, input, begin, end, strides):
        shapes = [np.shape(each) for each in (begin, end, strides)]
        demand(
            len(shapes[0]) == 1 and len(set(shapes)) == 1,
            "Expected begin, end, and strides to be 1D equal size "
            "tensors, but got shapes {}, {}, and {} instead.".format(*map(brackets, shapes)),
        )
        key = self.key(np.asarray(begin).tolist(), np.asarray(end).tolist(), np.asarray(strides).tolist())
        if np.size(input) == 1 and Ellipsis not in key:
            key += (Ellipsis,)  # a view even for a single element: it may be all of a variable
        return xp.asarray(input)[key]

    def failure(self, input, begin, end, strides):
        if len({np.shape(each) for each in (begin, end, strides)}) > 1 or np.ndim(begin) != 1:
            return None
        try:
            check_slice(self, begin.tolist(), strides.tolist(), input.shape)
        except ShapeError as error:
            return str(error)
        return None

    def gradient(self, tf, dy, y, input, begin, end, strides):
        shape = tf.shape(input, out_type=begin.dtype)
        return apply(StridedSliceGrad(*attrs_of(self).values()), shape, begin, end, strides, dy), None, None, None


class StridedSliceGrad(_Strided):
    """Zeros of a shape, except for a slice with the given values."""

    inputs = ("shape: Index", "begin: Index", "end: Index", "strides: Index", "dy: T")
    static_inputs = (0,)

    def shape(self, shape, begin, end, strides, dy):
        return shape.as_shape

    def kernel(self, xp, shape, begin, end, strides, dy):
        result = np.zeros(tuple(np.asarray(shape).tolist()), dy.dtype)
        result[self.key(np.asarray(begin).tolist(), np.asarray(end).tolist(), np.asarray(strides).tolist())] = dy
        return result

    def gradient(self, tf, dy, y, shape, begin, end, strides, inner):
        return None, None, None, None, apply(StridedSlice(*attrs_of(self).values()), dy, begin, end, strides)


def check_slice(op_def: _Strided, begin: list, strides: list, shape: tuple) -> None:
    """Raise ShapeError if an array of that shape does not have the slice."""
    _check_strides(op_def, strides)
    for i, axis in _axes(op_def, len(begin), len(shape)):
        if op_def.shrink_axis_mask & 1 << i:
            _check_place(i, begin[i], shape[axis])


def _check_strides(op_def: _Strided, strides: list) -> None:
    for i, stride in enumerate(strides):
        if stride == 0:
            raise ShapeError(f"strides[{i}] must be non-zero")
        if stride < 0 and op_def.shrink_axis_mask & 1 << i:
            raise ShapeError("only stride 1 allowed on non-range indexing.")


def _axes(op_def: _Strided, count: int, ndims: int) -> list[tuple[int, int]]:
    """Return the (entry, axis) pairs of an index, without ellipsis and new axes."""
    ellipses = [i for i in range(count) if op_def.ellipsis_mask & 1 << i]
    if len(ellipses) > 1:
        raise ShapeError("Multiple ellipses in slice spec not allowed")
    entries = [i for i in range(count) if not (op_def.ellipsis_mask | op_def.new_axis_mask) & 1 << i]
    if len(entries) > ndims:
        raise ShapeError(f"Index out of range using input dim {ndims}; input has only {ndims} dims")
    skipped = ndims - len(entries)
    return [(i, k + skipped if ellipses and i > ellipses[0] else k) for k, i in enumerate(entries)]


def _check_place(i: int, place: int, size: int) -> None:
    if not -size <= place < size:
        raise ShapeError(f"slice index {place + size if place < 0 else place} of dimension {i} out of bounds.")


def _strided_shape(op_def: _Strided, input: TensorShape, begin: Any, end: Any, strides: Any) -> TensorShape:
    """Return the static shape of a slice; a size that depends on an unknown index is unknown."""
    (count,) = merge(merge(with_rank(begin.shape, 1), with_rank(end.shape, 1)), with_rank(strides.shape, 1)).tuple
    if count is None or strides.value is None:
        return unknown_shape()
    steps = strides.value.tolist()
    _check_strides(op_def, steps)
    if input.ndims is None:
        return unknown_shape()
    axes = dict(_axes(op_def, count, input.ndims))
    known = begin.value is not None and end.value is not None
    starts, ends = (v.value.tolist() if known else [None] * count for v in (begin, end))
    return TensorShape.of(_sliced_sizes(op_def, input.tuple, axes, list(zip(starts, ends, steps))))


def _sliced_sizes(op_def: _Strided, given: tuple, axes: dict, ranges: list) -> tuple:
    """Return the sizes that the entries of an index, with their (begin, end, step), make of those of the input."""
    sizes: list = []
    done = 0  # axes of the input handled so far
    for i, (begin, end, step) in enumerate(ranges):
        bit = 1 << i
        if op_def.ellipsis_mask & bit:
            until = min((axis for entry, axis in axes.items() if entry > i), default=len(given))
            sizes += given[done:until]
            done = until
        elif op_def.new_axis_mask & bit:
            sizes.append(1)
        else:
            sizes += _one_size(op_def, i, given[axes[i]], begin, end, step)
            done = axes[i] + 1
    return (*sizes, *given[done:])


def _is_unknown(mask: int, bit: int, place: int | None) -> bool:
    """Return True if an end of a slice is neither omitted nor a known index."""
    return not mask & bit and place is None


def _one_size(op_def: _Strided, i: int, n: int | None, begin: int | None, end: int | None, step: int) -> list:
    """Return the axes that an entry makes of an axis of size `n`: none, or one of the resulting size."""
    bit = 1 << i
    if op_def.shrink_axis_mask & bit:
        if n is not None and begin is not None:
            _check_place(i, begin, n)
        return []
    if n is None or _is_unknown(op_def.begin_mask, bit, begin) or _is_unknown(op_def.end_mask, bit, end):
        return [None]
    key = builtins.slice(None if op_def.begin_mask & bit else begin, None if op_def.end_mask & bit else end, step)
    return [len(range(*key.indices(n)))]


def slice(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """Return the part that starts at `begin` and has the sizes `size`.

    Args:
        input_: a tensor with n axes.
        begin: n integers.
        size: n integers; -1 means up to the end.
        name: the name of the node.

    Raises:
        ValueError: if the part is out of range (at once if that is known).

    Example:
        >>> print(tf.slice([[1, 2, 3], [4, 5, 6]], [1, 0], [1, 2]).eval())
        [[4 5]]
    """
    return apply(Slice(), input_, begin, size, name=name)


def strided_slice(
    input_: Any,
    begin: Any,
    end: Any,
    strides: Any = None,
    begin_mask: int = 0,
    end_mask: int = 0,
    ellipsis_mask: int = 0,
    new_axis_mask: int = 0,
    shrink_axis_mask: int = 0,
    var: Any = None,
    name: str | None = None,
) -> Tensor:
    """Return `input_[begin[0]:end[0]:strides[0], ...]`; `tensor[...]` is the convenient form.

    Args:
        input_: a tensor.
        begin, end, strides: vectors of integers; strides of 1 by default.
        begin_mask, end_mask: a bit for each omitted entry.
        ellipsis_mask, new_axis_mask, shrink_axis_mask: a bit for each entry that is `...`, `tf.newaxis`, or an index.
        var: the variable whose value `input_` is, so that the result can be assigned to.
        name: the name of the node.

    Example:
        >>> print(tf.strided_slice([1, 2, 3, 4, 5], [0], [4], [2]).eval())
        [1 3]
    """
    with get_default_graph().atomic():
        if strides is None:
            strides = filled_like.ones_like(begin)
        found = apply(
            StridedSlice(begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask),
            input_,
            begin,
            end,
            strides,
            name=name,
        )
        return found if var is None else of_variable(found, var, (begin, end, strides), name)


def of_variable(tensor: Tensor, var: Any, vectors: Sequence, name: str | None) -> Tensor:
    """Record on a tensor the variable that it slices, for `tensor.assign`; return the tensor."""
    ref = var if hasattr(var, "handle") else var._ref()
    tensor._sliced = ref, tuple(vectors), name
    return tensor
