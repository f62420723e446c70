"""`stack`: join tensors along a new axis."""

from contextlib import suppress
from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.expect_list import expect_list
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import recordable
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.arrays.joining import merge_all, place_of

__all__ = ["stack"]


@recordable("into")
def _vector(*scalars: Any, out: Any = None) -> Any:
    """Return numbers as a vector; numpy's `stack` takes ten times as long."""
    out = np.empty(len(scalars), scalars[0].dtype) if out is None else out
    out[:] = scalars
    return out


class Pack(OpDef):
    """Tensors of one shape, joined along a new axis."""

    axis: int = 0
    inputs = ("*values: T",)
    forwards = True

    def shape(self, *values):
        merged = merge_all(reversed(list(enumerate(values))))
        if merged.ndims is None:
            return merged
        at = place_of(self.axis, merged.ndims + 1)
        return TensorShape.of((*merged.tuple[:at], len(values), *merged.tuple[at:]))

    def as_shape(self, *values):
        if self.axis or any(v.shape.ndims for v in values):  # one of unknown rank is taken for a scalar, as in TF1
            return None
        sizes = [None if v.value is None or v.value < 0 else int(v.value) for v in values]
        return TensorShape.of(tuple(sizes))

    def kernel(self, xp, *values):
        ndims = np.ndim(values[0]) + 1
        demand(-ndims <= self.axis < ndims, f"axis = {self.axis} not in [{-ndims}, {ndims})")
        if len(values) == 1:
            return xp.expand_dims(values[0], self.axis)
        if xp.__name__ == "numpy" and all(v.shape == () and v.dtype.kind in "fiub" for v in values):
            return _vector(*values)
        return xp.stack(values, axis=self.axis)

    def failure(self, *values):
        first = np.shape(values[0])
        for i, shape in enumerate(np.shape(v) for v in values):
            if shape != first:
                found = f"values[0].shape = {brackets(first)} != values[{i}].shape = {brackets(shape)}"
                return f"Shapes of all inputs must match: {found}"
        return None

    def gradient(self, tf, dy, y, *values):
        return tf.unstack(dy, num=len(values), axis=self.axis)


def stack(values: Any, axis: int = 0, name: str = "stack") -> Tensor:
    """Join tensors of one shape along a new axis.

    Args:
        values: a list of tensors.
        axis: the position of the new axis.
        name: the name of the node.

    Raises:
        ValueError: if the shapes differ or the axis is out of range.

    Example:
        >>> print(tf.stack([tf.constant([1, 4]), tf.constant([2, 5])], axis=1).eval().tolist())
        [[1, 2], [4, 5]]
    """
    with get_default_graph().atomic():
        if axis == 0:
            with suppress(TypeError, ValueError):  # lists of unequal rows, or of several types: Pack reports the fault
                return convert_to_tensor(values, name=name)
        known = convert_to_tensor(values[0], name=name).shape
        if known.ndims is not None and not -known.ndims - 1 <= axis < known.ndims + 1:
            raise ValueError(f"axis = {axis} not in [{-known.ndims - 1}, {known.ndims + 1})")
        return apply(Pack(axis), *expect_list(values, "values", "pack"), name=name)
