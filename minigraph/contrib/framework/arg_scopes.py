"""`arg_scope`: default arguments for layers, in force within a block."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = [
    "arg_scope",
    "add_arg_scope",
    "current_arg_scope",
    "has_arg_scope",
    "arg_scoped_arguments",
    "arg_scope_func_key",
]


class _Scopes(threading.local):
    def __init__(self) -> None:
        self.stack: list[dict] = [{}]


_scopes = _Scopes()
_arguments: dict[str, tuple] = {}  # for the key of each decorated function: its arguments with a default


def arg_scope_func_key(op: Callable) -> str:
    """Return the key under which a scope keeps the arguments of a function."""
    return getattr(op, "_key_op", str(op))


def current_arg_scope() -> dict:
    """Return the scope in force: for each function's key, its arguments."""
    return _scopes.stack[-1]


def has_arg_scope(func: Callable) -> bool:
    """Return True if the function takes arguments from scopes: it is decorated with `add_arg_scope`."""
    return arg_scope_func_key(func) in _arguments


def arg_scoped_arguments(func: Callable) -> tuple:
    """Return the names of the arguments that a scope can set.

    Example:
        >>> print(tf.contrib.framework.arg_scoped_arguments(tf.contrib.layers.unit_norm))
        ('epsilon', 'scope')
    """
    return _arguments[arg_scope_func_key(func)]


def add_arg_scope(func: Callable) -> Callable:
    """Return the function with defaults from the scope in force for arguments that a call does not give by name.

    Args:
        func: a function.

    Example:
        >>> @tf.contrib.framework.add_arg_scope
        ... def scaled(x, factor=1.0):
        ...     return factor * x
        >>> with tf.contrib.framework.arg_scope([scaled], factor=10.0):
        ...     print(scaled(2.0), scaled(2.0, factor=3.0))
        20.0 6.0
    """
    key = arg_scope_func_key(func)
    parameters = inspect.signature(func).parameters.values()
    _arguments[key] = tuple([p.name for p in parameters if p.default is not p.empty and p.kind is not p.KEYWORD_ONLY])

    @functools.wraps(func)
    def scoped(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **{**current_arg_scope().get(key, {}), **kwargs})

    scoped._key_op = key  # type: ignore[attr-defined]
    return scoped


@contextmanager
def arg_scope(list_ops_or_scope: Any, **kwargs: Any) -> Iterator[dict]:
    """Set default arguments of functions for a block.

    Args:
        list_ops_or_scope: a list of functions decorated with `add_arg_scope`, as all layers of `tf.contrib.layers` are;
            or a scope, as an earlier block gave it, to enter again.
        kwargs: the arguments. Inner scopes override outer ones, and arguments given by name override both.

    Yields:
        The scope, a dict.

    Raises:
        TypeError: if the first argument is neither a list, a tuple nor a scope.
        ValueError: if a function is not decorated, or a scope is given together with arguments.

    Example:
        >>> layers = tf.contrib.layers
        >>> with tf.contrib.framework.arg_scope([layers.conv2d], padding="VALID", activation_fn=None):
        ...     y = layers.conv2d(tf.zeros([1, 8, 8, 3]), 16, 3)
        ...     print(y.name, y.shape)
        Conv/BiasAdd:0 (1, 6, 6, 16)
    """
    if isinstance(list_ops_or_scope, dict):
        if kwargs:
            raise ValueError(
                "When attempting to re-use a scope by suppling adictionary, kwargs must be empty.\n"
                "Enter the scope, and inside it another one for the further arguments."
            )
        scope = dict(list_ops_or_scope)
    elif isinstance(list_ops_or_scope, (list, tuple)):
        scope = dict(current_arg_scope())
        for op in list_ops_or_scope:
            if not has_arg_scope(op):
                raise ValueError("%s is not decorated with @add_arg_scope", (op.__module__, op.__name__))
            key = arg_scope_func_key(op)
            scope[key] = {**scope.get(key, {}), **kwargs}
    else:
        raise TypeError("list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)")
    _scopes.stack.append(scope)
    try:
        yield scope
    finally:
        _scopes.stack.pop()
