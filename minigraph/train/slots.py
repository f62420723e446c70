"""The variables of an optimizer: slots, such as the momentum of each weight, and those without a weight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import scopes
from minigraph.graph.default import get_default_graph
from minigraph.train import slot_creator
from minigraph.variables.variable import Variable, is_resource_variable

__all__ = ["Slots"]


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
        return self._slot(var, slot_name, lambda: slot_creator.create_slot(var, val, op_name))

    def _get_or_make_slot_with_initializer(
        self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str, op_name: str
    ) -> Variable:
        return self._slot(
            var, slot_name, lambda: slot_creator.create_slot_with_initializer(var, initializer, shape, dtype, op_name)
        )

    def _zeros_slot(self, var: Any, slot_name: str, op_name: str) -> Variable:
        return self._slot(var, slot_name, lambda: slot_creator.create_zeros_slot(var, op_name))

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
