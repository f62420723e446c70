"""Variable scopes: `get_variable`, and the rules by which variables are named and shared."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.variables.get_single import get_single
from minigraph.variables.modes import checked_modes
from minigraph.variables.store import current_store
from minigraph.variables.variable import Variable

__all__ = ["AUTO_REUSE", "VariableScope", "get_variable", "get_local_variable", "get_variable_scope", "no_regularizer"]


class _ReuseMode(enum.Enum):
    AUTO_REUSE = 1


AUTO_REUSE = _ReuseMode.AUTO_REUSE


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
        self._settings = dict(
            initializer=initializer,
            regularizer=regularizer,
            caching_device=caching_device,
            partitioner=partitioner,
            custom_getter=custom_getter,
            dtype=dtype,
            use_resource=use_resource,
            constraint=constraint,
        )

    @property
    def name(self) -> str:
        """The prefix of the variables' names, without a slash at the end."""
        return self._name

    @property
    def original_name_scope(self) -> str:
        """The name scope that was opened with this scope."""
        return self._original_name_scope

    @property
    def reuse(self) -> Any:
        """False, True or AUTO_REUSE."""
        return self._reuse

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
        """`get_variable` with this scope's settings; `options` that are None take the scope's."""
        name = name.decode() if isinstance(name, bytes) else name
        full_name = f"{self._name}/{name}" if self._name else name
        if options.get("reuse") is None:
            options["reuse"] = self._reuse
        initializer, dtype = options.get("initializer"), options.get("dtype")
        with atomic_scope(None):
            if dtype is not None and initializer is not None and not callable(initializer):
                found = convert_to_tensor(initializer).dtype.base_dtype
                if found != dtypes.as_dtype(dtype):
                    raise ValueError(
                        f"Initializer type '{found}' and explicit dtype '{dtypes.as_dtype(dtype)}' don't match."
                    )
            for key, value in self._settings.items():
                if options.get(key) is None:
                    options[key] = value
            getter = options.pop("custom_getter")
            if getter is None:
                return get_single(full_name, **options)
            if not callable(getter):
                raise ValueError(f"Passed a custom_getter which is not callable: {getter}")
            return getter(getter=get_single, name=full_name, **_spelled_out(getter, full_name, options))


def _spelled_out(getter: Callable, name: str, options: dict) -> dict:
    """Return what a custom getter is called with: it sees the defaults, and `constraint` only where it knows of it."""
    options = dict(options)
    modes = checked_modes(options.get("synchronization"), options.get("aggregation"), options.get("trainable"), name)
    options["synchronization"], options["aggregation"], options["trainable"] = modes
    parameters = inspect.signature(getter).parameters.values()
    if not any(p.name == "constraint" or p.kind is p.VAR_KEYWORD for p in parameters):
        del options["constraint"]
    return options


def _setting(key: str) -> None:
    def set_value(self: VariableScope, value: Any) -> None:
        self._settings[key] = value

    set_value.__doc__ = f"Sets the scope's {key}."
    set_value.__name__ = f"set_{key}"
    setattr(VariableScope, f"set_{key}", set_value)
    setattr(VariableScope, key, property(lambda self: self._settings[key], doc=f"The scope's {key}."))


for _key in (
    "initializer",
    "regularizer",
    "caching_device",
    "partitioner",
    "custom_getter",
    "dtype",
    "use_resource",
    "constraint",
):
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


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    custom_getter: Any = None,
    constraint: Any = None,
    synchronization: Any = None,
    aggregation: Any = None,
) -> Variable:
    """Make a variable, or return the one of that name where the scope shares variables.

    Args:
        name: its name within the variable scope.
        shape: its shape; not with an initializer that is a value.
        dtype: its element type, float32 by default.
        initializer: a function of (shape, dtype) such as `tf.zeros_initializer()`, a class of such, or a value;
            by default the scope's, else Glorot's uniform one for floats and zeros for integers.
        regularizer: a function of the variable; its result goes to the collection REGULARIZATION_LOSSES.
        trainable, collections, caching_device, validate_shape, constraint: as for `Variable`.
        custom_getter: a function `getter(true_getter, name, **options)` called in place of this one.
        use_resource: True for a resource variable; by default what the scope says.
        partitioner, synchronization, aggregation: accepted, as in TF1 (a partitioner is an error).

    Raises:
        ValueError: if the variable exists and is not to be shared, is to be shared and does not exist, or has another
            shape or dtype.

    Example:
        >>> for _ in range(2):
        ...     with tf.variable_scope("layer", reuse=tf.AUTO_REUSE):
        ...         print(tf.get_variable("w", [2, 3]))
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
    """
    return get_variable_scope().get_variable(
        name,
        shape=shape,
        dtype=dtype,
        initializer=initializer,
        regularizer=regularizer,
        trainable=trainable,
        collections=collections,
        caching_device=caching_device,
        partitioner=partitioner,
        validate_shape=validate_shape,
        use_resource=use_resource,
        custom_getter=custom_getter,
        constraint=constraint,
        synchronization=synchronization,
        aggregation=aggregation,
    )


def get_local_variable(name: str, *args: Any, **options: Any) -> Variable:
    """As `get_variable`, for a variable that is not trained and not saved: in the collection LOCAL_VARIABLES."""
    if options.get("collections"):
        options["collections"] = [*options["collections"], GraphKeys.LOCAL_VARIABLES]
    else:
        options["collections"] = [GraphKeys.LOCAL_VARIABLES]
    options["trainable"] = False
    return get_variable(name, *args, **options)
