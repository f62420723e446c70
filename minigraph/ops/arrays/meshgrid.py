"""`meshgrid`: coordinates of a grid, from those along each axis."""

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import fill, reshape, size_ops
from minigraph.ops.arrays.stack import stack

__all__ = ["meshgrid"]


def meshgrid(*args: Any, **kwargs: Any) -> list[Tensor]:
    """Build coordinate grids from vectors, as numpy's function of that name does.

    Args:
        *args: vectors.
        indexing: "xy" (by default) or "ij".
        name: the name scope.

    Raises:
        TypeError, ValueError: for other options.

    Example:
        >>> print([grid.tolist() for grid in sess.run(tf.meshgrid([1, 2], [3, 4]))])
        [[[1, 2], [1, 2]], [[3, 3], [4, 4]]]
    """
    indexing, name = kwargs.pop("indexing", "xy"), kwargs.pop("name", "meshgrid")
    if kwargs:
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError("indexing parameter must be either 'xy' or 'ij'")
    with atomic_scope(name, "meshgrid", args):
        count = len(args)
        grids = [reshape.reshape(stack(x), (1,) * i + (-1,) + (1,) * (count - i - 1)) for i, x in enumerate(args)]
        sizes = [size_ops.size(x) for x in args]
        dtype = convert_to_tensor(args[0]).dtype.base_dtype
        if indexing == "xy" and count > 1:
            grids[0] = reshape.reshape(grids[0], (1, -1) + (1,) * (count - 2))
            grids[1] = reshape.reshape(grids[1], (-1, 1) + (1,) * (count - 2))
            sizes[0], sizes[1] = sizes[1], sizes[0]
        factor = fill.ones(sizes, dtype)
        return [grid * factor for grid in grids]
