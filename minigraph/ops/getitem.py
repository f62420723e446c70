"""`tensor[...]`: an index as a strided slice or a boolean mask."""

import builtins
import sys
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.code import code
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import Dimension
from minigraph.ops.arrays import cast, constant, slices, stack
from minigraph.ops.rows import boolean_mask

__all__ = ["tensor_getitem"]

_INDEX_ERROR = (
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
    "tensors are valid indices"
)


def _check_index(index: Any) -> None:
    if isinstance(index, (int, Dimension)):
        return
    dtype = getattr(index, "dtype", None)
    shape = getattr(index, "shape", None)
    if dtype is None or dtypes.as_dtype(dtype).base_dtype not in dtypes.INDICES or shape and len(shape) == 1:
        many = isinstance(index, (list, np.ndarray, Tensor))
        advice = f"\nTo gather rows write {code('tf.gather(x, indices)', 'x', 'indices')}." if many else ""
        raise TypeError(f"{_INDEX_ERROR}, got {index!r}{advice}")


def _is_open(end: Any) -> bool:
    """Return True if an end of a slice is omitted; `sys.maxsize` is what TF1 takes for that too."""
    return end is None or not isinstance(end, Tensor) and end == sys.maxsize


def _slice_entry(item: builtins.slice) -> tuple[Any, Any, Any, str]:
    for part in (item.start, item.stop, item.step):
        if part is not None:
            _check_index(part)
    no_start, no_stop = _is_open(item.start), _is_open(item.stop)
    kind = ("b" if no_start else "") + ("e" if no_stop else "")
    return 0 if no_start else item.start, 0 if no_stop else item.stop, 1 if item.step is None else item.step, kind


def _entry(item: Any) -> tuple[Any, Any, Any, str]:
    """Return (begin, end, stride, kind) of one entry of an index."""
    if isinstance(item, builtins.slice):
        return _slice_entry(item)
    if item is Ellipsis:
        return 0, 0, 1, "."
    if item is None:
        return 0, 0, 1, "n"
    _check_index(item)
    return item, item + 1, 1, "s"


def _marked(entries: list, mark: str) -> int:
    """Return the mask with a bit for each entry of one kind."""
    return sum(1 << i for i, (*_, kind) in enumerate(entries) if mark in kind)


def tensor_getitem(tensor: Tensor, key: Any, var: Any = None) -> Tensor:
    """Return `tensor[key]`: indices, slices, `...`, `tf.newaxis`, scalar tensors, or a boolean mask.

    `var` is the variable whose value the tensor is, or None.
    """
    is_mask = isinstance(key, bool) or getattr(key, "dtype", None) in (dtypes.bool_, np.bool_)
    if is_mask:
        return boolean_mask.boolean_mask(tensor, key)
    items = list(key) if isinstance(key, (list, tuple)) else [key]
    entries = [_entry(item) for item in items]
    begin, end, strides = ([e[i] for e in entries] for i in range(3))
    masks = [_marked(entries, mark) for mark in "be.ns"]
    with atomic_scope(None, "strided_slice", [tensor, *begin, *end, *strides]) as scope:
        if begin:
            vectors = _same_type([stack.stack(begin), stack.stack(end), stack.stack(strides)])
        else:
            vectors = [constant.constant([], dtypes.int32)] * 3
        found = apply(slices.StridedSlice(*masks), tensor, *vectors, name=scope)
        return found if var is None else slices.of_variable(found, var, vectors, scope)


def _same_type(vectors: list[Tensor]) -> list[Tensor]:
    if all(v.dtype.base_dtype is not dtypes.int64 for v in vectors):
        return vectors
    return [v if v.dtype.base_dtype is dtypes.int64 else cast.cast(v, dtypes.int64) for v in vectors]
