"""Accumulators in a session: gradients that are summed until there are enough of them for their mean."""

from __future__ import annotations

import copy
import logging
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.dtypes import DType
from minigraph.graph.invalid import invalid
from minigraph.graph.limits import wait
from minigraph.graph.resource import Resource
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["Accumulator", "SparseAccumulator"]

_logger = logging.getLogger("tensorflow")


class Accumulator(Resource):
    """A sum of gradients, and the step to which they belong: older ones are dropped.

    Args:
        name: the name of its node.
        dtype: the dtype of the gradients.
        shape: their shape, as far as it is known.
        is_mean: take the mean of them, or their sum.
        shared_name: its name in messages; by default made of the node's.

    Attributes:
        count: how many gradients the sum has.

    Example:
        >>> accumulator = Accumulator("a", tf.float32, tf.TensorShape([2]))
        >>> accumulator.add(0, np.float32([1, 2])); accumulator.add(0, np.float32([3, 2]))
        >>> print(accumulator.count, accumulator.take(2))
        2 [2. 2.]
        >>> accumulator.add(0, np.float32([1, 2])); accumulator.count  # the step is 1 now
        0
    """

    def __init__(self, name: str, dtype: DType, shape: TensorShape, is_mean: bool = True, shared_name: str = ""):
        super().__init__(name, shared_name)
        self._dtype, self._shape, self._is_mean = dtype.as_numpy_dtype, shape, is_mean
        self.count, self._step = 0, 0
        self._sum: Any = None
        self._changed = threading.Condition(threading.Lock())
        self._waiting: deque[object] = deque()  # who comes first takes first
        self._released = False

    def __deepcopy__(self, memo: Any) -> Accumulator:
        """Return an accumulator of its own with the same sum, for which nobody waits."""
        with self._changed:
            other = copy.copy(self)
            other._sum = copy.deepcopy(self._sum)
        other._changed, other._waiting = threading.Condition(threading.Lock()), deque()
        return other

    def add(self, step: int, gradient: Any) -> None:
        """Add a gradient computed at a step, unless the accumulator has gone further meanwhile.

        Raises:
            errors.InvalidArgumentError: if the gradient has another shape.
        """
        with self._changed:
            if step < self._step:
                return
            self.check(gradient)
            self._sum = self.sum_with(gradient) if self.count else self.first(gradient)
            self.count += 1
            self._changed.notify_all()

    def take(self, required: int) -> Any:
        """Return the mean of the gradients, once there are enough of them, and begin with the next step.

        Raises:
            errors.InvalidArgumentError: if none is required.
            errors.CancelledError: if the session is closed meanwhile.
        """
        if required <= 0:
            raise invalid(f"Argument num_required must be positive, but was {required}")
        me = object()
        with self._changed:
            self._waiting.append(me)
            try:
                wait(self._changed, lambda: self._released or self._waiting[0] is me and self.count >= required)
            finally:
                self._waiting.remove(me)
                self._changed.notify_all()
            if self._released:
                raise errors.CancelledError(None, None, "TakeGrad operation was cancelled")
            result = self.taken()
            self._sum, self.count, self._step = None, 0, self._step + 1
            return result

    def set_step(self, step: int) -> None:
        """Set the step."""
        with self._changed:
            if step < self._step:
                _logger.warning("Attempt to set current_global_step_ to smaller value: %d -> %d", self._step, step)
            self._step = step

    def release(self) -> None:
        """Cancel what waits: the session has been closed."""
        with self._changed:
            self._released = True
            self._changed.notify_all()

    # How gradients are kept; the callers hold the lock

    def check(self, gradient: Any) -> None:
        """Raise InvalidArgumentError if a gradient has another shape than the accumulator, or than those before."""
        for expected in (self._shape, TensorShape(self._sum.shape if self.count else None)):
            if not expected.is_compatible_with(gradient.shape):
                raise invalid(f"Shape mismatch: expected {brackets(expected)}, got {brackets(gradient.shape)}")

    def first(self, gradient: Any) -> Any:
        """Return the sum of one gradient."""
        return np.array(gradient, self._dtype)

    def sum_with(self, gradient: Any) -> Any:
        """Return the sum with one more."""
        return np.add(self._sum, gradient, out=self._sum)

    def taken(self) -> Any:
        """Return what a take returns."""
        return self._sum / self._sum.dtype.type(self.count) if self._is_mean else self._sum


class SparseAccumulator(Accumulator):
    """A sum of rows with their indices; the mean of a row is that of the gradients that have it."""

    def check(self, gradient: Any) -> None:
        """Raise InvalidArgumentError for rows that do not fit the accumulator, or those before."""
        indices, values, shape = gradient
        if indices.ndim != 1:
            raise invalid(f"Input indices should be vector but received shape: {brackets(indices.shape)}")
        if not values.ndim:
            raise invalid("Values cannot be 0-dimensional.")
        if len(indices) != len(values):
            raise invalid(f"Expected {len(indices)} non-empty input values, got {len(values)}.")
        if self._shape.ndims:
            if shape is not None and not self._shape.is_compatible_with(shape.tolist()):
                raise invalid(f"Shape mismatch: expected {brackets(self._shape)}, got {brackets(shape.tolist())}")
            _check_rows(indices, values, self._shape.as_list())
        elif self.count:
            _check_rows(indices, values, [None, *self._sum[1].shape[1:]])

    def first(self, gradient: Any) -> Any:
        """Return the sum of one gradient."""
        indices, values, shape = gradient
        return indices.copy(), np.array(values, self._dtype), np.ones(len(indices), np.int64), shape

    def sum_with(self, gradient: Any) -> Any:
        """Return the sum with one more: both are merged as if their indices were in order, as TensorFlow does."""
        indices, values, shape = gradient
        had, rows, counts, whole = self._sum
        pairs = list(_merged(had.tolist(), indices.tolist()))
        order = [len(had) + (j or 0) if i is None else i for i, j in pairs]  # those that are in both are added below
        both = [(at, j) for at, (i, j) in enumerate(pairs) if i is not None and j is not None]
        places, added = np.array(both, np.int64).reshape(-1, 2).T
        joined = np.concatenate([rows, values])[order]
        number = np.concatenate([counts, np.ones(len(indices), np.int64)])[order]
        joined[places] += values[added]
        number[places] += 1
        return np.concatenate([had, indices])[order], joined, number, whole if shape is None else shape

    def taken(self) -> Any:
        """Return indices, values and the shape."""
        indices, values, counts, shape = self._sum
        if self._is_mean:
            values = values / counts.reshape(-1, *[1] * (values.ndim - 1)).astype(values.dtype)
        if self._shape.is_fully_defined() and self._shape.ndims:
            shape = np.array(self._shape.as_list(), np.int64)
        elif shape is None:
            shape = np.array([-1, *values.shape[1:]], np.int64)
        return indices, values, shape


def _check_rows(indices: Any, values: Any, sizes: list) -> None:
    """Raise InvalidArgumentError for rows that do not lie in a whole of these sizes, None for any."""
    if sizes[0] is not None and (indices >= sizes[0]).any():
        at = int(np.argmax(indices >= sizes[0]))
        text = f"index of slice {at} exceeded limits of shape; index is {indices[at]} exceeded {sizes[0]}"
        raise invalid(f"Shape mismatch: {text}")
    if len(sizes) != values.ndim:
        raise invalid(f"Shape mismatch: expected values rank {len(sizes)}, got {values.ndim}")
    for axis in range(1, len(sizes)):
        if sizes[axis] not in (None, values.shape[axis]):
            expected = f"expected values dim {axis} to be {sizes[axis]}, got {values.shape[axis]}"
            raise invalid(f"Shape mismatch: {expected}")


def _merged(a: list, b: list) -> Iterator[tuple[int | None, int | None]]:
    """Yield pairs of positions, one of them None if only one list has the number, in the order of two sorted lists."""
    i = j = 0
    while i < len(a) and j < len(b):
        first, second = a[i] <= b[j], b[j] <= a[i]
        yield i if first else None, j if second else None
        i, j = i + first, j + second
    yield from ((k, None) for k in range(i, len(a)))
    yield from ((None, k) for k in range(j, len(b)))
