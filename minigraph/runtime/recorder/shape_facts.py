"""Which shapes follow from the shapes of the feeds, though the graph does not know them.

An operation's shape rule is asked again with all that a recorded run knows. One with function bodies asks theirs: each
is gone through with the rules of its operations, in the order of creation, and with the values that follow from shapes
and constants.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation
from minigraph.graph.shapes import TensorShape
from minigraph.graph.walks import ancestors
from minigraph.runtime import tuning

__all__ = ["Known", "fixed"]


class Known(NamedTuple):
    """What is the same in every run: the shape as far as it is known, and the value of a constant, else None."""

    shape: TensorShape = TensorShape.of(None)
    value: Any = None

    @property
    def as_shape(self) -> TensorShape:
        """The value read as a shape, in which -1 is an unknown size."""
        sizes = np.asarray(self.value)
        if sizes.ndim != 1 or sizes.dtype.kind != "i":
            return TensorShape.of(None)
        return TensorShape.of(tuple([None if size == -1 else size for size in sizes.tolist()]))


def fixed(op: Operation, inputs: list[Known], results: tuple) -> list[bool]:
    """Tell for each result of an operation if its shape is the same in every run."""
    return [
        shape.is_fully_defined() and shape.tuple == getattr(result, "shape", None)
        for shape, result in zip(_shapes(op, inputs), results)
    ]


def _shapes(op: Operation, inputs: list[Known]) -> list[TensorShape]:
    op_def, static = op.op_def, [t.shape for t in op.all_outputs]
    bodies = {"functions": [_shapes_of(op_def.attr(name), inputs) for name in op_def.functions]}
    try:
        found = op_def.shape(
            *[_presented(op, j, known) for j, known in enumerate(inputs)], **(bodies if op_def.functions else {})
        )
        return [*map(TensorShape.merge_with, static, found if isinstance(found, (tuple, list)) else (found,))]
    except Exception:  # the rule wants to know more, or the kernel will fail
        return static


def _presented(op: Operation, j: int, known: Known) -> Any:
    """Return an input as the rules see it."""
    static = op.op_def.static_inputs
    if static is not ... and j not in static and j - len(op.inputs) not in static:
        return known.shape
    return _static(op, j, known)


def _static(op: Operation, j: int, known: Known) -> Any:
    return SimpleNamespace(
        tensor=op.inputs[j], shape=known.shape, value=known.value, as_shape=known.as_shape, asked=False
    )


def _is_computable(op_def: OpDef, shapes: list[TensorShape]) -> bool:
    """Return True if the kernel has no effects and its results are as small as shapes are."""
    if not op_def.is_pure or op_def.functions:
        return False
    return all((shape.num_elements() or 0) <= tuning.LARGEST_SHAPE for shape in shapes)


def _values(op: Operation, inputs: list[Known], shapes: list[TensorShape]) -> list:
    """Return the values of the outputs, None for those that are not known."""
    op_def, unknown = op.op_def, [None] * len(shapes)
    if not _is_computable(op_def, shapes):
        return unknown
    if type(op_def).static_value is not OpDef.static_value:
        return [op_def.static_value(*[_static(op, j, known) for j, known in enumerate(inputs)])]
    if any(known.value is None for known in inputs):
        return unknown
    try:
        result = op_def.kernel(np, *[known.value for known in inputs])
    except Exception:  # as it will when it runs
        return unknown
    return list(result) if len(shapes) > 1 else [result]


def _shapes_of(body: FuncGraph, inputs: list[Known]) -> Any:
    """Return a function of the shapes of a body's arguments that gives those of its outputs."""
    captured = set(body.captures.values())  # these are the same in each call
    values = [
        known.value if t in captured else None
        for t, known in zip(body.inputs, inputs[len(inputs) - len(body.inputs) :])
    ]

    def shapes_of(*shapes: TensorShape) -> list[TensorShape]:
        env = dict(zip(body.inputs, map(Known, shapes, values)))
        for each in ancestors(body.outputs, body.inputs):
            given = [env[t] for t in each.inputs]
            found = _shapes(each, given)
            env.update(zip(each.all_outputs, map(Known, found, _values(each, given, found))))
        return [env[t].shape for t in body.outputs]

    return shapes_of
