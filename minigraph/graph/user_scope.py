"""`tf.name_scope`: name scopes in programs."""

from __future__ import annotations

from minigraph.graph import context

__all__ = ["name_scope"]


class name_scope(context.name_scope):
    """A scope that prefixes the names of the operations made in it.

    What was made in it stays, if a later statement in it fails.

    Args:
        name: the name, or None for `default_name`. One that ends in "/" re-opens an earlier scope.
        default_name: the name used where `name` is None.
        values: tensors that the scope's operations will use; they choose the graph.

    Raises:
        ValueError: if neither name is given but values are, or the values belong to different graphs.

    Example:
        >>> with tf.name_scope('outer') as scope:
        ...     print(scope, tf.constant(1.0, name="c").name)
        outer/ outer/c:0
    """

    is_atomic = False
