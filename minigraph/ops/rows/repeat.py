"""`repeat`: elements repeated along an axis, each as often as a number says."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, expand_dims, reshape, shape_ops, size_ops, stack, tile
from minigraph.ops.arrays.broadcast import broadcast_to
from minigraph.ops.arrays.cast import Cast
from minigraph.ops.math import maximum_minimum, reduce_max_min
from minigraph.ops.rows.boolean_mask import boolean_mask
from minigraph.ops.rows.sequence_mask import sequence_mask

__all__ = ["repeat"]


def repeat(input: Any, repeats: Any, axis: int | None = None, name: str | None = None) -> Tensor:
    """Repeat elements along an axis.

    Args:
        input: a tensor of known rank.
        repeats: how often, an integer, or a vector of as many as the axis has.
        axis: the axis; None repeats the elements of the flattened tensor.
        name: the name scope.

    Raises:
        TypeError: if `axis` is not an int.
        ValueError: if the number of `repeats` does not fit, or the axis is out of range.

    Example:
        >>> print(tf.repeat(["a", "b"], [2, 1]).eval(), tf.repeat([[1, 2]], 2, axis=1).eval())
        [b'a' b'a' b'b'] [[1 1 2 2]]
    """
    if axis is None:
        input, axis = reshape.reshape(input, [-1]), 0
    if not isinstance(axis, int):
        raise TypeError(f"axis must be an int; got {type(axis).__name__}")
    with atomic_scope(name, "Repeat", [x for x in (input, repeats) if isinstance(x, Tensor)]):
        data = convert_to_tensor(input, name="data")
        repeats = convert_to_tensor(repeats, preferred_dtype=dtypes.int32, name="repeats")
        if repeats.dtype.is_integer:
            repeats = apply(Cast(dtypes.int32), repeats)  # also where it changes nothing, as in TF1
        if data.shape.ndims == 0:
            data = stack.stack([data])
        sizes: Any = shape_ops.shape(data)
        axis = _from_front(axis, data.shape.ndims)
        if repeats.shape.ndims == 0:
            tiled = _tiled(expand_dims.expand_dims(data, axis + 1), axis + 1, repeats)
            return reshape.reshape(tiled, concat.concat([sizes[:axis], [-1], sizes[axis + 1 :]], axis=0))
        if repeats.shape.ndims != 1:
            raise ValueError(f"Shape {repeats.shape} must have rank at most 1")
        if not data.shape[axis : axis + 1].is_compatible_with(repeats.shape):
            raise ValueError(f"Dimensions {data.shape[axis]} and {repeats.shape[0]} are not compatible")
        return _each(data, repeats, sizes, axis)


def _each(data: Tensor, repeats: Tensor, sizes: Any, axis: int) -> Tensor:
    """Repeat each element along an axis by its own number: as often as the largest, and keep of these what counts."""
    static = data.shape
    if axis:
        shape, ranks = shape_ops.shape(repeats), size_ops.rank(repeats)
        repeats = broadcast_to(repeats, concat.concat([sizes[: axis + 1 - ranks], shape], axis=0))
    most = maximum_minimum.maximum(0, reduce_max_min.reduce_max(repeats))
    mask = sequence_mask(repeats, most)
    result = boolean_mask(_tiled(expand_dims.expand_dims(data, axis + 1), axis + 1, most), mask)
    if axis:
        result = reshape.reshape(result, concat.concat([sizes[:axis], [-1], sizes[axis + 1 :]], axis=0))
    result.set_shape(static[:axis].concatenate([None]).concatenate(static[axis + 1 :]))
    return result


def _from_front(axis: int, ndims: int | None) -> int:
    if ndims is None:
        raise ValueError(f"axis={axis} needs a tensor of known rank")
    if not -ndims <= axis < ndims:
        raise ValueError(f"axis={axis} out of bounds: expected {-ndims}<=axis<{ndims}")
    return axis % ndims


def _tiled(data: Tensor, axis: int, count: Any) -> Tensor:
    counts: list[Any] = [1] * (data.shape.ndims or 0)
    counts[axis] = count
    return tile.tile(data, counts)
