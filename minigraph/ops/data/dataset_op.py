"""`DatasetOp`: what the operations that make datasets have in common."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.opdef import OpDef, no_gradient, scalar

__all__ = ["DatasetOp", "WithFunction", "number"]


class DatasetOp(OpDef, base=True):
    """Base: the output is a dataset, a scalar of type variant, and the kernel returns its pipeline."""

    outputs: ClassVar[tuple[str, ...]] = ("handle: variant",)
    shape = scalar
    gradient = no_gradient


class WithFunction(DatasetOp, base=True):
    """Base: a function of the elements is called, with the outer tensors that it uses after them."""

    f: FuncGraph
    output_types: tuple
    output_shapes: tuple

    inputs: ClassVar[tuple[str, ...]] = ("input_dataset: variant", "*other_arguments: *Targuments")
    functions = ("f",)


def number(value: Any) -> int:
    """Return a scalar input as a Python integer."""
    return int(np.asarray(value))
