"""`is_variable_initialized`: True once the cell of a variable has a value."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, scalar
from minigraph.graph.operation import Tensor
from minigraph.ops.variables.assign import mutable

__all__ = ["is_variable_initialized"]


class IsVariableInitialized(OpDef):
    """True if the cell has a value."""

    inputs = ("ref: &dtype",)
    outputs = ("is_initialized: bool",)
    side_effect = True  # reads the cell when it runs
    shape = scalar

    def kernel(self, xp, ref):
        return np.bool_(ref.value is not None)


def is_variable_initialized(variable: Any, name: str | None = None) -> Tensor:
    """Return a bool tensor: True if the variable has a value in the session that runs it."""
    if hasattr(variable, "handle"):
        return variable.is_initialized(name=name)
    return apply(IsVariableInitialized(), mutable(variable, "is_initialized"), name=name)
