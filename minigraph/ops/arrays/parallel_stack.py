"""`parallel_stack`: join tensors of known shape along a new first axis."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import ShapeError, TensorShape
from minigraph.ops.arrays import expand_dims
from minigraph.ops.arrays.joining import merge_all

__all__ = ["parallel_stack"]


class ParallelConcat(OpDef):
    """Tensors concatenated along their first axis, of size 1; it has no gradient, as in TF1."""

    shape_: TensorShape
    inputs = ("*values: T",)

    def shape(self, *values):
        if not self.shape_.is_fully_defined():
            raise ShapeError("shape attr must be fully defined.")
        merge_all(enumerate(values))
        return self.shape_

    def kernel(self, xp, *values):
        return xp.concatenate(values)


def parallel_stack(values: Any, name: str = "parallel_stack") -> Tensor:
    """Join tensors of one shape, which must be known, along a new first axis; it has no gradient.

    Args:
        values: a list of tensors.
        name: the name scope.

    Raises:
        ValueError: if the shape of the first is not known, or the others differ.

    Example:
        >>> print(tf.parallel_stack([[1, 4], [2, 5]]).eval().tolist())
        [[1, 4], [2, 5]]
    """
    with atomic_scope(name):
        shape = TensorShape([len(values)]).concatenate(convert_to_tensor(values[0]).shape)
        return apply(ParallelConcat(shape), *[expand_dims.expand_dims(value, 0) for value in values])
