"""`get_single`: the variable with a full name, new or shared. Custom getters get it as the true getter."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import atomic_scope, colocate_with, init_scope
from minigraph.graph.shapes import as_shape
from minigraph.variables import kinds
from minigraph.variables.initializers.base import Initializer
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.initializers.variance_scaling import glorot_uniform_initializer
from minigraph.variables.sharing import missing, shared
from minigraph.variables.store import current_store
from minigraph.variables.variable import Variable

__all__ = ["default_initializer", "get_single"]

_OPTIONS = (  # of a variable, handed on as they are
    "trainable collections caching_device validate_shape use_resource constraint synchronization aggregation".split()
)


def get_single(
    name: str,
    shape: Any = None,
    dtype: Any = dtypes.float32,
    initializer: Any = None,
    regularizer: Any = None,
    reuse: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    constraint: Any = None,
    synchronization: Any = None,
    aggregation: Any = None,
) -> Variable:
    """Return the variable with that full name: the existing one or a new one, as `reuse` demands."""
    given, existing = locals(), current_store().variables
    if (partitioner is not None and shape != []) or f"{name}/part_0" in existing:
        return kinds.get_in_parts(**given)
    is_value = initializer is not None and not callable(initializer)
    if shape is not None and is_value:
        raise ValueError("If initializer is a constant, do not specify shape.")
    dtype, shape = dtypes.as_dtype(dtype).base_dtype, as_shape(shape)
    if name in existing:
        return shared(name, existing[name], shape, dtype, reuse)
    if reuse is True:
        raise ValueError(missing(name, existing))
    initial_value, variable_dtype = _initial_value(name, shape, dtype, initializer, is_value)
    graph, options = get_default_graph(), {key: given[key] for key in _OPTIONS}
    with graph.atomic():
        v = existing[name] = Variable(initial_value, name=name, dtype=variable_dtype, **options)
        graph.on_rollback(lambda: existing.pop(name, None))
        if regularizer is not None:
            _regularize(name, v, regularizer)
    return v


def default_initializer(name: str, dtype: dtypes.DType) -> Initializer:
    """Return Glorot's uniform initializer for floats, zeros for integers, booleans and text; ValueError for others."""
    if dtype.is_floating:
        return glorot_uniform_initializer()
    if dtype.is_integer or dtype.is_bool or dtype == dtypes.string:
        return zeros_initializer()
    raise ValueError(f"An initializer for variable {name} of {dtype.base_dtype} is required")


def _initial_value(name: str, shape: Any, dtype: dtypes.DType, initializer: Any, is_value: bool) -> tuple:
    """Return the `initial_value` and the `dtype` to call `Variable` with."""
    if is_value:
        return initializer, None
    if initializer is None:
        initializer = default_initializer(name, dtype)
    elif inspect.isclass(initializer):
        initializer = initializer()
    if shape.is_fully_defined():
        return _calls(initializer, shape.as_list(), dtype), dtype.base_dtype
    try:
        inspect.signature(initializer).bind()
    except TypeError:
        told = code(f"tf.get_variable({name!r}, [2, 3])")
        raise ValueError(
            "The initializer passed is not valid. It should be a callable with no arguments and the shape should not "
            "be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.\n"
            f"The shape of the new variable '{name}' is {shape}: give every size, as in {told}."
        ) from None
    return initializer, None


def _calls(initializer: Callable, shape: list, dtype: dtypes.DType) -> Callable:
    """Bind shape and dtype to an initializer; a user function may take neither `dtype` nor `partition_info`."""
    parameters = inspect.signature(initializer).parameters
    options = {"dtype": dtype, "partition_info": None}
    if not any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        options = {key: value for key, value in options.items() if key in parameters}
    return lambda: initializer(shape, **options)


def _regularize(name: str, v: Variable, regularizer: Callable) -> None:
    with colocate_with(v), atomic_scope(name + "/Regularizer/"), init_scope():
        loss = regularizer(v)
    if loss is not None:
        get_default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, loss)
