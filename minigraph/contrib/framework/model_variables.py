"""Variables of a model, and of the whole program, made under the rules of `arg_scope`."""

from __future__ import annotations

import functools
from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import device as device_scope
from minigraph.variables import get_variable as variables
from minigraph.variables.modes import VariableAggregation, VariableSynchronization
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable import Variable

__all__ = ["variable", "model_variable", "add_model_variable", "local_variable", "global_variable"]


@add_arg_scope
def variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    collections: Any = None,
    caching_device: Any = None,
    device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    use_resource: bool | None = None,
    synchronization: Any = VariableSynchronization.AUTO,
    aggregation: Any = VariableAggregation.NONE,
) -> Variable:
    """Make a variable, or return the one of that name where the scope shares variables.

    Args:
        name: its name within the variable scope.
        device: the device of the variable.
        custom_getter: a function that is called in place of `tf.get_variable`, with the `reuse` of the scope.
        shape, dtype, initializer, regularizer, trainable, collections, caching_device, partitioner, use_resource,
            synchronization, aggregation: as for `tf.get_variable`.

    Example:
        >>> print(tf.contrib.framework.variable("v", [2], device="/cpu:0").device)
        /device:CPU:0
    """
    getter = variables.get_variable
    if custom_getter is not None:
        getter = functools.partial(custom_getter, reuse=get_variable_scope().reuse)
    with device_scope(device or ""):
        return getter(
            name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
            collections=list(dict.fromkeys([GraphKeys.GLOBAL_VARIABLES] if collections is None else collections)),
            caching_device=caching_device,
            partitioner=partitioner,
            use_resource=use_resource,
            synchronization=synchronization,
            aggregation=aggregation,
        )


@add_arg_scope
def model_variable(
    name: str,
    shape: Any = None,
    dtype: Any = dtypes.float32,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    collections: Any = None,
    caching_device: Any = None,
    device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    use_resource: bool | None = None,
    synchronization: Any = VariableSynchronization.AUTO,
    aggregation: Any = VariableAggregation.NONE,
) -> Variable:
    """Make a variable of the model: it is in the collection MODEL_VARIABLES too.

    The arguments are those of `variable`.

    Example:
        >>> w = tf.contrib.framework.model_variable("w", [2, 3])
        >>> print(tf.contrib.framework.get_model_variables() == [w])
        True
    """
    return variable(
        name,
        shape=shape,
        dtype=dtype,
        initializer=initializer,
        regularizer=regularizer,
        trainable=trainable,
        collections=[*(collections or []), GraphKeys.GLOBAL_VARIABLES, GraphKeys.MODEL_VARIABLES],
        caching_device=caching_device,
        device=device,
        partitioner=partitioner,
        custom_getter=custom_getter,
        use_resource=use_resource,
        synchronization=synchronization,
        aggregation=aggregation,
    )


def add_model_variable(var: Variable) -> None:
    """Add a variable to the collection MODEL_VARIABLES, unless it is there already."""
    if not any(var is other for other in get_collection(GraphKeys.MODEL_VARIABLES)):
        add_to_collection(GraphKeys.MODEL_VARIABLES, var)


def _untrained(
    collection: str, initial_value: Any, validate_shape: bool, name: str | None, use_resource: bool | None
) -> Variable:
    with get_default_graph().atomic():
        return Variable(
            initial_value,
            trainable=False,
            collections=[collection],
            validate_shape=validate_shape,
            name=name,
            use_resource=use_resource,
        )


def local_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> Variable:
    """Make a variable that is neither trained nor saved: it is in the collection LOCAL_VARIABLES.

    Example:
        >>> v = tf.contrib.framework.local_variable(0.0, name="count")
        >>> print(tf.local_variables() == [v], tf.global_variables())
        True []
    """
    return _untrained(GraphKeys.LOCAL_VARIABLES, initial_value, validate_shape, name, use_resource)


def global_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> Variable:
    """Make a variable that is saved but not trained."""
    return _untrained(GraphKeys.GLOBAL_VARIABLES, initial_value, validate_shape, name, use_resource)
