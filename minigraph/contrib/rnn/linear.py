"""A matrix product with variables that are made for the shapes of its first inputs."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import concat
from minigraph.ops.arrays.constant import constant
from minigraph.ops.linalg import matmul
from minigraph.ops.nn import bias_add
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import constant_initializer
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["Linear"]


class Linear:
    """The product of its inputs, joined along axis 1, with "kernel" of the scope in force, plus "bias".

    Args:
        inputs: a tensor of shape [batch, depth], or a list of such: those of the first call.
        output_size: the size of the product.

    Raises:
        ValueError: if there are no inputs, or one is not a matrix of known depth.

    Example:
        >>> inputs = [tf.ones([2, 3]), tf.ones([2, 1])]
        >>> print(Linear(inputs, 5)(inputs).shape, [v.name for v in tf.trainable_variables()])
        (2, 5) ['kernel:0', 'bias:0']
    """

    def __init__(self, inputs: Any, output_size: Any):
        if inputs is None or nest.is_nested(inputs) and not inputs:
            raise ValueError("`args` must be specified")
        given = _as_list(inputs)
        depth = _total_depth([x.shape for x in given])
        scope: Any
        with variable_scope(get_variable_scope()) as outer:
            self._kernel = get_variable("kernel", [depth, output_size], dtype=given[0].dtype)
            with variable_scope(outer) as scope:
                scope.set_partitioner(None)
                initializer = constant_initializer(0.0, given[0].dtype)
                self._bias = get_variable("bias", [output_size], given[0].dtype, initializer)

    def __call__(self, inputs: Any) -> Tensor:
        given = _as_list(inputs)
        joined = given[0] if len(given) == 1 else concat.concat(given, constant(1, dtypes.int32))
        return bias_add.bias_add(matmul.matmul(joined, self._kernel), self._bias)


def _as_list(inputs: Any) -> list:
    return list(inputs) if nest.is_nested(inputs) else [inputs]


def _total_depth(shapes: list) -> int:
    for shape in shapes:
        if shape.ndims != 2:
            raise ValueError(f"linear is expecting 2D arguments: {shapes}")
        if shape[1].value is None:
            raise ValueError(f"linear expects shape[1] to be provided for shape {shape}, but saw {shape[1]}")
    return sum(shape[1].value for shape in shapes)
