"""Gradients by name: those of operation types, and those that a program registers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import errors
from minigraph.graph.code import code
from minigraph.graph.create_op import definition_of
from minigraph.graph.opdef import OpDef
from minigraph.graph.text import Plain, message
from minigraph.graph.traces import format_where, where_text

__all__ = ["RegisterGradient", "NotDifferentiable", "NoGradient", "built_in", "borrowed", "no_gradient"]

gradient_registry: dict[str, Callable | None] = {}  # what the program has registered


def built_in(name: str) -> type[OpDef] | None:
    """Return the definition whose gradient rule has that name, the name of its type, or None.

    Example:
        >>> built_in("Identity").__name__, built_in("StraightThrough")
        ('Identity', None)
    """
    try:
        kind = definition_of(name)
    except errors.NotFoundError:
        return None
    return None if kind.gradient is OpDef.gradient else kind


def borrowed(kind: type[OpDef], op: Any) -> Callable:
    """Return the gradient rule of another operation type, as a rule for `op`.

    It sees the attributes and inputs of `op` that `kind` has too; an attribute that `op` lacks has its default.

    Raises:
        IndexError: if `op` has fewer inputs than the rule uses.
        ValueError, from the rule: if it uses an attribute that `op` lacks and that has no default.
    """
    own = op.op_def
    stand_in = object.__new__(kind)
    stand_in.__dict__.update({field: own.attr(name) for name, field in kind.fields.items() if name in own.fields})
    count = len(op.inputs) if kind.has_lists else len(kind.specs)
    if len(op.inputs) < count:
        raise IndexError(
            message(
                "list index out of range",
                f"The gradient of {kind.type} looks at {count} inputs, and '{op.name}' "
                f"({op.type}) has {len(op.inputs)}: gradient_override_map names a gradient that does not fit.",
            )
        )

    def rule(tf: Any, dys: Any, ys: Any, *inputs: Any, **extra: Any) -> Any:
        try:
            return stand_in.gradient(tf, dys, ys, *inputs[:count], **extra)
        except AttributeError as error:
            if error.obj is not stand_in:
                raise
            raise ValueError(
                f"Operation '{op.name}' has no attr named '{error.name}'.\nThe gradient of {kind.type}, "
                "which gradient_override_map selects, uses it."
            ) from None

    return rule


def no_gradient(op: Any, name: str) -> LookupError:
    """Return the error for an operation on the way whose gradient, called `name`, is not defined."""
    register, stop = code(f"@tf.RegisterGradient({name!r})"), code("tf.stop_gradient")
    return LookupError(
        f"No gradient defined for operation '{op.name}' (op type: {op.type})\nIt was made at {where_text(op)}. "
        f"Register one with {register}, or put {stop} behind it."
    )


def _register_gradient(name: str, function: Callable | None) -> None:
    if name in gradient_registry:
        raise _twice(
            name,
            f"It was registered{_where(gradient_registry[name])}; a name can have only one gradient.",
            "Give this one another name; where a cell runs again, restart the kernel or change the name.",
        )
    if built_in(name) is not None:
        raise _twice(
            name,
            f"{name} is a type of operations, and has a gradient.",
            f'To use another one for some of them register it as "My{name}", and make them inside of',
            f'with tf.get_default_graph().gradient_override_map({{"{name}": "My{name}"}}):',
        )
    gradient_registry[name] = function


def _twice(name: str, *lines: str) -> KeyError:
    return KeyError(Plain(message(f"Registering two gradient with name '{name}'!", *lines)))


def _where(function: Any) -> str:
    made = getattr(function, "__code__", None)
    return f" at {format_where(((made, made.co_firstlineno),))}" if made is not None else ""


class RegisterGradient:
    """Register a gradient function by name, for `Graph.gradient_override_map` or for a type without a gradient.

    Args:
        op_type: the name.

    Example:
        >>> @RegisterGradient("PassThrough")
        ... def _pass_through(op, grad):
        ...     return grad
        >>> "PassThrough" in gradient_registry
        True
        >>> del gradient_registry["PassThrough"]
    """

    def __init__(self, op_type: str):
        if not isinstance(op_type, str):
            raise TypeError("op_type must be a string")
        self._op_type = op_type

    def __call__(self, function: Callable) -> Callable:
        _register_gradient(self._op_type, function)
        return function


def NotDifferentiable(op_type: str) -> None:
    """Declare that operations of this type have no gradient: None flows back through them.

    Args:
        op_type: the type, as in `op.type`.

    Raises:
        TypeError: if it is not a string.
        KeyError: if there is already a gradient of that name.

    Example:
        >>> NotDifferentiable("MyCounter")
        >>> gradient_registry.pop("MyCounter") is None
        True
    """
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")
    _register_gradient(op_type, None)


NoGradient = NotDifferentiable
