"""Images mirrored, turned and transposed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.images.checks import at_least_3d, rank_of
from minigraph.ops.arrays import cast, reshape, reverse, shape_ops
from minigraph.ops.arrays import transpose as transposes
from minigraph.ops.control import case as cases
from minigraph.ops.control import cond
from minigraph.ops.math import comparison, modulo, rounding
from minigraph.ops.random import uniform

__all__ = ["flip_left_right", "flip_up_down", "random_flip_left_right", "random_flip_up_down", "rot90", "transpose"]


def flip_left_right(image: Any) -> Tensor:
    """Mirror images horizontally: the left side becomes the right one.

    Args:
        image: one image (height, width, channels), or a batch of them.

    Returns:
        A tensor of the same shape and type.

    Raises:
        ValueError: if it has other than 3 or 4 axes, or an empty one.

    Example:
        >>> print(tf.image.flip_left_right(tf.reshape([1, 2, 3], [1, 3, 1])).eval().ravel())
        [3 2 1]
    """
    return _flip(image, 1, "flip_left_right")


def flip_up_down(image: Any) -> Tensor:
    """Mirror images vertically: the upper side becomes the lower one; see `flip_left_right`.

    Example:
        >>> print(tf.image.flip_up_down(tf.reshape([1, 2, 3], [3, 1, 1])).eval().ravel())
        [3 2 1]
    """
    return _flip(image, 0, "flip_up_down")


def _flip(image: Any, axis: int, scope_name: str) -> Tensor:
    with atomic_scope(None, scope_name, [image]):
        image = at_least_3d(convert_to_tensor(image, name="image"))
        if rank_of(image) == 3:
            return _in_shape_of(image, reverse.reverse(image, [axis]))
        return reverse.reverse(image, [axis + 1])


def _in_shape_of(image: Tensor, result: Tensor) -> Tensor:
    """Return a flipped image, whose shape is known to be that of the image."""
    result.set_shape([None] * 3 if image.shape.ndims is None else image.shape)
    return result


def random_flip_left_right(image: Any, seed: int | None = None) -> Tensor:
    """Mirror images horizontally, each with a probability of one half.

    Args:
        image: one image (height, width, channels), or a batch of them.
        seed: the operation's seed; see `tf.set_random_seed`.

    Returns:
        A tensor of the same shape and type.

    Raises:
        ValueError: if it has other than 3 or 4 axes, or an empty one.

    Example:
        >>> flipped = tf.image.random_flip_left_right(tf.reshape([1, 2], [1, 2, 1]), seed=1)
        >>> print(*[sess.run(flipped).ravel() for _ in range(6)])
        [2 1] [2 1] [2 1] [1 2] [1 2] [1 2]
    """
    return _random_flip(image, 1, seed, "random_flip_left_right")


def random_flip_up_down(image: Any, seed: int | None = None) -> Tensor:
    """Mirror images vertically, each with a probability of one half; see `random_flip_left_right`.

    Example:
        >>> print(tf.image.random_flip_up_down(tf.reshape([1, 2], [2, 1, 1]), seed=1).eval().ravel())
        [2 1]
    """
    return _random_flip(image, 0, seed, "random_flip_up_down")


def _random_flip(image: Any, axis: int, seed: int | None, scope_name: str) -> Tensor:
    with atomic_scope(None, scope_name, [image]) as scope:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        if rank_of(image) == 3:
            is_flipped = comparison.less(uniform.random_uniform([], 0, 1.0, seed=seed), 0.5)
            result = cond.cond(is_flipped, lambda: reverse.reverse(image, [axis]), lambda: image, name=scope)
            return _in_shape_of(image, result)
        batch = shape_ops.shape(image)[0]
        draws = uniform.random_uniform([batch], 0, 1.0, seed=seed)
        flips = cast.cast(rounding.round(reshape.reshape(draws, [batch, 1, 1, 1])), image.dtype)
        flipped = reverse.reverse(image, [axis + 1])
        return flips * flipped + (1 - flips) * image


def rot90(image: Any, k: Any = 1, name: str | None = None) -> Tensor:
    """Turn images by a multiple of a right angle, counterclockwise.

    Args:
        image: one image (height, width, channels), or a batch of them.
        k: the number of quarter turns, an int32 scalar.
        name: the name scope.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: if it has other than 3 or 4 axes, or an empty one.

    Example:
        >>> print(tf.image.rot90(tf.reshape([1, 2, 3, 4, 5, 6], [2, 3, 1])).eval()[..., 0])
        [[3 6]
         [2 5]
         [1 4]]
    """
    with atomic_scope(name, "rot90", [image, k]) as scope:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        turns = convert_to_tensor(k, dtypes.int32, name="k")
        turns.shape.assert_has_rank(0)
        turns = modulo.mod(turns, 4)
        rank = rank_of(image)
        result = cases.case(_turned(image, turns, rank), default=lambda: image, exclusive=True, name=scope)
        shape = image.shape if rank == 3 else result.shape
        result.set_shape([*([shape[0]] if rank == 4 else []), None, None, shape[rank - 1]])
        return result


def _turned(image: Tensor, turns: Tensor, rank: int) -> list[tuple[Tensor, Callable]]:
    """Return what an image becomes by one, two and three quarter turns."""
    rows, columns = rank - 3, rank - 2
    swapped = [1, 0, 2] if rank == 3 else [0, 2, 1, 3]
    return [
        (comparison.equal(turns, 1), lambda: transposes.transpose(reverse.reverse_v2(image, [columns]), swapped)),
        (comparison.equal(turns, 2), lambda: reverse.reverse_v2(image, [rows, columns])),
        (comparison.equal(turns, 3), lambda: reverse.reverse_v2(transposes.transpose(image, swapped), [columns])),
    ]


def transpose(image: Any, name: str | None = None) -> Tensor:
    """Exchange the height and the width of images.

    Args:
        image: one image (height, width, channels), or a batch of them.
        name: the name of the node.

    Raises:
        ValueError: if it has other than 3 or 4 axes, or an empty one.

    Example:
        >>> print(tf.image.transpose(tf.reshape([1, 2, 3, 4], [2, 2, 1])).eval()[..., 0])
        [[1 3]
         [2 4]]
    """
    with atomic_scope(name, "transpose", [image]):
        image = at_least_3d(convert_to_tensor(image, name="image"))
        return transposes.transpose(image, [1, 0, 2] if rank_of(image) == 3 else [0, 2, 1, 3], name=name)
