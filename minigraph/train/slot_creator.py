"""Slots: variables that belong to another one, such as the momentum of a weight."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import colocate_with
from minigraph.ops.arrays import fill, shape_ops
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable import Variable, is_resource_variable
from minigraph.variables.variable_scope import variable_scope

__all__ = ["create_slot", "create_slot_with_initializer", "create_zeros_slot"]


def _make(primary: Any, name: str, value: Any, shape: Any, dtype: Any, known: bool, colocate: bool) -> Variable:
    kind = is_resource_variable(primary) if isinstance(primary, Variable) else None
    options: Any = dict(trainable=False, validate_shape=known, use_resource=kind)
    with variable_scope(None, f"{primary.op.name}/{name}"):
        if not colocate:
            return get_variable("", shape, dtype, value, **options)
        with colocate_with(primary):
            return get_variable("", shape, dtype, value, **options)


def create_slot(primary: Any, val: Tensor, name: str, colocate_with_primary: bool = True) -> Variable:
    """Make a slot of `primary` with an initial value; its name is "<primary>/<name>"."""
    return _make(primary, name, val, None, None, val.shape.is_fully_defined(), colocate_with_primary)


def create_slot_with_initializer(
    primary: Any, initializer: Any, shape: Any, dtype: Any, name: str, colocate_with_primary: bool = True
) -> Variable:
    """Make a slot of `primary` with an initializer."""
    is_value = not callable(initializer)
    return _make(
        primary, name, initializer, None if is_value else shape, dtype, shape.is_fully_defined(), colocate_with_primary
    )


def create_zeros_slot(primary: Any, name: str, dtype: Any = None, colocate_with_primary: bool = True) -> Variable:
    """Make a slot of zeros, of the shape of `primary`."""
    dtype = primary.dtype.base_dtype if dtype is None else dtype
    if primary.shape.is_fully_defined():
        return create_slot_with_initializer(
            primary, zeros_initializer(), primary.shape, dtype, name, colocate_with_primary
        )
    shape = shape_ops.shape(primary.initialized_value() if isinstance(primary, Variable) else primary)
    return create_slot(primary, fill.zeros(shape, dtype=dtype), name, colocate_with_primary)
