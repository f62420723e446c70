"""Updates of some rows or elements of a variable."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import no_gradient
from minigraph.graph.operation import Tensor
from minigraph.ops.variables import resource_scatter
from minigraph.ops.variables.assign import mutable
from minigraph.ops.variables.row_updates import Elements, Rows

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


class _Scatter(Rows):
    """Update rows of a variable with a ref."""

    use_locking: bool = False

    inputs = ("ref: &T", "indices: Tindices", "updates: T")
    outputs = ("output_ref: &T",)
    allowed = {"Tindices": dtypes.INDICES}


class ScatterUpdate(_Scatter):
    """ref[indices] = updates"""


class _Arithmetic(_Scatter):
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    gradient = no_gradient


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


class _ScatterNd(Elements, _Scatter):
    """Update elements of a variable with a ref."""

    outputs = ("output_ref: &T",)
    gradient = no_gradient


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
        updates = convert_to_tensor(updates, ref.dtype)
        return ref._lazy_read(resource_scatter.apply_to_handle(kind.__name__, ref.handle, indices, updates, name))
    return apply(kind(use_locking), mutable(ref, "_lazy_read"), indices, updates, name=name)


def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Tensor:
    """Replace rows of a variable when it runs.

    Args:
        ref: a variable of shape (n, ...).
        indices: the row indices, integers.
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
    """Add to rows of a variable; duplicate rows are added to repeatedly. See `scatter_update` for the arguments."""
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
    """Replace the elements or slices of a variable at the index vectors in `indices`."""
    return _scattered(ScatterNdUpdate, ref, indices, updates, use_locking, name)


def scatter_nd_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Add to the elements or slices of a variable at the index vectors in `indices`."""
    return _scattered(ScatterNdAdd, ref, indices, updates, use_locking, name)


def scatter_nd_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtract from the elements or slices of a variable at the index vectors in `indices`."""
    return _scattered(ScatterNdSub, ref, indices, updates, use_locking, name)
