"""`unstack`: split a tensor along an axis, which is removed."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops.arrays.joining import place_of

__all__ = ["unstack"]


class Unpack(OpDef):
    """Unstack a tensor along an axis."""

    num: int = 0
    axis: int = 0
    inputs = ("value",)
    outputs = ("num * output: T",)

    def dtype(self, value):
        return (value,) * self.num

    def shape(self, value):
        if value.ndims is None:
            return (unknown_shape(),) * self.num
        at = place_of(self.axis, value.ndims)
        if value.tuple[at] not in (None, self.num):
            raise ShapeError(f"Dimension must be {self.num} but is {value.tuple[at]}")
        return (TensorShape.of((*value.tuple[:at], *value.tuple[at + 1 :])),) * self.num

    def kernel(self, xp, value):
        if not -value.ndim <= self.axis < value.ndim:
            raise ValueError(f"axis = {self.axis} not in [{-value.ndim}, {value.ndim})")
        if value.shape[self.axis] != self.num:
            raise ValueError(f"Input shape axis {self.axis} must equal {self.num}, got shape {list(value.shape)}")
        parts = tuple(xp.moveaxis(value, self.axis, 0))
        return parts if self.num != 1 else parts[0]

    def gradient(self, tf, dy, y, value):
        return tf.stack(dy if isinstance(dy, (list, tuple)) else [dy], axis=self.axis)


def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> list[Tensor]:
    """Unstack a tensor along an axis.

    Args:
        value: a tensor.
        num: the size of that axis; needed only if it is not known.
        axis: the axis.
        name: the name of the node.

    Returns:
        A list of tensors with one axis less.

    Raises:
        ValueError: if the axis is out of range, or its size is neither known nor given.

    Example:
        >>> print(sess.run(tf.unstack([[1, 2], [3, 4]])))
        [array([1, 2], dtype=int32), array([3, 4], dtype=int32)]
    """
    with get_default_graph().atomic():
        if num is None:
            value = convert_to_tensor(value)
            known = value.shape
            if known.ndims is not None:
                if not -known.ndims <= axis < known.ndims:
                    raise ValueError(f"axis = {axis} not in [{-known.ndims}, {known.ndims})")
                num = known.tuple[axis]
            if num is None:
                raise ValueError(f"Cannot infer num from shape {known}")
        found = apply(Unpack(num, axis), value, name=name)
        return [] if num == 0 else found if isinstance(found, list) else [found]
