"""`TensorList`: the value of a variant tensor that is a list, and what its operations share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.c_names import c_name
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import Holder
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape

__all__ = ["as_element_shape"]

SCALAR = TensorShape.of(())
_FEW = 4  # indices of written elements that a list keeps: one read has one


class TensorList(Holder):
    """An immutable list of arrays: the shape of an element, as far as it is known, the type, and the elements.

    An element that has not been written is None; it stands for zeros of the element shape. While few elements of a new
    list are written, their indices are kept: the gradient of a read is such a list, and adding it to another must not
    take as long as the lists are.

    Example:
        >>> first = TensorList.of(TensorShape([2]), tf.float32, [np.ones(2), None])
        >>> second = first.replaced(1, np.full(2, 5.0))
        >>> print(*(first + second).items, first.zero().items)
        [2. 2.] [5. 5.] (array([0., 0.], dtype=float32), None)
    """

    __slots__ = ()

    @classmethod
    def of(cls, element_shape: TensorShape, dtype: DType, items: Iterable) -> TensorList:
        """Make a list."""
        return cls((element_shape, dtype, tuple(items), None))

    @classmethod
    def unwritten(cls, element_shape: TensorShape, dtype: DType, size: int) -> TensorList:
        """Make a list of elements that are to be written."""
        return cls((element_shape, dtype, (None,) * size, ()))

    @property
    def element_shape(self) -> TensorShape:
        """The shape of an element, as far as it is known."""
        return self[0]

    @property
    def dtype_of_items(self) -> DType:
        """The type of an element."""
        return self[1]

    @property
    def items(self) -> tuple:
        """The elements, None where there is none yet."""
        return self[2]

    @property
    def written(self) -> tuple | None:
        """The indices of the elements that are written, if they are few; else None."""
        return self[3]

    def arrays(self) -> Any:
        return tuple([item for item in self.items if item is not None])

    def zero(self) -> TensorList:
        """Return a list of zeros like each element."""
        zeros: dict[tuple, Any] = {}  # of each shape: nobody writes into them
        found = []
        for item in self.items:
            shape = None if item is None else np.shape(item)
            if shape is not None and shape not in zeros:
                zeros[shape] = np.zeros(shape, self.dtype_of_items.as_numpy_dtype)
            found.append(None if shape is None else zeros[shape])
        return self.with_items(found)

    def __add__(self, other: Any) -> TensorList:
        mine, others = self.items, other.items
        demand(
            len(mine) == len(others),
            "Trying to add two lists of tensors with different lengths. "
            f"One is {len(mine)} and the other is {len(others)}",
        )
        if self.written is not None:
            return other.plus(self)
        if other.written is not None:
            return self.plus(other)
        return self.with_items([b if a is None else a if b is None else a + b for a, b in zip(mine, others)])

    def plus(self, other: TensorList) -> TensorList:
        """Return the sum with a list of which few elements are written."""
        items = list(self.items)
        for i in other.written or ():
            items[i] = other.items[i] if items[i] is None else items[i] + other.items[i]
        return self.with_items(items)

    def with_items(self, items: Iterable) -> TensorList:
        """Return a list of the same kind with other elements."""
        return TensorList((self[0], self[1], tuple(items), None))

    def replaced(self, index: int, item: Any) -> TensorList:
        """Return the list with another element at `index`."""
        items, written = list(self.items), self.written
        items[index] = item
        if written is not None and index not in written:
            written = (*written, index) if len(written) < _FEW else None
        return TensorList((self[0], self[1], tuple(items), written))

    def check_type(self, dtype: DType) -> None:
        """Raise ValueError if the elements are not of that type."""
        if dtype is not self.dtype_of_items:
            found = c_name(self.dtype_of_items)
            raise ValueError(f"Invalid data types; op elements {c_name(dtype)} but list elements {found}")

    def check(self, item: Any, words: str, dtype: DType) -> None:
        """Raise ValueError with these words if an array does not fit as an element."""
        self.check_type(dtype)
        wanted, shape = self.element_shape.tuple, np.shape(item)
        if wanted is not None and wanted != shape and not self.element_shape.is_compatible_with(TensorShape.of(shape)):
            raise ValueError(f"{words} shape: {brackets(shape)} list shape: {brackets(self.element_shape)}")

    def shape_with(self, given: Any) -> TensorShape:
        """Return what is known of an element's shape if `given`, an array, is another description of it."""
        return merged(self.element_shape, shape_of_value(given))

    def filled(self, items: Iterable, given: Any, words: str) -> list:
        """Return elements with zeros for those that are missing; ValueError with `words` if their shape is unknown."""
        found = list(items)
        if not any(item is None for item in found):
            return found
        shape = self.shape_with(given)
        if not shape.is_fully_defined():
            for item in self.items:
                shape = shape if item is None else merged(shape, TensorShape.of(np.shape(item)))
        demand(shape.is_fully_defined(), words.format(brackets(shape)))
        zeros = empty(shape.tuple, self.dtype_of_items)
        return [zeros if item is None else item for item in found]


def empty(shape: Any, dtype: DType) -> Any:
    """Return zeros; empty strings for strings."""
    return np.full(shape, b"", object) if dtype is dtypes.string else np.zeros(shape, dtype.as_numpy_dtype)


def kept(xp: Any, array: Any) -> Any:
    """Return a copy, which no later write to a variable changes."""
    return xp.copy(array) if np.shape(array) else array


def merged(a: TensorShape, b: TensorShape) -> TensorShape:
    """Merge two shapes of elements; ValueError in the words of TF1's kernels if they contradict each other."""
    if a.is_compatible_with(b):
        return a.merge_with(b)
    if a.ndims != b.ndims:
        raise ValueError(f"PartialTensorShape: Incompatible ranks during merge: {a.ndims} vs. {b.ndims}")
    raise ValueError(f"PartialTensorShape: Incompatible shapes during merge: {brackets(a)} vs. {brackets(b)}")


def common_shape(shape: TensorShape, items: list) -> TensorShape:
    """Return the shape that elements have in common, with what was known of it."""
    before = None
    for item in items:
        found = np.shape(item)
        if found != before:
            shape, before = merged(shape, TensorShape.of(found)), found
    return shape


def shape_of_value(given: Any) -> TensorShape:
    """Return the shape that an array describes; the scalar -1 stands for an unknown rank."""
    if not np.ndim(given):
        demand(given == -1, "The only valid scalar shape tensor is the fully unknown shape specified as -1.")
        return unknown_shape()
    return TensorShape.of(tuple([None if size < 0 else size for size in np.asarray(given).tolist()]))


def static_element_shape(given: Any) -> TensorShape:
    """Return the shape that an input of a shape rule (a `StaticInput`) describes, as far as it is known."""
    return given.as_shape if given.shape.ndims == 1 else unknown_shape()


def as_element_shape(shape: Any) -> Any:
    """Return a shape as the operations on lists take it: -1 for an unknown rank, and for an unknown size.

    Args:
        shape: a TensorShape, a list of sizes, a tensor, or None.

    Example:
        >>> as_element_shape(tf.TensorShape([None, 3])), as_element_shape(None)
        ([-1, 3], -1)
    """
    if isinstance(shape, Tensor):
        return shape
    if isinstance(shape, TensorShape):
        shape = None if shape.ndims is None else shape.as_list()
    if shape is None:
        return -1
    if not len(shape):
        return convert_to_tensor([], dtypes.int32)
    return [
        -1 if size is None else getattr(size, "value", size) if not isinstance(size, Tensor) else size for size in shape
    ]
