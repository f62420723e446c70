"""Stubs of the modules that find their names on first use, for type checkers and editors.

`python -m tests.stubs` writes a `.pyi` beside each; a test holds them up to date.
"""

from __future__ import annotations

import importlib
import pathlib
import pkgutil
import types
from collections import defaultdict

import minigraph
from minigraph.lazy import attached

HEAD = "# Written by `python -m tests.stubs` from the table in the module of this name.\n"


def modules() -> list[types.ModuleType]:
    """Return the modules of `tf` that have a table; operations reach each other by one without a stub."""
    found = [minigraph]
    for package in found:  # grows while it is walked
        paths = getattr(package, "__path__", ())
        names = [module.name for module in pkgutil.iter_modules(paths, f"{package.__name__}.")]
        found += [importlib.import_module(name) for name in names if is_attached(name)]
    return found


def is_attached(name: str) -> bool:
    """Return True if the module of that name is one that its package's table lists and that has a table itself."""
    package, _, own = name.rpartition(".")
    if attached[package].get(own) != (package, own):
        return False
    importlib.import_module(name)
    return name in attached


def stub(module: types.ModuleType) -> str:
    """Return the text of a module's stub."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, (home, original) in attached[module.__name__].items():
        while home != module.__name__ and attached.get(home, {}).get(original, (home, original)) != (home, original):
            home, original = attached[home][original]
        listed = name == original and name in module.__all__
        homes[home].append(name if listed else f"{original} as {name}")
    lines = [_wrapped(f"from {home} import ", "(", sorted(names), ")") for home, names in sorted(homes.items())]
    if hasattr(module, "__version__"):
        lines.append("\n__version__: str")
    names = [f'"{name}"' for name in module.__all__]
    return "\n".join([HEAD, *lines, "", _wrapped("__all__ = ", "[", names, "]"), ""])


def path(module: types.ModuleType) -> pathlib.Path:
    """Return where a module's stub lies."""
    assert module.__file__ is not None
    return pathlib.Path(module.__file__).with_suffix(".pyi")


def _wrapped(start: str, opening: str, names: list[str], closing: str) -> str:
    """Return a line, or a line for each name, as `ruff format` writes them."""
    brackets = ("", "") if opening == "(" else (opening, closing)
    line = f"{start}{brackets[0]}{', '.join(names)}{brackets[1]}"
    return line if len(line) <= 120 else "".join([start, opening, "\n", *(f"    {n},\n" for n in names), closing])


if __name__ == "__main__":
    for each in modules():
        path(each).write_text(stub(each))
