"""`VariableScope`: the settings by which `get_variable` names, makes and shares variables."""

from __future__ import annotations

import enum
from operator import attrgetter
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.variables.custom_getters import spelled_out
from minigraph.variables.get_single import get_single
from minigraph.variables.store import current_store
from minigraph.variables.variable import Variable

__all__ = ["AUTO_REUSE", "VariableScope", "get_variable_scope", "no_regularizer", "settings_among"]


class _ReuseMode(enum.Enum):
    AUTO_REUSE = 1


AUTO_REUSE = _ReuseMode.AUTO_REUSE
SETTINGS = "initializer regularizer caching_device partitioner custom_getter dtype use_resource constraint".split()


def settings_among(arguments: dict) -> dict[str, Any]:
    """Return those of a function's arguments that are settings of a variable scope."""
    return {key: arguments[key] for key in SETTINGS}


def no_regularizer(_: Any) -> None:
    """Regularize nothing: keep a scope's own from a variable."""


class VariableScope:
    """The settings in force for `get_variable`: a name prefix, whether to share, and defaults.

    Made by `variable_scope`; see there for the settings.
    """

    initializer: Any
    use_resource: Any

    def __init__(
        self,
        reuse: Any,
        name: str = "",
        initializer: Any = None,
        regularizer: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        custom_getter: Any = None,
        name_scope: str = "",
        dtype: Any = dtypes.float32,
        use_resource: bool | None = None,
        constraint: Any = None,
    ):
        self._name, self._reuse, self._original_name_scope = name, reuse, name_scope
        self._settings = settings_among(locals())

    name = property(attrgetter("_name"), doc="The prefix of the variables' names, without a slash at the end.")
    original_name_scope = property(attrgetter("_original_name_scope"), doc="The name scope opened with it.")
    reuse = property(attrgetter("_reuse"), doc="False, True or AUTO_REUSE.")

    def reuse_variables(self) -> None:
        """From here on, share the variables that exist."""
        self._reuse = True

    def get_collection(self, name: str) -> list:
        """Return the items of a collection whose names are in this scope."""
        return get_collection(name, self._name + "/" if self._name else "")

    def trainable_variables(self) -> list:
        """Return the trainable variables in this scope."""
        return self.get_collection(GraphKeys.TRAINABLE_VARIABLES)

    def global_variables(self) -> list:
        """Return the global variables in this scope."""
        return self.get_collection(GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self) -> list:
        """Return the local variables in this scope."""
        return self.get_collection(GraphKeys.LOCAL_VARIABLES)

    def get_variable(self, name: str, **options: Any) -> Variable:
        """Call `get_variable` with this scope's settings in place of the `options` that are None."""
        name = name.decode() if isinstance(name, bytes) else name
        full_name = f"{self._name}/{name}" if self._name else name
        if options.get("reuse") is None:
            options["reuse"] = self._reuse
        with atomic_scope(None):
            _check_dtype(options.get("initializer"), options.get("dtype"))
            options |= {key: value for key, value in self._settings.items() if options.get(key) is None}
            getter = options.pop("custom_getter")
            if getter is None:
                return get_single(full_name, **options)
            if not callable(getter):
                raise ValueError(f"Passed a custom_getter which is not callable: {getter}")
            return getter(getter=get_single, name=full_name, **spelled_out(getter, full_name, options))


def _check_dtype(initializer: Any, dtype: Any) -> None:
    """Raise ValueError if an initial value has another dtype than the one asked for."""
    if dtype is None or initializer is None or callable(initializer):
        return
    found = convert_to_tensor(initializer).dtype.base_dtype
    if found != dtypes.as_dtype(dtype):
        raise ValueError(f"Initializer type '{found}' and explicit dtype '{dtypes.as_dtype(dtype)}' don't match.")


def _setting(key: str) -> None:
    def set_value(self: VariableScope, value: Any) -> None:
        self._settings[key] = value

    set_value.__doc__ = f"Sets the scope's {key}."
    set_value.__name__ = f"set_{key}"
    setattr(VariableScope, f"set_{key}", set_value)
    setattr(VariableScope, key, property(lambda self: self._settings[key], doc=f"The scope's {key}."))


for _key in SETTINGS:
    _setting(_key)


def get_variable_scope() -> VariableScope:
    """Return the variable scope in force.

    Example:
        >>> with tf.variable_scope('layer'):
        ...     print(tf.get_variable_scope().name)
        layer
    """
    store = current_store().scopes
    if store.current is None:
        store.current = VariableScope(False)
    return store.current
