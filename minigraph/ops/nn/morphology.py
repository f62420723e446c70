"""Morphology of grey images: dilation and erosion, the largest and smallest of the pixels under a shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import reverse, shape_ops
from minigraph.ops.math import negative
from minigraph.ops.nn import sliding_windows

__all__ = ["dilation2d", "erosion2d"]


class _Morphology(OpDef):
    """Base: how the shape moves over the images."""

    strides: tuple
    rates: tuple
    padding: str

    allowed = {
        "T": (
            dtypes.float32,
            dtypes.float64,
            dtypes.int32,
            dtypes.uint8,
            dtypes.int16,
            dtypes.int8,
            dtypes.int64,
            dtypes.bfloat16,
            dtypes.uint16,
            dtypes.float16,
            dtypes.uint32,
            dtypes.uint64,
        )
    }
    choices = {"padding": ("SAME", "VALID")}

    def sums(self, input: np.ndarray, filter: np.ndarray) -> tuple[Iterator[np.ndarray], list]:
        """Return, for each element of the shape, the pixels under it plus the element; and the pads.

        What lies outside the image is smaller than all numbers.
        """
        steps, rates, sizes = self.strides[1:3], self.rates[1:3], filter.shape[:2]
        axes = [(input.shape[i], sizes[i - 1], steps[i - 1], self.padding, rates[i - 1]) for i in (1, 2)]
        pads = [sliding_windows.paddings(*each) for each in axes]
        counts: Any = [sliding_windows.output_size(*each) for each in axes]
        wide = np.promote_types(input.dtype, np.float64 if input.dtype.kind in "iu" else np.float32)
        framed = np.pad(input.astype(wide), [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
        places: Any = sliding_windows.positions(sizes, counts, steps, rates)
        return (framed[key] + filter[at] for at, key in places), pads

    def checked(self, input: np.ndarray, filter: np.ndarray) -> None:
        """Raise InvalidArgumentError for images or a shape that cannot be."""
        demand(input.ndim == 4, "input must be 4-dimensional")
        demand(filter.ndim == 3, "filter must be 3-dimensional")
        demand(
            input.shape[3] == filter.shape[2],
            f"input and filter must have the same depth: {input.shape[3]} vs {filter.shape[2]}",
        )

    def attained(self, input: np.ndarray, filter: np.ndarray) -> tuple[np.ndarray, list]:
        """Return which element of the shape attained each maximum, the first of equal ones, and the pads."""
        found, pads = self.sums(input, filter)
        most = next(found)
        chosen = np.zeros(most.shape, np.intp)
        for i, each in enumerate(found, 1):
            is_more = each > most
            chosen[is_more] = i
            np.maximum(most, each, out=most)
        return chosen, pads


class Dilation2D(_Morphology):
    """The largest of the pixels under a shape, each plus its element of the shape."""

    inputs = ("input: T", "filter: T")

    def shape(self, input, filter):
        batch, *sides, depth = with_rank(input, 4).tuple
        *sizes, own = with_rank(filter, 3).tuple
        merge_sizes(depth, own)
        found = [
            sliding_windows.output_size(n, k, s, self.padding, r)
            for n, k, s, r in zip(sides, sizes, self.strides[1:3], self.rates[1:3])
        ]
        return TensorShape.of((batch, *found, merge_sizes(depth, own)))

    def kernel(self, xp, input, filter):
        self.checked(input, filter)
        found, _ = self.sums(input, filter)
        most = next(found)
        for each in found:
            np.maximum(most, each, out=most)
        return most.astype(input.dtype)

    def gradient(self, tf, dy, y, input, filter):
        rest = self.strides, self.rates, self.padding
        return (
            apply(Dilation2DBackpropInput(*rest), input, filter, dy),
            apply(Dilation2DBackpropFilter(*rest), input, filter, dy),
        )


class Dilation2DBackpropInput(_Morphology, output="in_backprop"):
    """The gradient of Dilation2D for the images."""

    inputs = ("input: T", "filter: T", "out_backprop: T")

    def shape(self, input, filter, dy):
        return input

    def kernel(self, xp, input, filter, dy):
        chosen, pads = self.attained(input, filter)
        down, across = np.divmod(chosen, filter.shape[1])
        batch, rows, columns, channels = np.ogrid[tuple(map(slice, chosen.shape))]
        at_row = rows * self.strides[1] + down * self.rates[1] - pads[0][0]
        at_column = columns * self.strides[2] + across * self.rates[2] - pads[1][0]
        result = np.zeros_like(input)
        np.add.at(result, (batch, at_row, at_column, channels), dy)
        return result


class Dilation2DBackpropFilter(_Morphology, output="filter_backprop"):
    """The gradient of Dilation2D for the shape."""

    inputs = ("input: T", "filter: T", "out_backprop: T")

    def shape(self, input, filter, dy):
        return filter

    def kernel(self, xp, input, filter, dy):
        chosen, _ = self.attained(input, filter)
        result = np.zeros_like(filter).reshape(-1, filter.shape[2])
        np.add.at(result, (chosen, np.arange(filter.shape[2])), dy)
        return result.reshape(filter.shape)


def dilation2d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    rates: Any = None,
    padding: str | None = None,
    name: str | None = None,
    filters: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Return the largest of the pixels under a shape that moves over images, each plus its element of the shape.

    Args:
        input: images, (batch, height, width, channels), of real numbers.
        filter: the shape, (height, width, channels), of the same type; zeros for the maximum itself.
        strides: the steps of the shape, [1, rows, columns, 1].
        rates: the distance of the pixels under the shape, [1, rows, columns, 1].
        padding: "SAME" or "VALID".
        name: the name of the node.
        filters, dilations: other names of `filter` and `rates`.

    Returns:
        A tensor of the same type.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> image = tf.reshape([0.0, 5.0, 1.0, 2.0], [1, 1, 4, 1])
        >>> print(tf.nn.dilation2d(image, tf.zeros([1, 2, 1]), [1, 1, 1, 1], [1, 1, 1, 1], "VALID").eval().ravel())
        [5. 5. 2.]
    """
    filter = shape_ops.either("filters", filters, "filter", filter)
    rates = shape_ops.either("dilations", dilations, "rates", rates)
    attributes: Any = tuple(strides), tuple(rates), padding
    return apply(Dilation2D(*attributes), input, filter, name=name)


def erosion2d(value: Any, kernel: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Tensor:
    """Return the smallest of the pixels under a shape that moves over images, each minus its element of the shape.

    Args:
        value, kernel, strides, rates, padding, name: as for `dilation2d`.

    Example:
        >>> image = tf.reshape([3.0, 5.0, 1.0, 2.0], [1, 1, 4, 1])
        >>> print(tf.nn.erosion2d(image, tf.zeros([1, 2, 1]), [1, 1, 1, 1], [1, 1, 1, 1], "VALID").eval().ravel())
        [3. 1. 1.]
    """
    with atomic_scope(name, "erosion2d", [value, kernel]) as scope:
        below = negative.negative(value)
        shape = reverse.reverse_v2(kernel, [0, 1])
        return negative.negative(dilation2d(below, shape, strides, rates, padding, name=scope))
