"""The kind of variable to make: TF1's own, with a ref, or a resource variable."""

from __future__ import annotations

from minigraph.lazy import attach
from minigraph.variables.store import current_store

__all__ = ["uses_resources", "enable_resource_variables", "disable_resource_variables", "resource_variables_enabled"]

# The other kind of variable is a subclass of the one that asks here for it, so it is found when it is wanted.
__getattr__, __dir__, _ = attach(__name__, {"minigraph.variables.resource_variable": ["ResourceVariable"]})

_by_default = [False]  # is a variable a resource variable where no scope says it either?


def uses_resources(asked: bool | None = None) -> bool:
    """Return True if a variable made here is a resource variable: as asked, else as its scope or the default says."""
    scope = current_store().scopes.current
    if asked is None and scope is not None:
        asked = scope.use_resource
    return _by_default[0] if asked is None else bool(asked)


def enable_resource_variables() -> None:
    """Make all variables made from now on resource variables, unless `use_resource=False` says otherwise.

    Example:
        >>> tf.enable_resource_variables()
        >>> kind = type(tf.Variable(1.0)).__name__
        >>> tf.disable_resource_variables()
        >>> kind, tf.resource_variables_enabled()
        ('ResourceVariable', False)
    """
    _by_default[0] = True


def disable_resource_variables() -> None:
    """Make variables TF1's with refs again; see `enable_resource_variables`."""
    _by_default[0] = False


def resource_variables_enabled() -> bool:
    """Return True if variables are resource variables by default."""
    return _by_default[0]
