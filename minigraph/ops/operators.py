"""Install the operators of `Tensor`: `x + 1`, `2 ** x`, `a @ b`, `x > 0`, `~mask`…

As in TF1.x, `==` and `!=` compare identity, so that tensors can be keys of a `feed_dict`; use `tf.equal`.
"""

from collections.abc import Callable
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import string
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops import (
    conversions,  # noqa: F401  (registers the conversions to tensors)
    getitem,
    shape_conversions,  # noqa: F401
)
from minigraph.ops.linalg import matmul
from minigraph.ops.math import arithmetic, comparison, division, modulo, negative, pow, signs
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


def _binary_operator(function: Callable, name: str) -> Callable:
    """Build `tensor + y` and its like: `y` is converted, if possible, to the type of the tensor."""

    def operate(x: Tensor, y: Any) -> Any:
        graph = x.graph if not isinstance(y, Tensor) else get_default_graph()
        with graph.atomic(), atomic_scope(None, name, [x, y]) as scope:
            if not isinstance(y, Tensor):
                try:
                    y = convert_to_tensor(y, dtype_hint=x.dtype.base_dtype, name="y")
                except TypeError:
                    if hasattr(type(y), f"__r{name}__"):
                        return NotImplemented
                    raise
            return function(x, y, name=scope)

    operate.__name__, operate.__doc__ = f"__{name}__", function.__doc__
    return operate


def _reflected_operator(function: Callable, name: str) -> Callable:
    """Build `x + tensor` and its like: `x` must be a value of the type of the tensor."""

    def operate(y: Tensor, x: Any) -> Any:
        with y.graph.atomic(), atomic_scope(None, name, [x, y]) as scope:
            return function(convert_to_tensor(x, y.dtype.base_dtype, name="x"), y, name=scope)

    operate.__name__, operate.__doc__ = f"__r{name}__", function.__doc__
    return operate


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
    override_operator(f"__{_name}__", _binary_operator(_function, _name))
    override_operator(f"__r{_name}__", _reflected_operator(_function, _name))
for _name, _function in _OTHERS.items():
    override_operator(f"__{_name}__", _function)
Tensor.OVERLOADABLE_OPERATORS |= {"__eq__", "__ne__"}
