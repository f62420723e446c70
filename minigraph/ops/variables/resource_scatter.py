"""Updates of some rows or elements of a resource variable."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Operation, Tensor
from minigraph.ops.variables.row_updates import Elements, Rows

__all__ = ["apply_to_handle"]


class _Rows(Rows):
    inputs = ("resource: &resource", "indices: Tindices", "updates: dtype")
    outputs = ()
    allowed = {"Tindices": dtypes.INDICES}


class _Numbers(_Rows):
    allowed = {"dtype": dtypes.NUMBERS, "Tindices": dtypes.INDICES}


class _Elements(Elements):
    use_locking: bool = True

    inputs = ("ref: &resource", "indices: Tindices", "updates: T")
    outputs = ()
    allowed = {"Tindices": dtypes.INDICES}


# The definition for each one for refs; all differ in the function of numpy only.
_DEFINITIONS: dict[str, Any] = {
    kind: type(f"Resource{kind}", (base,), {"ufunc": ufunc, "__doc__": formula, "__module__": __name__})
    for kind, base, ufunc, formula in (
        ("ScatterUpdate", _Rows, "", "variable[indices] = updates"),
        ("ScatterAdd", _Numbers, "add", "variable[indices] += updates"),
        ("ScatterSub", _Numbers, "subtract", "variable[indices] -= updates"),
        ("ScatterMul", _Numbers, "multiply", "variable[indices] *= updates"),
        ("ScatterDiv", _Numbers, "divide", "variable[indices] /= updates"),
        ("ScatterMin", _Numbers, "minimum", "variable[indices] = min(variable[indices], updates)"),
        ("ScatterMax", _Numbers, "maximum", "variable[indices] = max(variable[indices], updates)"),
        ("ScatterNdUpdate", _Elements, "", "variable[indices] = updates, for index vectors"),
        ("ScatterNdAdd", _Elements, "add", "variable[indices] += updates, for index vectors"),
        ("ScatterNdSub", _Elements, "subtract", "variable[indices] -= updates, for index vectors"),
    )
}


def apply_to_handle(kind: str, handle: Tensor, indices: Any, updates: Any, name: str | None) -> Operation:
    """Add the operation for resource variables that corresponds to `kind`, such as "ScatterAdd", for refs."""
    return apply(_DEFINITIONS[kind](), handle, indices, updates, name=name)
