"""`make_template`: a function whose variables are made at the first call and shared by all others."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.text import listed, message
from minigraph.variables.variable_scope import PureScope, unique_name, variable_scope

__all__ = ["make_template"]


class Template:
    """The function that `make_template` gives.

    Attributes:
        name: the name asked for.
        func: the function that it calls.
        variable_scope: the scope of its variables; None before the first call, unless it was made at once.
    """

    def __init__(
        self,
        name: str,
        func: Callable,
        create_scope_now: bool = False,
        unique_name: str | None = None,
        custom_getter: Callable | None = None,
    ):
        if name is None:
            raise ValueError("name cannot be None.")
        self.name, self.func = name, func
        self._unique_name, self._custom_getter = unique_name, custom_getter
        self.variable_scope: Any = _scope_now(name, unique_name, custom_getter) if create_scope_now else None
        self._was_called = False

    @property
    def var_scope(self) -> Any:
        """The older name of `variable_scope`."""
        return self.variable_scope

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.variable_scope is not None:
            with variable_scope(self.variable_scope, reuse=self._was_called):
                return self._call(args, kwargs)
        with variable_scope(self._unique_name, self.name, custom_getter=self._custom_getter) as self.variable_scope:
            return self._call(args, kwargs)

    def _call(self, args: tuple, kwargs: dict) -> Any:
        if not self._was_called:
            result = self.func(*args, **kwargs)
            self._was_called = True
            return result
        before = len(get_collection(GraphKeys.TRAINABLE_VARIABLES))
        result = self.func(*args, **kwargs)
        new = get_collection(GraphKeys.TRAINABLE_VARIABLES)[before:]
        if new:
            raise ValueError(
                message(
                    "Trainable variable created when calling a template after the first time, perhaps you used "
                    "tf.Variable "
                    f"when you meant tf.get_variable: {new}",
                    f"All calls of '{self.name}' share what the first one made; new: {listed([v.name for v in new])}.",
                )
            )
        return result

    # The variables

    @property
    def variable_scope_name(self) -> str | None:
        """The name of the scope with a slash at its end, None where there is no scope yet."""
        if self.variable_scope is None:
            return None
        name = self.variable_scope.name
        return name if not name or name.endswith("/") else name + "/"

    def _collected(self, key: str) -> list:
        return get_collection(key, self.variable_scope_name) if self._was_called else []

    @property
    def global_variables(self) -> list:
        """The global variables of its scope, none before the first call."""
        return self._collected(GraphKeys.GLOBAL_VARIABLES)

    @property
    def local_variables(self) -> list:
        """The local variables of its scope, none before the first call."""
        return self._collected(GraphKeys.LOCAL_VARIABLES)

    @property
    def variables(self) -> list:
        """The global and the local variables."""
        return self.global_variables + self.local_variables

    @property
    def trainable_variables(self) -> list:
        """The trainable variables of its scope, none before the first call."""
        return self._collected(GraphKeys.TRAINABLE_VARIABLES)

    @property
    def non_trainable_variables(self) -> list:
        """The global variables that are not trainable."""
        trainable = set(self.trainable_variables)
        return [v for v in self.global_variables if v not in trainable]

    weights = variables
    trainable_weights, non_trainable_weights = trainable_variables, non_trainable_variables


def _scope_now(name: str, unique: str | None, custom_getter: Callable | None) -> Any:
    with PureScope(unique or unique_name(name), None, {"custom_getter": custom_getter}) as scope:
        return scope


def make_template(
    name_: str,
    func_: Callable,
    create_scope_now_: bool = False,
    unique_name_: str | None = None,
    custom_getter_: Callable | None = None,
    **kwargs: Any,
) -> Callable:
    """Return a function that makes its variables at the first call and shares them at all others.

    Args:
        name_: the name of the scope, made unique.
        func_: a function that makes variables with `get_variable`.
        create_scope_now_: choose the name of the scope now, not at the first call.
        unique_name_: a name that is not made unique.
        custom_getter_: as for `variable_scope`.
        **kwargs: passed on to `func_`.

    Raises:
        ValueError: if the name is None; when it is called again, if it makes a trainable variable then.

    Example:
        >>> scale = tf.make_template("scale", lambda x: x * tf.get_variable("w", []))
        >>> a, b = scale(tf.constant(1.0)), scale(tf.constant(2.0))
        >>> print([v.name for v in tf.trainable_variables()])
        ['scale/w:0']
    """
    function = functools.partial(func_, **kwargs) if kwargs else func_
    return Template(name_, function, create_scope_now_, unique_name_, custom_getter_)
