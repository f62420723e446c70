"""`make_template`: a function whose variables are made at the first call and shared by all others."""
from __future__ import annotations

from typing import Any, Callable

from minigraph.variables.scope import get_variable_scope, variable_scope

__all__ = ["make_template"]


class _Template:
    """The function that `make_template` gives."""

    def __init__(self, name: str, function: Callable, options: dict, scope: str | None):
        self._function, self._options, self._unique = function, options, scope
        self._name = name
        self._scope: Any = None

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @property
    def variable_scope(self) -> Any:
        """The scope of the variables, or None before the first call."""
        return self._scope

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._scope is None:
            with variable_scope(self._unique, default_name=self._name) as scope:
                result = self._function(*args, **self._options, **kwargs)
            self._scope = scope
            return result
        with variable_scope(self._scope, reuse=True):
            return self._function(*args, **self._options, **kwargs)


def make_template(name_: str, func_: Callable, create_scope_now_: bool = False, unique_name_: str | None = None,
                  custom_getter_: Callable | None = None, **kwargs: Any) -> Callable:
    """Gives a function that makes its variables at the first call and shares them at all others.

    Args:
        name_: the name of the scope, made unique.
        func_: a function that makes variables with `get_variable`.
        create_scope_now_: choose the name of the scope now, not at the first call.
        unique_name_: a name that is not made unique.
        custom_getter_: as for `variable_scope`.
        **kwargs: passed on to `func_`.

    Raises:
        ValueError: if the name is None.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     scale = tf.make_template("scale", lambda x: x * tf.get_variable("w", []))
        ...     a, b = scale(tf.constant(1.0)), scale(tf.constant(2.0))
        ...     print([v.name for v in tf.trainable_variables()])
        ['scale/w:0']
    """
    if name_ is None:
        raise ValueError("name cannot be None.")

    def with_getter(*args: Any, **options: Any) -> Any:
        with variable_scope(get_variable_scope(), custom_getter=custom_getter_):
            return func_(*args, **options)

    template = _Template(name_, func_ if custom_getter_ is None else with_getter, kwargs, unique_name_)
    if create_scope_now_:
        with variable_scope(unique_name_, default_name=name_) as scope:
            template._unique = scope.name
    return template
