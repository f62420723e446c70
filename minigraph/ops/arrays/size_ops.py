"""The size and rank of a tensor, and the shapes of several, as tensors."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.expect_list import expect_list
from minigraph.graph.opdef import OpDef, no_gradient, scalar
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import constant

__all__ = ["rank", "shape_n", "size"]


class ShapeN(OpDef):
    """The shapes of several inputs."""

    out_type: DType = dtypes.int32
    inputs = ("*input: T",)
    outputs = ("*output: out_type",)
    allowed = {"out_type": dtypes.INDICES}
    gradient = no_gradient

    def dtype(self, *types):
        return (self.out_type,) * len(types)

    def shape(self, *shapes):
        return tuple(TensorShape.of((s.ndims,)) for s in shapes)

    def as_shape(self, *inputs):
        return [i.shape for i in inputs]

    def kernel(self, xp, *arrays):
        found = tuple(np.array(np.shape(a), self.out_type.as_numpy_dtype) for a in arrays)
        return found if len(found) > 1 else found[0]


class Rank(OpDef):
    """The number of axes."""

    inputs = ("input",)
    outputs = ("int32",)
    gradient = no_gradient
    shape = scalar

    def static_value(self, input):
        return None if input.shape.ndims is None else np.int32(input.shape.ndims)

    def kernel(self, xp, input):
        return np.array(np.ndim(input), np.int32)


class Size(OpDef):
    """The number of elements."""

    out_type: DType = dtypes.int32
    inputs = ("input",)
    allowed = {"out_type": dtypes.INDICES}
    outputs = ("out_type",)
    gradient = no_gradient
    shape = scalar

    def static_value(self, input):
        found = input.shape.num_elements()
        if found is None:
            found = None if input.value is None else input.value.size
        return None if found is None else self.out_type.as_numpy_dtype(found)

    def kernel(self, xp, input):
        return np.array(np.size(input), self.out_type.as_numpy_dtype)


def shape_n(input: Any, out_type: Any = dtypes.int32, name: str | None = None) -> list[Tensor]:
    """Return the shapes of several tensors of one type.

    Args:
        input: a list of tensors.
        out_type: int32 or int64.
        name: the name of the node.

    Example:
        >>> print(sess.run(tf.shape_n([[1, 2], [3]])))
        [array([2], dtype=int32), array([1], dtype=int32)]
    """
    found = apply(ShapeN(as_dtype(out_type)), *expect_list(input, "input", "shape_n"), name=name)
    return found if isinstance(found, list) else [found]


def size(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Return the number of elements at run time; a constant if it is known statically.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Example:
        >>> print(tf.size([[1, 2, 3]]).eval())
        3
    """
    return size_internal(input, name, True, out_type)


def size_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """Return the size as `size` does; with `optimize=False` always by a Size node."""
    with atomic_scope(name, "Size", [input]) as scope:
        tensor = convert_to_tensor(input)
        if optimize:
            count = 0 if 0 in (tensor.shape.tuple or ()) else tensor.shape.num_elements()
            if count is not None:
                return constant.constant(count, out_type, name=scope)
        return apply(Size(as_dtype(out_type)), tensor, name=scope)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Return the number of axes (not the rank of a matrix); a constant if it is known statically.

    Args:
        input: a tensor.
        name: the name of the node.

    Example:
        >>> print(tf.rank([[1, 2], [3, 4]]).eval())
        2
    """
    return rank_internal(input, name, True)


def rank_internal(input: Any, name: str | None = None, optimize: bool = True) -> Tensor:
    """Return the rank as `rank` does; with `optimize=False` always by a Rank node."""
    with atomic_scope(name, "Rank", [input]) as scope:
        if hasattr(input, "with_values"):  # a SparseTensor
            return apply(Size(), input.dense_shape, name=scope)
        tensor = convert_to_tensor(input)
        if optimize and tensor.shape.ndims is not None:
            return constant.constant(tensor.shape.ndims, dtypes.int32, name=scope)
        return apply(Rank(), tensor, name=scope)
