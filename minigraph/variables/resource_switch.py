"""The switch for the kind of all variables: `tf.enable_resource_variables` and its opposite."""

from __future__ import annotations

from minigraph.variables.kinds import BY_DEFAULT

__all__ = ["enable_resource_variables", "disable_resource_variables", "resource_variables_enabled"]


def enable_resource_variables() -> None:
    """Make all variables made from now on resource variables, unless `use_resource=False` says otherwise.

    Example:
        >>> tf.enable_resource_variables()
        >>> kind = type(tf.Variable(1.0)).__name__
        >>> tf.disable_resource_variables()
        >>> kind, tf.resource_variables_enabled()
        ('ResourceVariable', False)
    """
    BY_DEFAULT[0] = True


def disable_resource_variables() -> None:
    """Make variables TF1's with refs again; see `enable_resource_variables`."""
    BY_DEFAULT[0] = False


def resource_variables_enabled() -> bool:
    """Return True if variables are resource variables by default."""
    return BY_DEFAULT[0]
