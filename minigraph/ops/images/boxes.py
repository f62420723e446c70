"""Boxes drawn on images, and boxes drawn at random: crops that show enough of an object."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.seeds import get_seed
from minigraph.graph.shape_rules import with_rank, with_size
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.ops.random.drawing import Random

__all__ = ["draw_bounding_boxes", "sample_distorted_bounding_box", "sample_distorted_bounding_box_v2"]

# yellow, blue, red, lime, purple, olive, maroon, navy, aqua, fuchsia
_COLOURS = np.array(
    [
        [1, 1, 0, 1],
        [0, 0, 1, 1],
        [1, 0, 0, 1],
        [0, 1, 0, 1],
        [0.5, 0, 0.5, 1],
        [0.5, 0.5, 0, 1],
        [0.5, 0, 0, 1],
        [0, 0, 0.5, 1],
        [0, 1, 1, 1],
        [1, 0, 1, 1],
    ]
)


class _Drawing(OpDef):
    """Base: the outlines of boxes, one pixel wide."""

    gradient = no_gradient

    def check_static(self, images: TensorShape, boxes: TensorShape) -> TensorShape:
        """Return the shape of the images; ShapeError if there are none."""
        channels = with_rank(images, 4).tuple[3]
        if channels not in (None, 1, 3, 4):
            raise ShapeError("Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)")
        with_size(with_rank(boxes, 3).tuple[2], 4)
        return images

    def drawn(self, images: Any, boxes: Any, colours: np.ndarray) -> np.ndarray:
        """Return the images with the outlines of their boxes."""
        if images.ndim != 4:
            raise invalid("The rank of the images should be 4")
        if boxes.ndim != 3:
            raise invalid("The rank of the boxes tensor should be 3")
        if len(images) != len(boxes):
            raise invalid("The batch sizes should be the same")
        result = images.copy()
        sides = np.float32(images.shape[1:3]) - np.float32(1)
        corners = (np.asarray(boxes).reshape(*boxes.shape[:2], 2, 2) * sides).astype(np.int64)
        for image, of_image in zip(result, corners.tolist()):
            for i, ((top, left), (bottom, right)) in enumerate(of_image):
                _outline(image, top, left, bottom, right, colours[i % len(colours), : images.shape[3]])
        return result


def _outline(image: np.ndarray, top: int, left: int, bottom: int, right: int, colour: np.ndarray) -> None:
    height, width = image.shape[:2]
    if top > bottom or left > right or top >= height or bottom < 0 or left >= width or right < 0:
        return
    rows, columns = slice(max(top, 0), bottom + 1), slice(max(left, 0), right + 1)
    for row in {top, bottom} & {*range(height)}:
        image[row, columns] = colour
    for column in {left, right} & {*range(width)}:
        image[rows, column] = colour


class DrawBoundingBoxes(_Drawing):
    """Draw boxes in ten colours, one after the other; on grey images they are white."""

    inputs = ("images: T", "boxes: float32")
    allowed = {"T": (dtypes.float32, dtypes.float16)}
    type_defaults = {"T": dtypes.float32}

    def shape(self, images, boxes):
        return self.check_static(images, boxes)

    def kernel(self, xp, images, boxes):
        grey = images.ndim == 4 and images.shape[3] == 1
        return self.drawn(images, boxes, np.ones((1, 1)) if grey else _COLOURS)


class DrawBoundingBoxesV2(_Drawing):
    """Draw boxes in colours that are given."""

    inputs = ("images: T", "boxes: float32", "colors: float32")
    allowed = DrawBoundingBoxes.allowed
    type_defaults = DrawBoundingBoxes.type_defaults

    def shape(self, images, boxes, colors):
        return self.check_static(images, boxes)

    def kernel(self, xp, images, boxes, colors):
        if colors.ndim != 2:
            raise invalid(f"colors must be a 2-D matrix{brackets(colors.shape)}")
        if images.ndim == 4 and colors.shape[1] < images.shape[3]:
            text = "colors must have equal or more channels than the image provided: "
            raise invalid(f"{text}{brackets(colors.shape)}")
        return self.drawn(images, boxes, colors if len(colors) else _COLOURS)


class _Rectangle(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> np.float32:
        return np.float32((self.right - self.left) * (self.bottom - self.top))

    def common(self, other: _Rectangle) -> np.float32:
        """Return the area of the intersection."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return np.float32(0) if left > right or top > bottom else _Rectangle(left, top, right, bottom).area


class _Draws:
    """Random numbers one by one, from blocks that are reserved for one run."""

    def __init__(self, stream: Any, blocks: int):
        self._stream, self._next = stream, stream.reserve(blocks)
        self._words: list[int] = []

    def word(self) -> int:
        """Return the next 32 bits."""
        if not self._words:
            self._words = self._stream.blocks_from(self._next, 1)[0].tolist()[::-1]
            self._next += 1
        return self._words.pop()

    def unit(self) -> np.float32:
        """Return a number in [0, 1)."""
        return np.float32(self.word() & 0x7FFFFF) * np.float32(2.0**-23)

    def below(self, count: int) -> int:
        """Return an integer below `count`; numbers that would make small ones likelier are drawn again."""
        if count & (count - 1) == 0:
            return self.word() & (count - 1)
        least = 0xFFFFFFFF % count + 1
        word = self.word()
        while word < least:
            word = self.word()
        return word % count


def _rint(x: Any) -> int:
    return int(np.rint(np.float32(x)))


class SampleDistortedBoundingBoxV2(Random):
    """A crop of random size and position that shows enough of one of the boxes."""

    aspect_ratio_range: tuple = (0.75, 1.33)
    area_range: tuple = (0.05, 1.0)
    max_attempts: int = 100
    use_image_if_no_bounding_boxes: bool = False

    inputs = ("image_size: T", "bounding_boxes: float32", "min_object_covered: float32")
    outputs = ("begin: T", "size: T", "bboxes: float32")
    allowed = {"T": (dtypes.uint8, dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64)}
    gradient = no_gradient

    def shape(self, image_size, boxes, covered):
        with_size(with_rank(image_size, 1).tuple[0], 3)
        with_size(with_rank(boxes, 3).tuple[2], 4)
        with_rank(covered, 0)
        return TensorShape.of((3,)), TensorShape.of((3,)), TensorShape.of((1, 1, 4))

    def kernel(self, xp, image_size, boxes, covered, state):
        self._check(np.asarray(image_size), boxes, covered)
        height, width = np.asarray(image_size).tolist()[:2]
        whole = _Rectangle(0, 0, width, height)
        objects = [_in_pixels(box, height, width) for box in np.asarray(boxes).reshape(-1, 4)] or [whole]
        draws = _Draws(state, self.max_attempts)
        tries = (self._crop(draws, height, width) for _ in range(self.max_attempts))
        crop = next((each for each in tries if each and _shows(each, objects, covered)), whole)
        kind = image_size.dtype.type
        begin = np.array([crop.top, crop.left, 0], kind)
        size = np.array([crop.bottom - crop.top, crop.right - crop.left, -1]).astype(kind)
        ends = np.array([crop.top, crop.left, crop.bottom, crop.right], np.float32)
        return begin, size, (ends / np.array([height, width, height, width], np.float32)).reshape(1, 1, 4)

    def _check(self, image_size: np.ndarray, boxes: Any, covered: Any) -> None:
        if image_size.ndim != 1:
            raise invalid(f"image_size must be 1-dimensional{brackets(image_size.shape)}")
        if image_size.size != 3:
            raise invalid(f"image_size must contain 3 elements{brackets(image_size.shape)}")
        if covered < 0:
            raise invalid(f"Min object covered must be non-negative: {covered:g}")
        for side, word in zip(image_size.tolist(), ("height", "width")):
            if not 0 <= side < 2**31 - 1:
                raise invalid(f"image {word} cannot be >= int32 max")
        self._check_boxes(boxes)
        self._check_ranges()

    def _check_boxes(self, boxes: Any) -> None:
        if boxes.size and boxes.shape[-1] != 4:
            raise invalid(f"bounding boxes must have shape [4] or [*, 4], got {brackets(boxes.shape)}")
        if not boxes.size and not self.use_image_if_no_bounding_boxes:
            raise invalid(
                "No bounding boxes provided as input. One must enable use_image_if_no_bounding_boxes if you wish to "
                "not provide any bounding boxes."
            )
        wrong = boxes[(boxes < 0) | (boxes > 1)]
        if wrong.size:
            raise invalid(f"All bounding box coordinates must be in [0.0, 1.0]: {wrong[0]:g}")

    def _check_ranges(self) -> None:
        for word, each in (("Aspect ratio", self.aspect_ratio_range), ("Area", self.area_range)):
            if len(each) != 2:
                raise invalid(f"{word} range field must specify 2 dimensions")
            if min(each) <= 0 or (word == "Area" and max(each) > 1):
                raise invalid(f"{word} range must be non-negative: [{each[0]:g}, {each[1]:g}]")
        if self.max_attempts <= 0:
            raise invalid(f"Max attempts must be non-negative: {self.max_attempts}")

    def _crop(self, draws: _Draws, height: int, width: int) -> _Rectangle | None:
        """Return a crop drawn at random, or None if there is none of that aspect ratio."""
        low, high = np.array(self.aspect_ratio_range, np.float32)
        ratio = draws.unit() * (high - low) + low
        least, most = (np.float32(part) * np.float32(width) * np.float32(height) for part in self.area_range)
        if not width * height or ratio <= 0 or least > most:
            return None
        rows, columns = _sides(_height(draws, height, width, ratio, least, most), ratio, least, most)
        if not (least <= rows * columns <= most and 0 < rows <= height and 0 < columns <= width):
            return None
        top, left = (draws.below(spare) if spare else 0 for spare in (height - rows, width - columns))
        return _Rectangle(left, top, left + columns, top + rows)


def _sides(rows: int, ratio: Any, least: Any, most: Any) -> tuple[int, int]:
    """Return the height and width of a crop, one more or less where rounding has left the range of areas."""
    sides = rows, _rint(np.float32(rows) * ratio)
    for step, is_wrong in ((1, lambda area: area < least), (-1, lambda area: area > most)):
        if is_wrong(np.float32(sides[0] * sides[1])):
            sides = sides[0] + step, _rint(np.float32(sides[0] + step) * ratio)
    return sides


def _height(draws: _Draws, height: int, width: int, ratio: Any, least: Any, most: Any) -> int:
    """Return the height of a crop, drawn from those that fit an area and a ratio."""
    found, largest = (_rint(np.sqrt(area / ratio)) for area in (least, most))
    if _rint(np.float32(largest) * ratio) > width:
        largest = int(np.float32(width + 0.5 - 1e-7) / ratio)
        if _rint(np.float32(largest) * ratio) > width:
            largest -= 1
    largest = min(largest, height)
    found = min(found, largest)
    return found + draws.below(largest - found + 1) if found < largest else found


def _in_pixels(box: np.ndarray, height: int, width: int) -> _Rectangle:
    top, left, bottom, right = (int(n) for n in box * np.array([height, width, height, width], np.float32))
    return _Rectangle(left, top, right, bottom)


def _shows(crop: _Rectangle, objects: list, covered: Any) -> bool:
    """Return True if a crop shows at least that part of one object."""
    if crop.area < 1:
        return False
    return any(each.area >= 1 and each.common(crop) / each.area >= covered for each in objects)


def draw_bounding_boxes(images: Any, boxes: Any, name: str | None = None, colors: Any = None) -> Tensor:
    """Draw the outlines of boxes on images.

    Args:
        images: float32 or float16 images, (batch, height, width, channels) with 1, 3 or 4 channels.
        boxes: float32, (batch, boxes, 4): rows (y1, x1, y2, x2) from 0 to 1.
        name: the name of the node.
        colors: float32, (colours, channels): the boxes have them in turn; ten bright colours by default.

    Returns:
        A tensor of the images' shape and type.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> drawn = tf.image.draw_bounding_boxes(tf.zeros([1, 4, 4, 1]), [[[0.0, 0.0, 0.7, 0.7]]])
        >>> print(drawn.eval()[0, :, :, 0])
        [[1. 1. 1. 0.]
         [1. 0. 1. 0.]
         [1. 1. 1. 0.]
         [0. 0. 0. 0.]]
    """
    if colors is None:
        return apply(DrawBoundingBoxes(), images, boxes, name=name)
    return apply(DrawBoundingBoxesV2(), images, boxes, colors, name=name)


def sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: int | None = None,
    seed2: int | None = None,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: int | None = None,
    use_image_if_no_bounding_boxes: bool | None = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Draw a crop of random size and position that shows enough of one of an image's boxes.

    Args:
        image_size: the height, width and number of channels, of an integer type.
        bounding_boxes: float32, (images, boxes, 4): rows (y1, x1, y2, x2) from 0 to 1.
        seed, seed2: the seeds; numbers are TensorFlow's. Without them each session draws others.
        min_object_covered: the least part of a box that the crop shows.
        aspect_ratio_range: the least and largest ratio of width and height; (0.75, 1.33) by default.
        area_range: the least and largest part of the image; (0.05, 1) by default.
        max_attempts: how many crops are drawn until the whole image is taken; 100 by default.
        use_image_if_no_bounding_boxes: if there is no box, take the image for one, instead of an error.
        name: the name scope.

    Returns:
        The position and the size of the crop, for `tf.slice`, and the crop as a box, (1, 1, 4), for
        `tf.image.draw_bounding_boxes`.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, for boxes or options that cannot be.

    Example:
        >>> box = [[[0.2, 0.2, 0.8, 0.8]]]
        >>> begin, size, _ = tf.image.sample_distorted_bounding_box([100, 100, 3], box, seed=1, min_object_covered=0.5)
        >>> print(sess.run([begin, size]))
        [array([1, 7, 0], dtype=int32), array([75, 59, -1], dtype=int32)]
    """
    options: dict[str, Any] = {
        "seed": seed,
        "seed2": seed2,
        "aspect_ratio_range": _floats(aspect_ratio_range),
        "area_range": _floats(area_range),
        "max_attempts": max_attempts,
        "use_image_if_no_bounding_boxes": use_image_if_no_bounding_boxes,
    }
    op_def = SampleDistortedBoundingBoxV2(**{key: value for key, value in options.items() if value is not None})
    with atomic_scope(name, "sample_distorted_bounding_box"):
        return tuple(apply(op_def, image_size, bounding_boxes, min_object_covered, name=name))


def _floats(values: Any) -> tuple | None:
    return None if values is None else tuple(float(np.float32(value)) for value in values)


def sample_distorted_bounding_box_v2(
    image_size: Any, bounding_boxes: Any, seed: int | None = 0, *args: Any, **options: Any
) -> tuple[Tensor, Tensor, Tensor]:
    """Draw a crop as `sample_distorted_bounding_box` does, with one seed, which the graph's seed completes."""
    first, second = get_seed(seed) if seed else (0, 0)
    return sample_distorted_bounding_box(image_size, bounding_boxes, first, second, *args, **options)
