"""Modules that find their names in other modules on first use, so that nothing is imported before it is needed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

__all__ = ["attach", "attached"]

attached: dict[str, dict[str, tuple[str, str]]] = {}  # module: its names, each with the home and the name there


_modules: dict[str, ModuleType] = {}  # all of the package that were ever there


def _loaded(name: str) -> ModuleType:
    """Import a module; one that someone has taken out of `sys.modules` meanwhile is put back, not made again.

    Two copies of a module have two classes of each name: a variable of the one is none of the other.
    """
    for old, module in _modules.items():
        sys.modules.setdefault(old, module)
    found = importlib.import_module(name)
    if name not in _modules:
        _modules.update({key: each for key, each in sys.modules.items() if f"{key}.".startswith("minigraph.")})
    return found


def attach(
    module: str, table: Mapping[str, Iterable[str]], otherwise: Callable[[str], Any] | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return the `__getattr__`, the `__dir__` and the `__all__` of a module whose names are defined in others.

    No submodule may have the name of anything else in the table: Python binds it in its package when it is imported.

    Args:
        module: the name of the module, its `__name__`.
        table: for each module that defines names, these names; `det=matrix_determinant` is called `det` here. Under
            the module's own name stand its submodules.
        otherwise: the `__getattr__` for names that are not in the table; without one they are an AttributeError.

    Example:
        >>> import sys, types
        >>> sys.modules["shelf"] = shelf = types.ModuleType("shelf")
        >>> shelf.__getattr__, shelf.__dir__, shelf.__all__ = attach("shelf", {"math": ("sqrt", "down=floor")})
        >>> shelf.sqrt(4.0), shelf.down(1.5), "sqrt" in vars(shelf), shelf.__all__
        (2.0, 1, True, ['down', 'sqrt'])
    """
    homes = attached[module] = {}
    namespace = vars(sys.modules[module])
    for home, entries in table.items():
        for entry in entries:
            name, _, original = entry.partition("=")
            homes[name] = home, original or name

    def __getattr__(name: str) -> Any:
        if name not in homes:
            if otherwise is not None:
                return otherwise(name)
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        home, original = homes[name]
        if home == module:
            return _loaded(f"{home}.{original}")
        found = getattr(_loaded(home), original)
        namespace[name] = found  # the next use does not come here
        return found

    def __dir__() -> list[str]:
        return sorted({name for name in namespace if name.startswith("__")} | {*homes})

    return __getattr__, __dir__, sorted(homes)
