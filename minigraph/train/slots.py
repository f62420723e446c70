"""Slots: variables that belong to another one, such as the momentum of a weight; and the variables of an optimizer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from minigraph.graph import scopes
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import fill, shape_ops
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable import Variable, is_resource_variable
from minigraph.variables.variable_scope import variable_scope

__all__ = ["Slots", "create_slot", "create_slot_with_initializer", "create_zeros_slot"]


def _make(primary: Any, name: str, value: Any, shape: Any, dtype: Any, known: bool, colocate: bool) -> Variable:
    kind = is_resource_variable(primary) if isinstance(primary, Variable) else None
    options: Any = dict(trainable=False, validate_shape=known, use_resource=kind)
    beside = scopes.colocate_with(primary) if colocate else nullcontext()
    with variable_scope(None, f"{primary.op.name}/{name}") as scope, beside:
        scope._settings["partitioner"] = None
        slot = get_variable("", shape, dtype, value, **options)
    part = getattr(primary, "_save_slice_info", None)
    if part is not None:
        name = slot.op.name[len(primary.op.name + "/") :]
        slot._save_slice_info = Variable.SaveSliceInfo(
            f"{part.full_name}/{name}", part.full_shape, part.var_offset, part.var_shape
        )
    return slot


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


class Slots:
    """Mixin for optimizers: slots by name and by the variable that they belong to."""

    _slots: dict[str, dict]
    _non_slot_dict: dict[tuple, Variable]

    def get_slot(self, var: Any, name: str) -> Variable | None:
        """Return the slot of that name of a variable, or None."""
        return self._slots.get(name, {}).get(_key(var))

    def get_slot_names(self) -> list[str]:
        """Return the names of the slots."""
        return sorted(self._slots)

    def variables(self) -> list[Variable]:
        """Return the variables that the optimizer has made in the default graph, by name."""
        graph = get_default_graph()
        found = list(self._non_slot_variables()) + [v for slots in self._slots.values() for v in slots.values()]
        return sorted((v for v in found if v.graph is graph), key=lambda v: v.name)

    def _slot_dict(self, slot_name: str) -> dict:
        return self._slots.setdefault(slot_name, {})

    def _get_or_make_slot(self, var: Any, val: Any, slot_name: str, op_name: str) -> Variable:
        return self._slot(var, slot_name, lambda: create_slot(var, val, op_name))

    def _get_or_make_slot_with_initializer(
        self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str, op_name: str
    ) -> Variable:
        return self._slot(var, slot_name, lambda: create_slot_with_initializer(var, initializer, shape, dtype, op_name))

    def _zeros_slot(self, var: Any, slot_name: str, op_name: str) -> Variable:
        return self._slot(var, slot_name, lambda: create_zeros_slot(var, op_name))

    def _slot(self, var: Any, slot_name: str, create: Callable) -> Variable:
        slots = self._slot_dict(slot_name)
        if _key(var) not in slots:
            slot = create()
            self._restore_slot_variable(slot_name=slot_name, variable=var, slot_variable=slot)
            slots[_key(var)] = slot
        return slots[_key(var)]

    def _restore_slot_variable(self, slot_name: str, variable: Any, slot_variable: Variable) -> None:
        """Do nothing; subclasses override it to restore the value of a new slot."""

    def _create_non_slot_variable(self, initial_value: Any, name: str, colocate_with: Any) -> Variable:
        key = name, colocate_with.graph
        if key not in self._non_slot_dict:
            with scopes.colocate_with(colocate_with):
                self._non_slot_dict[key] = Variable(
                    initial_value, name=name, trainable=False, use_resource=is_resource_variable(colocate_with)
                )
        return self._non_slot_dict[key]

    def _get_non_slot_variable(self, name: str, graph: Any = None) -> Variable | None:
        return self._non_slot_dict.get((name, graph))

    def _non_slot_variables(self) -> list[Variable]:
        return list(self._non_slot_dict.values())


def _key(var: Any) -> tuple:
    return var.op.graph, var.op.name
