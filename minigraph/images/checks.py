"""Checks of images: what can be known of a shape when the graph is built, and assertions for the rest."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import expand_dims, shape_ops, size_ops, unstack
from minigraph.ops.control import assertions, group
from minigraph.variables.variable import Variable

__all__ = ["as_batch", "at_least_3d", "checks_of", "dimensions", "is_tensor", "rank_of", "require", "without_batch"]


def is_tensor(x: Any) -> bool:
    """Return True if a number is known in a run only."""
    return isinstance(x, (Tensor, Variable))


def dimensions(image: Tensor, rank: int) -> list:
    """Return the sizes of an image: integers where they are known, else scalar tensors."""
    if image.shape.is_fully_defined():
        return image.shape.as_list()
    known = image.shape.with_rank(rank).as_list()
    found = unstack.unstack(shape_ops.shape(image), rank)
    return [found[i] if size is None else size for i, size in enumerate(known)]


def require(condition: Any, text: str) -> list[Operation]:
    """Return the assertion that a condition holds, or nothing if it is known to.

    Raises:
        ValueError: if it is known not to hold; the message is `text`.
    """
    if is_tensor(condition):
        return [assertions.Assert(condition, [text])]
    if not condition:
        raise ValueError(text)
    return []


def checks_of(image: Tensor) -> list[Operation]:
    """Return the assertions that an image has three axes or more, and no empty one; none if that is known.

    Raises:
        ValueError: if it is known not to be so.
    """
    try:
        shape = image.shape.with_rank(3) if image.shape.ndims is None else image.shape.with_rank_at_least(3)
    except ValueError:
        raise ValueError("'image' must be at least three-dimensional.") from None
    if 0 in shape.as_list():
        raise ValueError(f"all dims of 'image.shape' must be > 0: {shape}")
    if shape.is_fully_defined():
        return []
    return [
        assertions.assert_positive(shape_ops.shape(image), ["all dims of 'image.shape' must be > 0."]),
        assertions.assert_greater_equal(size_ops.rank(image), 3, message="'image' must be at least three-dimensional."),
    ]


def at_least_3d(image: Tensor) -> Tensor:
    """Return an image that is checked before it is used."""
    return group.with_dependencies(checks_of(image), image)


def rank_of(image: Tensor) -> int:
    """Return 3 or 4; an image of unknown rank counts as one image.

    Raises:
        ValueError: for another rank.
    """
    rank = image.shape.ndims or 3
    if rank not in (3, 4):
        raise ValueError("'image' must have either 3 or 4 dimensions.")
    return rank


def as_batch(image: Tensor) -> tuple[Tensor, bool]:
    """Return a batch of images, and True if one was given; ValueError for other ranks than 3 and 4."""
    if rank_of(image) == 4:
        return image, True
    images = expand_dims.expand_dims(image, 0)
    if image.shape.ndims is None:
        images.set_shape(TensorShape.of((None,) * 4))
    return images, False


def without_batch(images: Tensor, is_batch: bool) -> Tensor:
    """Return the one image of a batch, or the batch if one was given."""
    return images if is_batch else expand_dims.squeeze(images, axis=[0])
