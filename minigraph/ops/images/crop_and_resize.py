"""Boxes cut out of images and resized, as detectors of objects do, with gradients for images and boxes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, merge_sizes, with_rank, with_size
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.images.resize_family import IMAGE_TYPES, sized

__all__ = ["crop_and_resize"]

_FLOATS = (dtypes.float16, dtypes.float32, dtypes.float64)


class Axis(NamedTuple):
    """Where the pixels of each crop lie along an axis: (boxes, crop size) each."""

    at: np.ndarray
    inside: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    @property
    def part(self) -> np.ndarray:
        """The distance to the lower neighbour."""
        return self.at - self.lower.astype(np.float32)


def _axis(start: np.ndarray, end: np.ndarray, count: int, size: int) -> Axis:
    """Return the positions of a crop's pixels in an image of that size, for boxes from `start` to `end`."""
    last = np.float32(size - 1)
    if count > 1:
        step = (end - start) * last / np.float32(count - 1)
        at = (start * last)[:, None] + np.arange(count, dtype=np.float32) * step[:, None]
    else:
        at = (np.float32(0.5) * (start + end) * last)[:, None]
    inside = (at >= 0) & (at <= last)
    safe = np.where(inside, at, 0)
    return Axis(at, inside, np.floor(safe).astype(np.intp), np.ceil(safe).astype(np.intp))


def _axes(boxes: np.ndarray, sides: Any, image: Any) -> tuple[Axis, Axis]:
    y1, x1, y2, x2 = boxes.T
    return _axis(y1, y2, sides[0], image[1]), _axis(x1, x2, sides[1], image[2])


def _inside(rows: Axis, columns: Axis) -> np.ndarray:
    """Return which pixels of the crops lie within the image: (boxes, height, width, 1)."""
    return (rows.inside[:, :, None] & columns.inside[:, None, :])[..., None]


def _rounded(axis: Axis) -> np.ndarray:
    """Return the index of the nearest pixel, of two equally near ones the further one."""
    return np.floor(np.where(axis.inside, axis.at, 0) + np.float32(0.5)).astype(np.intp)


def check_boxes(boxes: Any, box_ind: Any, images: int) -> None:
    """Raise InvalidArgumentError for boxes that are none, OutOfRangeError for those of an image that is not there."""
    if boxes.ndim != 2:
        raise invalid(f"boxes must be 2-D{brackets(boxes.shape)}")
    if boxes.shape[1] != 4:
        raise invalid("boxes must have 4 columns")
    if box_ind.ndim != 1:
        raise invalid(f"box_index must be 1-D{brackets(box_ind.shape)}")
    if len(box_ind) != len(boxes):
        raise invalid("box_index has incompatible shape")
    if len(box_ind) and not (0 <= box_ind.min() and box_ind.max() < images):
        raise errors.OutOfRangeError(None, None, "box_index has values outside [0, batch_size)")


class _Boxes(OpDef):
    """Base: the shape rule of boxes and the images that they belong to."""

    def number(self, boxes: TensorShape, box_ind: TensorShape) -> int | None:
        """Return the number of boxes as far as it is known."""
        count, columns = with_rank(boxes, 2).tuple
        with_size(columns, 4)
        return merge_sizes(count, with_rank(box_ind, 1).tuple[0])


class CropAndResize(_Boxes):
    """Cut boxes out of images, and give all of them one size."""

    method: str = "bilinear"
    extrapolation_value: float = 0.0

    inputs = ("image: T", "boxes: float32", "box_ind: int32", "crop_size: int32")
    outputs = ("crops: float32",)
    allowed = {"T": IMAGE_TYPES}
    choices = {"method": ("bilinear", "nearest")}
    static_inputs = (3,)

    def shape(self, image, boxes, box_ind, crop_size):
        channels = with_rank(image, 4).tuple[3]
        return sized(self.number(boxes, box_ind), crop_size, channels)

    def kernel(self, xp, image, boxes, box_ind, crop_size):
        sides = np.asarray(crop_size).tolist()
        if image.ndim != 4:
            raise invalid(f"input image must be 4-D{brackets(image.shape)}")
        check_boxes(boxes, box_ind, len(image))
        if 0 in image.shape[1:3]:
            raise invalid("image dimensions must be positive")
        if np.shape(sides) != (2,):
            raise invalid(f"crop_size must have two elements{brackets(np.shape(sides))}")
        if min(sides) <= 0:
            raise invalid("crop dimensions must be positive")
        rows, columns = _axes(boxes, sides, image.shape)
        sample = self._bilinear if self.method == "bilinear" else self._nearest
        found = sample(image, np.asarray(box_ind)[:, None, None], rows, columns)
        return np.where(_inside(rows, columns), found, np.float32(self.extrapolation_value))

    @staticmethod
    def _nearest(image: Any, which: Any, rows: Axis, columns: Axis) -> np.ndarray:
        return image[which, _rounded(rows)[:, :, None], _rounded(columns)[:, None, :]].astype(np.float32)

    @staticmethod
    def _bilinear(image: Any, which: Any, rows: Axis, columns: Axis) -> np.ndarray:
        top, bottom = (
            _between(left, right, columns.part[:, None, :, None])
            for left, right in (_corners(image, which, at[:, :, None], columns) for at in (rows.lower, rows.upper))
        )
        return _between(top, bottom, rows.part[:, :, None, None])

    def gradient(self, tf, dy, y, image, boxes, box_ind, crop_size):
        to_image = None
        if image.dtype in _FLOATS:
            sizes = image.shape.as_list() if image.shape.is_fully_defined() else tf.shape(image)
            to_image = apply(CropAndResizeGradImage(image.dtype, self.method), dy, boxes, box_ind, sizes)
        return to_image, apply(CropAndResizeGradBoxes(), dy, image, boxes, box_ind), None, None


def _corners(image: Any, which: Any, row: np.ndarray, columns: Axis) -> list[np.ndarray]:
    """Return the pixels to the left and to the right of each position, in float32."""
    return [image[which, row, at[:, None, :]].astype(np.float32) for at in (columns.lower, columns.upper)]


def _between(a: np.ndarray, b: np.ndarray, part: np.ndarray) -> np.ndarray:
    return a + (b - a) * part


class CropAndResizeGradImage(_Boxes):
    """The gradient of CropAndResize for the images."""

    T: dtypes.DType
    method: str = "bilinear"

    inputs = ("grads: float32", "boxes: float32", "box_ind: int32", "image_size: int32")
    outputs = ("T",)
    allowed = {"T": _FLOATS}
    choices = {"method": ("bilinear", "nearest")}
    static_inputs = (3,)

    def shape(self, grads, boxes, box_ind, image_size):
        self.number(boxes, box_ind)
        return with_rank(as_sizes(image_size), 4)

    def kernel(self, xp, grads, boxes, box_ind, image_size):
        shape = np.asarray(image_size).tolist()
        check_boxes(boxes, box_ind, shape[0])
        rows, columns = _axes(boxes, grads.shape[1:3], shape)
        grads = np.where(_inside(rows, columns), grads, 0)
        first = np.asarray(box_ind, np.intp)[:, None, None] * shape[1]
        places, parts = [], []
        for row, y_weight, column, x_weight in self._targets(rows, columns):
            places.append(((first + row[:, :, None]) * shape[2] + column[:, None, :]).ravel())
            parts.append((grads * (y_weight[:, :, None] * x_weight[:, None, :])[..., None]).reshape(-1, shape[3]))
        found = rows_added(np.concatenate(parts), np.concatenate(places), shape[0] * shape[1] * shape[2])
        return found.reshape(shape).astype(self.T.as_numpy_dtype)

    def _targets(self, rows: Axis, columns: Axis) -> list:
        """Return the row and the column of the pixels that each pixel of a crop is made of, with their weights."""
        if self.method == "nearest":
            ones = [np.ones(axis.at.shape, np.float32) for axis in (rows, columns)]
            return [(_rounded(rows), ones[0], _rounded(columns), ones[1])]
        return [
            (row, y_weight, column, x_weight)
            for row, y_weight in ((rows.lower, 1 - rows.part), (rows.upper, rows.part))
            for column, x_weight in ((columns.lower, 1 - columns.part), (columns.upper, columns.part))
        ]


def rows_added(values: np.ndarray, indices: np.ndarray, count: int) -> np.ndarray:
    """Return `count` rows, each the sum of those values that have its index.

    Example:
        >>> rows_added(np.array([[1.0], [2.0], [4.0]]), np.array([2, 0, 2]), 3).ravel()
        array([2., 0., 5.])
    """
    result = np.zeros((count, values.shape[1]), values.dtype)
    if indices.size:
        order = np.argsort(indices, kind="stable")
        starts = np.flatnonzero(np.diff(indices[order], prepend=-1))
        result[indices[order][starts]] = np.add.reduceat(values[order], starts, 0)
    return result


class CropAndResizeGradBoxes(_Boxes):
    """The gradient of CropAndResize for the boxes; that of bilinear sampling, in each case."""

    method: str = "bilinear"

    inputs = ("grads: float32", "image: T", "boxes: float32", "box_ind: int32")
    outputs = ("float32",)
    allowed = {"T": IMAGE_TYPES}
    choices = {"method": ("bilinear",)}

    def shape(self, grads, image, boxes, box_ind):
        return TensorShape.of((self.number(boxes, box_ind), 4))

    def kernel(self, xp, grads, image, boxes, box_ind):
        check_boxes(boxes, np.asarray(box_ind), len(image))
        rows, columns = _axes(boxes, grads.shape[1:3], image.shape)
        which = np.asarray(box_ind)[:, None, None]
        (tl, tr), (bl, br) = (_corners(image, which, at[:, :, None], columns) for at in (rows.lower, rows.upper))
        y_part, x_part = rows.part[:, :, None, None], columns.part[:, None, :, None]
        grads = np.where(_inside(rows, columns), grads, 0)
        by_row = (grads * _between(bl - tl, br - tr, x_part)).sum((2, 3))
        by_column = (grads * _between(tr - tl, br - bl, y_part)).sum((1, 3))
        (y1, y2), (x1, x2) = (
            _ends(each, size) for each, size in ((by_row, image.shape[1]), (by_column, image.shape[2]))
        )
        return np.stack([y1, x1, y2, x2], 1).astype(np.float32, copy=False)


def _ends(by_position: np.ndarray, size: int) -> list[np.ndarray]:
    """Return the gradients for both ends of a box, given those for the positions of the crop's pixels."""
    count = by_position.shape[1]
    part = np.linspace(0, 1, count, dtype=np.float32) if count > 1 else np.full(1, 0.5, np.float32)
    return [(by_position * (weight * np.float32(size - 1))).sum(1) for weight in (1 - part, part)]


def crop_and_resize(
    image: Any,
    boxes: Any,
    box_ind: Any = None,
    crop_size: Any = None,
    method: str = "bilinear",
    extrapolation_value: float = 0,
    name: str | None = None,
    box_indices: Any = None,
) -> Tensor:
    """Cut boxes out of images, and resize all of them to one size.

    Args:
        image: images of numbers, (batch, height, width, channels).
        boxes: float32, a row (y1, x1, y2, x2) for each box, where 0 is the first pixel of the image and 1 its last.
            A box with y1 > y2 is turned upside down; what lies outside the image has the `extrapolation_value`.
        box_ind: int32, for each box the index of its image.
        crop_size: the height and width of the crops, int32.
        method: "bilinear" or "nearest".
        extrapolation_value: the number outside the image.
        name: the name of the node.
        box_indices: another name for box_ind.

    Returns:
        A float32 tensor, (boxes, crop height, crop width, channels).

    Raises:
        ValueError: if the shapes do not fit, or both `box_ind` and `box_indices` are given.
        InvalidArgumentError: in a run, for a box without image.

    Example:
        >>> image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
        >>> print(tf.image.crop_and_resize(image, [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2]).eval().ravel())
        [ 0.  3. 12. 15.]
    """
    if box_ind is not None and box_indices is not None:
        raise ValueError("Cannot specify both 'box_ind' and 'box_indices'")
    which = box_ind if box_indices is None else box_indices
    return apply(CropAndResize(method, extrapolation_value), image, boxes, which, crop_size, name=name)
