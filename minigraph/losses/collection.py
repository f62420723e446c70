"""The collections of losses of a graph, and their sum."""

from __future__ import annotations

from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import constant
from minigraph.ops.math import add_n

__all__ = ["add_loss", "get_losses", "get_regularization_loss", "get_regularization_losses", "get_total_loss"]


def add_loss(loss: Tensor, loss_collection: str | None = GraphKeys.LOSSES) -> None:
    """Add a loss to the collection of losses, which `get_total_loss` sums."""
    if loss_collection:
        add_to_collection(loss_collection, loss)


def get_losses(scope: str | None = None, loss_collection: str = GraphKeys.LOSSES) -> list:
    """Return the losses of the collection whose names match `scope`."""
    return get_collection(loss_collection, scope)


def get_regularization_losses(scope: str | None = None) -> list:
    """Return the losses that regularizers made whose names match `scope`."""
    return get_collection(GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Tensor:
    """Return the sum of the regularization losses, 0.0 where there are none."""
    found = get_regularization_losses(scope)
    return add_n.add_n(found, name=name) if found else constant.constant(0.0)


def get_total_loss(
    add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None
) -> Tensor:
    """Return the sum of all losses of the graph.

    Args:
        add_regularization_losses: with those of regularizers.
        name: the name of the node.
        scope: only losses whose names match.

    Raises:
        ValueError: if there are none.

    Example:
        >>> loss = tf.losses.mean_squared_error([1.0], [3.0])
        >>> print(tf.losses.get_total_loss().eval())
        4.0
    """
    found = get_losses(scope) + (get_regularization_losses(scope) if add_regularization_losses else [])
    return add_n.add_n(found, name=name)
