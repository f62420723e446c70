"""The methods `tensor + y` and `x + tensor`, made of a function of two tensors: how the other operand is converted."""

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope

__all__: list[str] = []


def binary_method(function: Callable, name: str) -> Callable:
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


def reflected_method(function: Callable, name: str) -> Callable:
    """Build `x + tensor` and its like: `x` must be a value of the type of the tensor."""

    def operate(y: Tensor, x: Any) -> Any:
        with y.graph.atomic(), atomic_scope(None, name, [x, y]) as scope:
            return function(convert_to_tensor(x, y.dtype.base_dtype, name="x"), y, name=scope)

    operate.__name__, operate.__doc__ = f"__r{name}__", function.__doc__
    return operate
