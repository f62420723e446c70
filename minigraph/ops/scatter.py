"""Updates of some rows, or some elements, of a variable."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, brackets

__all__ = ["scatter_update", "scatter_add", "scatter_sub", "scatter_mul", "scatter_div", "scatter_min", "scatter_max",
           "scatter_nd_update", "scatter_nd_add", "scatter_nd_sub"]


@dataclass(frozen=True, eq=False)
class _Scatter(OpDef):
    """Updates the rows of a cell that `indices` name; a row named twice is updated twice."""
    use_locking: bool = False

    inputs = ("ref: &T", "indices: Tindices", "updates: T")
    outputs = ("&T",)
    allowed = {"Tindices": dtypes.INDICES}
    reads = writes = (0,)
    ufunc = ""

    def shape(self, ref, indices, updates):
        ref.with_rank_at_least(1)
        if updates.ndims != 0 and not indices.concatenate(ref[1:]).is_compatible_with(updates):
            raise ShapeError(f"Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got "
                             f"updates.shape {brackets(updates)}, indices.shape {brackets(indices)}, params.shape "
                             f"{brackets(ref)}")
        return ref

    def place(self, ref, indices):
        """What to index the cell with."""
        check_indices(indices, ref.shape[0])
        return indices

    def update(self, xp, ref, indices, updates):
        place = self.place(ref, indices)
        if xp is not np:
            at = ref.at[place]
            return getattr(at, {"": "set", "minimum": "min", "maximum": "max"}.get(self.ufunc, self.ufunc))(updates)
        result = ref.copy()
        if self.ufunc:
            name = "floor_divide" if self.ufunc == "divide" and ref.dtype.kind in "iu" else self.ufunc
            getattr(np, name).at(result, place, updates)
        else:
            result[place] = updates
        return result


def check_indices(indices: Any, size: int) -> None:
    """Raises InvalidArgumentError where an index is not in [0, size)."""
    indices = np.asarray(indices)
    wrong = (indices < 0) | (indices >= size)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0]) if indices.ndim else ()
        place = f"[{','.join(map(str, at))}]" if at else ""
        raise errors.InvalidArgumentError(None, None, f"indices{place} = {int(indices[at])} is not in [0, {size})")


class ScatterUpdate(_Scatter):
    """ref[indices] = updates"""


class ScatterAdd(_Scatter):
    """ref[indices] += updates"""
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    ufunc = "add"


class ScatterSub(_Scatter):
    """ref[indices] -= updates"""
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    ufunc = "subtract"


class ScatterMul(_Scatter):
    """ref[indices] *= updates"""
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    ufunc = "multiply"


class ScatterDiv(_Scatter):
    """ref[indices] /= updates"""
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    ufunc = "divide"


class ScatterMin(_Scatter):
    """ref[indices] = min(ref[indices], updates)"""
    allowed = {"T": dtypes.REALS, "Tindices": dtypes.INDICES}
    ufunc = "minimum"


class ScatterMax(_Scatter):
    """ref[indices] = max(ref[indices], updates)"""
    allowed = {"T": dtypes.REALS, "Tindices": dtypes.INDICES}
    ufunc = "maximum"


class _ScatterNd(_Scatter):
    """As scatter, with index vectors (the last axis of `indices`) instead of row numbers."""

    def shape(self, ref, indices, updates):
        return ref

    def place(self, ref, indices):
        place = tuple(np.moveaxis(np.asarray(indices), -1, 0))
        for axis, column in enumerate(place):
            check_indices(column, ref.shape[axis])
        return place


class ScatterNdUpdate(_ScatterNd):
    """ref[indices] = updates"""


class ScatterNdAdd(_ScatterNd):
    """ref[indices] += updates"""
    ufunc = "add"


class ScatterNdSub(_ScatterNd):
    """ref[indices] -= updates"""
    ufunc = "subtract"

def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Tensor:
    """Replaces rows of a variable when it runs.

    Args:
        ref: a variable of shape (n, ...).
        indices: which rows, integers.
        updates: the rows: shape `indices.shape + ref.shape[1:]`, or a scalar for all.
        use_locking: accepted, as in TF1.
        name: the name of the node.

    Returns:
        A ref tensor to the variable after the update.

    Raises:
        InvalidArgumentError: when it runs, if an index is out of range.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     v = tf.Variable([0.0, 0.0, 0.0])
        ...     sess.run(v.initializer)
        ...     print(sess.run(tf.scatter_update(v, [2, 0], [5.0, 6.0])))
        [6. 0. 5.]
    """
    return apply(ScatterUpdate(use_locking), ref, indices, updates, name=name)


def scatter_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Adds to rows of a variable; a row named twice is added to twice. See `scatter_update` for the arguments."""
    return apply(ScatterAdd(use_locking), ref, indices, updates, name=name)


def scatter_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtracts from rows of a variable. See `scatter_update` for the arguments."""
    return apply(ScatterSub(use_locking), ref, indices, updates, name=name)


def scatter_mul(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Multiplies rows of a variable. See `scatter_update` for the arguments."""
    return apply(ScatterMul(use_locking), ref, indices, updates, name=name)


def scatter_div(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Divides rows of a variable. See `scatter_update` for the arguments."""
    return apply(ScatterDiv(use_locking), ref, indices, updates, name=name)


def scatter_min(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Takes the minimum of rows of a variable and `updates`. See `scatter_update` for the arguments."""
    return apply(ScatterMin(use_locking), ref, indices, updates, name=name)


def scatter_max(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Takes the maximum of rows of a variable and `updates`. See `scatter_update` for the arguments."""
    return apply(ScatterMax(use_locking), ref, indices, updates, name=name)


def scatter_nd_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True,
                      name: str | None = None) -> Tensor:
    """Replaces the elements or slices of a variable that the index vectors in `indices` name."""
    return apply(ScatterNdUpdate(use_locking), ref, indices, updates, name=name)


def scatter_nd_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Adds to the elements or slices of a variable that the index vectors in `indices` name."""
    return apply(ScatterNdAdd(use_locking), ref, indices, updates, name=name)


def scatter_nd_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtracts from the elements or slices of a variable that the index vectors in `indices` name."""
    return apply(ScatterNdSub(use_locking), ref, indices, updates, name=name)
