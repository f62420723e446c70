"""The kind of variable to make: TF1's own, with a ref, or a resource variable."""

from __future__ import annotations

from minigraph.lazy import attach
from minigraph.variables.store import current_store

__all__ = ["uses_resources"]

# Files from which the kinds are made ask here for them, so each is found when it is wanted.
_KINDS = {"partitioned": ["get_in_parts"], "resource_variable": ["ResourceVariable"], "variable": ["Variable"]}
__getattr__, __dir__, _ = attach(__name__, {f"minigraph.variables.{file}": _KINDS[file] for file in _KINDS})

BY_DEFAULT = [False]  # is a variable a resource variable where no scope says it either?


def uses_resources(asked: bool | None = None) -> bool:
    """Return True if a variable made here is a resource variable: as asked, else as its scope or the default says."""
    scope = current_store().scopes.current
    if asked is None and scope is not None:
        asked = scope.use_resource
    return BY_DEFAULT[0] if asked is None else bool(asked)
