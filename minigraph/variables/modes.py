"""How copies of a variable would be kept together on several devices; here there is one copy."""

from __future__ import annotations

import enum
from typing import Any

__all__ = ["VariableSynchronization", "VariableAggregation", "checked_modes"]


class VariableSynchronization(enum.Enum):
    """When copies of a variable would be synchronized; one that is when it is read, ON_READ, is not trainable."""

    AUTO, NONE, ON_WRITE, ON_READ = range(4)


class VariableAggregation(enum.Enum):
    """How updates of copies of a variable would be merged; accepted, as in TF1."""

    NONE, SUM, MEAN, ONLY_FIRST_REPLICA, ONLY_FIRST_TOWER = 0, 1, 2, 3, 3


def checked_modes(synchronization: Any, aggregation: Any, trainable: Any, name: str | None) -> tuple:
    """Return the two modes as members of their enumerations (or ValueError), and True if the variable is trainable.

    Example:
        >>> checked_modes(3, None, None, "v")[0].name, checked_modes(3, None, None, "v")[2]
        ('ON_READ', False)
    """
    found: list[Any] = []
    for mode, kind in (synchronization, VariableSynchronization), (aggregation, VariableAggregation):
        try:
            found.append(kind(0 if mode is None else mode))
        except ValueError:
            known = f"There are: {', '.join(kind.__members__)}."
            word = kind.__name__.removeprefix("Variable").lower()
            raise ValueError(f"Invalid variable {word} mode: {mode} for variable: {name}\n{known}") from None
    return (*found, found[0] is not VariableSynchronization.ON_READ if trainable is None else trainable)
