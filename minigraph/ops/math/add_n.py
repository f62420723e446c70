"""`add_n`: the sum of several tensors of one shape."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape, brackets
from minigraph.ops.arrays import identity
from minigraph.ops.arrays.joining import merge_all

__all__ = ["add_n", "accumulate_n"]


class AddN(OpDef, output="sum"):
    """The sum of tensors of one shape."""

    inputs = ("*inputs: T",)
    allowed = {"T": (*dtypes.NUMBERS, dtypes.variant)}
    forwards = True

    def shape(self, *inputs):
        return merge_all(reversed(list(enumerate(inputs))))

    def kernel(self, xp, *inputs):
        total = inputs[0]
        for i, each in enumerate(inputs[1:], 1):
            if np.shape(each) != np.shape(total):
                raise ValueError(
                    f"Inputs to operation of type {self.type} must have the same size and shape.  Input "
                    f"0: {brackets(np.shape(total))} != input {i}: {brackets(np.shape(each))}"
                )
            total = total + each
        return total

    def gradient(self, tf, dy, y, *inputs):
        return [dy] * len(inputs)


class AccumulateNV2(AddN):
    """The sum of tensors of one given shape."""

    shape_: TensorShape

    def shape(self, *inputs):
        return super().shape(*inputs).merge_with(self.shape_)


def _tensors(inputs: Any, kinds: str, allow_slices: bool) -> list:
    error = ValueError(f"inputs must be a list of at least one {kinds} with the same dtype and shape")
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise error
    found = [x if isinstance(x, IndexedSlices) else convert_to_tensor(x) for x in inputs]
    if not allow_slices and any(isinstance(x, IndexedSlices) for x in found):
        raise error
    return found


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """Add several tensors of one shape and type.

    Args:
        inputs: a list of tensors or `IndexedSlices`.
        name: the name of the node.

    Raises:
        ValueError: if the list is empty or the shapes differ.

    Example:
        >>> print(tf.add_n([[3, 5], [1, 6], [2, 2]]).eval())
        [ 6 13]
    """
    with get_default_graph().atomic():
        inputs = _tensors(inputs, "Tensor/IndexedSlices", True)
        if len(inputs) == 1:
            single = convert_to_tensor(inputs[0])
            return identity.identity(single, name=name) if name else single
        return apply(AddN(), *inputs, name=name)


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """Add several tensors of one shape and type, as `add_n` does; `shape` may refine the static shape.

    Args:
        inputs: a list of tensors.
        shape: their shape.
        tensor_dtype: their type, checked.
        name: the name of the node.

    Raises:
        ValueError: if the list is empty or shapes or types differ.
        TypeError: if the type is not `tensor_dtype`.

    Example:
        >>> print(tf.accumulate_n([[1, 2], [10, 20]]).eval())
        [11 22]
    """
    with get_default_graph().atomic():
        inputs = _tensors(inputs, "Tensor", False)
        if len({x.dtype.base_dtype for x in inputs}) > 1:
            raise ValueError("inputs must be a list of at least one Tensor with the same dtype and shape")
        known = as_shape(shape)
        for x in inputs:
            known = known.merge_with(x.shape)
        if tensor_dtype is not None and tensor_dtype != inputs[0].dtype:
            raise TypeError(f"tensor_dtype is {tensor_dtype}, but input is of type {inputs[0].dtype}")
        if len(inputs) == 1:
            return inputs[0] if name is None else identity.identity(inputs[0], name=name)
        return apply(AccumulateNV2(known), *inputs, name=name)
