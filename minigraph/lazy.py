"""Modules that find their names in other modules on first use, so that nothing is imported before it is needed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

__all__ = ["attach"]


def attach(module: str, table: Mapping[str, Iterable[str]]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the `__getattr__` and the `__dir__` of a module whose names are defined in others.

    Args:
        module: the name of the module, its `__name__`.
        table: for each module that defines names, these names.

    Example:
        >>> import sys, types
        >>> sys.modules["shelf"] = shelf = types.ModuleType("shelf")
        >>> shelf.__getattr__, shelf.__dir__ = attach("shelf", {"math": ("sqrt", "floor")})
        >>> shelf.sqrt(4.0), "floor" in dir(shelf), "sqrt" in vars(shelf)
        (2.0, True, True)
    """
    homes = {name: home for home, names in table.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(homes[name]), name)
        setattr(sys.modules[module], name, found)  # the next use does not come here
        return found

    def __dir__() -> list[str]:
        return sorted({*vars(sys.modules[module]), *homes})

    return __getattr__, __dir__
