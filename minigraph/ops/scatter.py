"""Updates of some rows, or some elements, of a variable."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, with_rank_at_least
from minigraph.graph.shapes import ShapeError, brackets
from minigraph.ops.state import mutable

__all__ = [
    "scatter_update",
    "scatter_add",
    "scatter_sub",
    "scatter_mul",
    "scatter_div",
    "scatter_min",
    "scatter_max",
    "scatter_nd_update",
    "scatter_nd_add",
    "scatter_nd_sub",
]


class Rows(OpDef):
    """Base: updates the rows of a cell that `indices` name; a row named twice is updated twice."""

    reads = writes = (0,)
    ufunc = ""

    def shape(self, ref, indices, updates):
        with_rank_at_least(ref, 1)
        if updates.ndims != 0:
            merge(updates, indices.concatenate(ref[1:]))
        return ref

    def place(self, ref, indices):
        """Return what to index the cell with."""
        check_indices(indices, ref.shape[0])
        return indices

    def update(self, xp, ref, indices, updates):
        if xp.__name__ != "numpy":
            at = ref.at[self.place(ref, indices)]
            return getattr(at, {"": "set", "minimum": "min", "maximum": "max"}.get(self.ufunc, self.ufunc))(updates)
        return self.write_copies(ref, indices, updates)

    def write(self, ref, indices, updates):
        place = self.place(ref, indices)
        if self.ufunc:
            name = "floor_divide" if self.ufunc == "divide" and ref.dtype.kind in "iu" else self.ufunc
            getattr(np, name).at(ref, place, updates)
        else:
            ref[place] = updates


class _Scatter(Rows):
    """Update rows of a variable with a ref."""

    use_locking: bool = False

    inputs = ("ref: &T", "indices: Tindices", "updates: T")
    outputs = ("&T",)
    allowed = {"Tindices": dtypes.INDICES}


def check_indices(indices: Any, size: int) -> None:
    """Raise InvalidArgumentError where an index is not in [0, size)."""
    indices = np.asarray(indices)
    wrong = (indices < 0) | (indices >= size)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0]) if indices.ndim else ()
        place = f"[{','.join(map(str, at))}]" if at else ""
        raise errors.InvalidArgumentError(None, None, f"indices{place} = {int(indices[at])} is not in [0, {size})")


class ScatterUpdate(_Scatter):
    """ref[indices] = updates"""


class _Arithmetic(_Scatter):
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}

    def gradient(self, dy, y, ref, indices, updates):
        return None, None, None


class ScatterAdd(_Arithmetic):
    """ref[indices] += updates"""

    ufunc = "add"


class ScatterSub(_Arithmetic):
    """ref[indices] -= updates"""

    ufunc = "subtract"


class ScatterMul(_Arithmetic):
    """ref[indices] *= updates"""

    ufunc = "multiply"


class ScatterDiv(_Arithmetic):
    """ref[indices] /= updates"""

    ufunc = "divide"


_ORDERED = (*dtypes.NN_FLOATS, dtypes.int32, dtypes.int64)


class ScatterMin(_Scatter):
    """ref[indices] = min(ref[indices], updates)"""

    allowed = {"T": _ORDERED, "Tindices": dtypes.INDICES}
    ufunc = "minimum"


class ScatterMax(_Scatter):
    """ref[indices] = max(ref[indices], updates)"""

    allowed = {"T": _ORDERED, "Tindices": dtypes.INDICES}
    ufunc = "maximum"


class Elements(Rows):
    """Base: as `Rows`, with index vectors (the last axis of `indices`) instead of row numbers."""

    def shape(self, ref, indices, updates):
        if None in (indices.ndims, updates.ndims):
            return ref
        outer = with_rank_at_least(indices, 1).ndims - 1
        self.match("outer", outer, "indices", indices, indices[:-1], updates, updates[:outer])
        depth = indices.tuple[-1]
        if depth is not None and ref.ndims is not None:
            self.match("inner", ref.ndims - depth, "input", ref, ref[depth:], updates, updates[outer:])
        return ref

    def match(self, side, count, name, shape, wanted, updates, found):
        """ShapeError where some axes of the updates are not those that they must be."""
        try:
            merge(wanted, found)
        except ShapeError as error:
            raise ShapeError(
                f"The {side} {count} dimensions of {name}.shape={brackets(shape)} must match the {side} "
                f"{count} dimensions of updates.shape="
                f"{brackets(updates)}: {error}"
            ) from None

    def place(self, ref, indices):
        indices = np.asarray(indices)
        wrong = ((indices < 0) | (indices >= ref.shape[: indices.shape[-1]])).any(axis=-1)
        if wrong.any():
            at = tuple(np.argwhere(wrong)[0].tolist())
            raise errors.InvalidArgumentError(
                None,
                None,
                f"indices{list(at) if at else ''} = {indices[at].tolist()} "
                f"does not index into shape {brackets(ref.shape)}",
            )
        return tuple(np.moveaxis(indices, -1, 0))


class _ScatterNd(Elements, _Scatter):
    """Update elements of a variable with a ref."""

    def gradient(self, dy, y, ref, indices, updates):
        return None, None, None


class ScatterNdUpdate(_ScatterNd):
    """ref[indices] = updates"""


class ScatterNdAdd(_ScatterNd):
    """ref[indices] += updates"""

    ufunc = "add"


class ScatterNdSub(_ScatterNd):
    """ref[indices] -= updates"""

    ufunc = "subtract"


def _scattered(kind: type[_Scatter], ref: Any, indices: Any, updates: Any, use_locking: bool, name: str | None) -> Any:
    if hasattr(ref, "handle"):
        from minigraph.ops import resource_scatter

        updates = convert_to_tensor(updates, ref.dtype)
        return ref._lazy_read(resource_scatter.apply_to_handle(kind.__name__, ref.handle, indices, updates, name))
    return apply(kind(use_locking), mutable(ref, "_lazy_read"), indices, updates, name=name)


def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Tensor:
    """Replace rows of a variable when it runs.

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
        >>> v = tf.Variable([0.0, 0.0, 0.0])
        >>> sess.run(v.initializer)
        >>> print(tf.scatter_update(v, [2, 0], [5.0, 6.0]).eval())
        [6. 0. 5.]
    """
    return _scattered(ScatterUpdate, ref, indices, updates, use_locking, name)


def scatter_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Add to rows of a variable; a row named twice is added to twice. See `scatter_update` for the arguments."""
    return _scattered(ScatterAdd, ref, indices, updates, use_locking, name)


def scatter_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtract from rows of a variable. See `scatter_update` for the arguments."""
    return _scattered(ScatterSub, ref, indices, updates, use_locking, name)


def scatter_mul(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Multiply rows of a variable. See `scatter_update` for the arguments."""
    return _scattered(ScatterMul, ref, indices, updates, use_locking, name)


def scatter_div(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Divide rows of a variable. See `scatter_update` for the arguments."""
    return _scattered(ScatterDiv, ref, indices, updates, use_locking, name)


def scatter_min(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Take the minimum of rows of a variable and `updates`. See `scatter_update` for the arguments."""
    return _scattered(ScatterMin, ref, indices, updates, use_locking, name)


def scatter_max(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Take the maximum of rows of a variable and `updates`. See `scatter_update` for the arguments."""
    return _scattered(ScatterMax, ref, indices, updates, use_locking, name)


def scatter_nd_update(
    ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None
) -> Tensor:
    """Replace the elements or slices of a variable that the index vectors in `indices` name."""
    return _scattered(ScatterNdUpdate, ref, indices, updates, use_locking, name)


def scatter_nd_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Add to the elements or slices of a variable that the index vectors in `indices` name."""
    return _scattered(ScatterNdAdd, ref, indices, updates, use_locking, name)


def scatter_nd_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtract from the elements or slices of a variable that the index vectors in `indices` name."""
    return _scattered(ScatterNdSub, ref, indices, updates, use_locking, name)
