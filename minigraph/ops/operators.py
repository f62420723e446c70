"""Install the operators of `Tensor`: `x + 1`, `2 ** x`, `a @ b`, `x > 0`, `~mask`…

As in TF1.x, `==` and `!=` compare identity, so that tensors can be keys of a `feed_dict`; use `tf.equal`.
"""

from collections.abc import Callable
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.dtypes import string
from minigraph.graph.operation import Tensor
from minigraph.ops import (
    conversions,  # noqa: F401  (registers the conversions to tensors)
    getitem,
    shape_conversions,  # noqa: F401
)
from minigraph.ops.linalg import matmul
from minigraph.ops.math import arithmetic, comparison, division, modulo, negative, pow, signs
from minigraph.ops.operator_methods import binary_method, reflected_method
from minigraph.ops.variables import slice_assign  # noqa: F401  (installs `Tensor.assign`)

__all__ = ["override_operator"]


def override_operator(name: str, function: Callable) -> None:
    """Install an operator of `Tensor`.

    Args:
        name: the name of the method, such as "__add__".
        function: the function of the operands.

    Raises:
        ValueError: if the operator has been installed already.

    Example:
        >>> override_operator("__add__", print)
        Traceback (most recent call last):
        ...
        ValueError: operator __add__ cannot be overwritten again.
    """
    if name in Tensor.OVERLOADABLE_OPERATORS:
        raise ValueError(f"operator {name} cannot be overwritten again.")
    setattr(Tensor, name, function)
    Tensor.OVERLOADABLE_OPERATORS.add(name)


def _add(x: Any, y: Any, name: str) -> Tensor:
    """Compute x + y element-wise."""
    return apply(arithmetic.Add() if x.dtype.base_dtype is string else arithmetic.AddV2(), x, y, name=name)


_BINARY: dict[str, Callable] = {
    "add": _add,
    "sub": arithmetic.subtract,
    "mul": arithmetic.multiply,
    "div": modulo.div,
    "truediv": division.truediv,
    "floordiv": division.floordiv,
    "mod": modulo.floormod,
    "pow": pow.pow,
    "matmul": matmul.matmul,
    "and": comparison.logical_and,
    "or": comparison.logical_or,
    "xor": comparison.logical_xor,
}
_OTHERS: dict[str, Callable] = {
    "lt": comparison.less,
    "le": comparison.less_equal,
    "gt": comparison.greater,
    "ge": comparison.greater_equal,
    "neg": negative.negative,
    "abs": signs.abs,
    "invert": comparison.logical_not,
    "getitem": getitem.tensor_getitem,
}

for _name, _function in _BINARY.items():
    override_operator(f"__{_name}__", binary_method(_function, _name))
    override_operator(f"__r{_name}__", reflected_method(_function, _name))
for _name, _function in _OTHERS.items():
    override_operator(f"__{_name}__", _function)
Tensor.OVERLOADABLE_OPERATORS |= {"__eq__", "__ne__"}
