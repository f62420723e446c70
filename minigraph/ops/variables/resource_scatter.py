"""Updates of some rows or elements of a resource variable."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Operation, Tensor
from minigraph.ops.variables.row_updates import Elements, Rows

__all__ = ["apply_to_handle"]


class _ResourceRows(Rows):
    inputs = ("resource: &resource", "indices: Tindices", "updates: dtype")
    outputs = ()
    allowed = {"dtype": dtypes.NUMBERS, "Tindices": dtypes.INDICES}


class ResourceScatterUpdate(_ResourceRows):
    """variable[indices] = updates"""

    allowed = {"Tindices": dtypes.INDICES}


class ResourceScatterAdd(_ResourceRows):
    """variable[indices] += updates"""

    ufunc = "add"


class ResourceScatterSub(_ResourceRows):
    """variable[indices] -= updates"""

    ufunc = "subtract"


class ResourceScatterMul(_ResourceRows):
    """variable[indices] *= updates"""

    ufunc = "multiply"


class ResourceScatterDiv(_ResourceRows):
    """variable[indices] /= updates"""

    ufunc = "divide"


class ResourceScatterMin(_ResourceRows):
    """variable[indices] = min(variable[indices], updates)"""

    ufunc = "minimum"


class ResourceScatterMax(_ResourceRows):
    """variable[indices] = max(variable[indices], updates)"""

    ufunc = "maximum"


class _ResourceElements(Elements):
    use_locking: bool = True

    inputs = ("ref: &resource", "indices: Tindices", "updates: T")
    outputs = ()
    allowed = {"Tindices": dtypes.INDICES}


class ResourceScatterNdUpdate(_ResourceElements):
    """variable[indices] = updates, for index vectors"""


class ResourceScatterNdAdd(_ResourceElements):
    """variable[indices] += updates, for index vectors"""

    ufunc = "add"


class ResourceScatterNdSub(_ResourceElements):
    """variable[indices] -= updates, for index vectors"""

    ufunc = "subtract"


def apply_to_handle(kind: str, handle: Tensor, indices: Any, updates: Any, name: str | None) -> Operation:
    """Add the operation for resource variables that corresponds to `kind`, such as "ScatterAdd", for refs."""
    return apply(globals()[f"Resource{kind}"](), handle, indices, updates, name=name)
