"""What a `tf.test.TestCase` asserts of numbers: arrays, tensors, and nested structures of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.variables.variable import Variable

__all__ = ["Comparisons"]

_MOST_SHOWN = 500  # elements of a value that a message shows whole, however many axes it has
_LISTED = 10  # elements of which a message says where they are


class Comparisons:
    """The assertions on numbers. Each takes numbers, lists, arrays or tensors; tensors are evaluated."""

    failureException: type[Exception] = AssertionError
    assertEqual: Callable
    assertTrue: Callable
    assertLess: Callable
    assertLessEqual: Callable
    assertGreater: Callable
    assertGreaterEqual: Callable
    assertCountEqual: Callable

    def evaluate(self, tensors: Any) -> Any:
        """Return the values of tensors; a case does it in a session."""
        raise NotImplementedError

    def _array(self, value: Any) -> np.ndarray:
        """Return a value as an array, a tensor's by evaluating it."""
        if isinstance(value, (Tensor, Variable)):
            value = self.evaluate(value)
        return value if isinstance(value, np.ndarray) else np.array(value)

    # Near values

    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: Any = None) -> None:
        """Check that two values, or all that two structures of them hold, are near: |a - b| <= atol + rtol |b|.

        Args:
            a, b: values; or dicts, named tuples, tuples and lists of them, nested in any way.
            rtol, atol: the relative and the absolute tolerance; NaN is near NaN.
            msg: what a failure says besides.

        Raises:
            AssertionError: if shapes or values differ; the message tells which elements.
            ValueError: if one holds a dict, or more items, where the other does not.

        Example:
            >>> case = tf.test.TestCase()
            >>> case.assertAllClose({"a": [1.0, tf.sqrt(4.0)]}, {"a": [1.0, 2.0]})
            >>> case.assertAllClose([1.0, 2.0], [1.0, 2.1])
            Traceback (most recent call last):
            ...
            AssertionError:
            Not equal to tolerance rtol=1e-06, atol=1e-06
            ...
        """
        self._close(a, b, rtol, atol, "" if msg is None else msg, "")

    def _close(self, a: Any, b: Any, rtol: float, atol: float, msg: Any, path: str) -> None:
        a, b = (value._asdict() if hasattr(value, "_asdict") else value for value in (a, b))
        if isinstance(a, Mapping) or isinstance(b, Mapping):
            self._check_keys(a, b, msg, path)
            self._each_close([(key, a[key], b[key]) for key in a], rtol, atol, msg, path)
        elif (pair := self._arrays(a, b)) is not None:
            self._arrays_close(*pair, rtol, atol, f"Mismatched value: a{path} is different from b{path}. {msg}")
        else:
            self._each_close(_pairs(a, b, msg, path), rtol, atol, msg, path)

    def _each_close(self, items: list, rtol: float, atol: float, msg: Any, path: str) -> None:
        for key, a, b in items:
            self._close(a, b, rtol, atol, msg, f"{path}[{key}]")

    def _check_keys(self, a: Any, b: Any, msg: Any, path: str) -> None:
        if not (isinstance(a, Mapping) and isinstance(b, Mapping)):
            raise ValueError(f"Can't compare dict to non-dict, a{path} vs b{path}. {msg}")
        keys = f"a{path} has keys {a.keys()}, but b{path} has keys {b.keys()}"
        self.assertCountEqual(a.keys(), b.keys(), msg=f"mismatched keys: {keys}. {msg}")

    def _arrays(self, *values: Any) -> tuple[np.ndarray, np.ndarray] | None:
        """Return two values as arrays; None where one is a list whose items are tensors, or do not make an array."""
        try:
            one, other = map(self._array, values)
        except (ValueError, TypeError, NotImplementedError):
            return None
        return None if object in (one.dtype, other.dtype) else (one, other)

    def _arrays_close(self, a: np.ndarray, b: np.ndarray, rtol: float, atol: float, msg: str) -> None:
        contents = f" with contents {b}" if b.ndim <= 3 or b.size < _MOST_SHOWN else ""
        self.assertEqual(a.shape, b.shape, f"Shape mismatch: expected {a.shape}, got {b.shape}{contents}.")
        if not np.allclose(a, b, rtol=rtol, atol=atol):
            with np.errstate(invalid="ignore"):
                far = (np.abs(a - b) > atol + rtol * np.abs(b)) | (np.isnan(a) != np.isnan(b))
                found = [msg, *_differences(a, b, far)]
            np.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg="\n".join(found), equal_nan=True)

    def assertAllCloseAccordingToType(
        self,
        a: Any,
        b: Any,
        rtol: float = 1e-6,
        atol: float = 1e-6,
        float_rtol: float = 1e-6,
        float_atol: float = 1e-6,
        half_rtol: float = 1e-3,
        half_atol: float = 1e-3,
        bfloat16_rtol: float = 1e-2,
        bfloat16_atol: float = 1e-2,
        msg: Any = None,
    ) -> None:
        """Check as `assertAllClose`, with the largest of the tolerances that are meant for the types of the two."""
        a, b = self._array(a), self._array(b)
        found = {a.dtype, b.dtype}
        if found & {np.dtype(np.float32), np.dtype(np.complex64)}:
            rtol, atol = max(rtol, float_rtol), max(atol, float_atol)
        if np.dtype(np.float16) in found:
            rtol, atol = max(rtol, half_rtol), max(atol, half_atol)
        if "bfloat16" in {dtype.name for dtype in found}:
            rtol, atol = max(rtol, bfloat16_rtol), max(atol, bfloat16_atol)
        self.assertAllClose(a, b, rtol=rtol, atol=atol, msg=msg)

    def assertNotAllClose(self, a: Any, b: Any, **kwargs: Any) -> None:
        """Check that `assertAllClose`, which gets the other arguments, fails."""
        try:
            self.assertAllClose(a, b, **kwargs)
        except AssertionError:
            return
        raise AssertionError("The two values are close at all elements")

    def assertNear(self, f1: float, f2: float, err: float, msg: Any = None) -> None:
        """Check that two numbers differ by at most `err`."""
        if not (f1 == f2 or abs(f1 - f2) <= err):
            one, other, most = (np.asarray(number).item() for number in (f1, f2, err))  # arrays of one element too
            more = "" if msg is None else f" ({msg})"
            self.assertTrue(False, f"{one:f} != {other:f} +/- {most:f}{more}")

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: Any = None) -> None:
        """Check that two lists of numbers are equally long, and each pair differs by at most `err`."""
        self.assertEqual(len(farray1), len(farray2), msg=msg)
        for one, other in zip(farray1, farray2):
            self.assertNear(float(one), float(other), err, msg=msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: Any = None) -> None:
        """Check that the difference of two arrays has a norm below `err`."""
        self.assertTrue(bool(np.linalg.norm(ndarray1 - ndarray2) < err), msg=msg)

    # Equal values

    def assertAllEqual(self, a: Any, b: Any, msg: Any = None) -> None:
        """Check that two arrays or tensors have the same shape and the same elements; NaN equals NaN.

        Example:
            >>> tf.test.TestCase().assertAllEqual(tf.range(3), [0, 1, 2])
        """
        text = "" if msg is None else msg
        a, b = self._array(a), self._array(b)
        contents = f" Contents: {b}." if b.ndim <= 3 or b.size < _MOST_SHOWN else ""
        self.assertEqual(a.shape, b.shape, f"Shape mismatch: expected {a.shape}, got {b.shape}.{contents} {text}")
        same = np.asarray(a == b)
        if dtypes.as_dtype(a.dtype).is_floating:
            same = same | (np.isnan(a) & np.isnan(b))
        if not np.all(same):
            np.testing.assert_array_equal(a, b, err_msg="\n".join([text, *_differences(a, b, ~same)]))

    def assertNotAllEqual(self, a: Any, b: Any, msg: Any = None) -> None:
        """Check that two arrays or tensors differ in an element."""
        try:
            self.assertAllEqual(a, b, msg)
        except AssertionError:
            return
        raise AssertionError("The two values are equal at all elements")

    # Bounds

    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:
        """Check that all elements are above a number."""
        self.assertGreater(np.min(self._array(a)).item(), comparison_target)

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        """Check that all elements are below a number."""
        self.assertLess(np.max(self._array(a)).item(), comparison_target)

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        """Check that no element is below a number."""
        self.assertGreaterEqual(np.min(self._array(a)).item(), comparison_target)

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        """Check that no element is above a number."""
        self.assertLessEqual(np.max(self._array(a)).item(), comparison_target)

    def assertAllInRange(
        self,
        target: Any,
        lower_bound: Any,
        upper_bound: Any,
        open_lower_bound: bool = False,
        open_upper_bound: bool = False,
    ) -> None:
        """Check that all elements lie in a range.

        Args:
            target: an array or a tensor of numbers.
            lower_bound, upper_bound: the ends of the range.
            open_lower_bound, open_upper_bound: whether an element may not be equal to that end.

        Raises:
            AssertionError: if they do not, if there is a NaN, or the elements have no order.
        """
        target = self._array(target)
        if target.dtype.kind not in "iuf":
            kind = f"instead it has type: {target.dtype}"
            raise AssertionError(f"The value of {target} does not have an ordered numeric type, {kind}")
        _expect_none(target, np.isnan(target), "are NaN")
        outside = target <= lower_bound if open_lower_bound else target < lower_bound
        outside = outside | (target >= upper_bound if open_upper_bound else target > upper_bound)
        left, right = "(" if open_lower_bound else "[", ")" if open_upper_bound else "]"
        _expect_none(target, outside, f"are outside the range {left}{lower_bound}, {upper_bound}{right}")

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """Check that each element is one of a list, tuple or set."""
        others = np.setdiff1d(self._array(target).flatten(), list(expected_set))
        if others.size:
            raise AssertionError(f"{others.size} unique element(s) are not in the set {expected_set}: {others}")

    # Types and shapes

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        """Check the type of an array, or of the value of a tensor, against one of numpy."""
        self.assertEqual(self._array(target).dtype, expected_dtype)

    def assertShapeEqual(self, np_array: Any, tf_tensor: Any, msg: Any = None) -> None:
        """Check that a tensor has, statically, the shape of an array.

        Raises:
            TypeError: if the first is not an array or a numpy scalar, or the second not a tensor.
        """
        if not isinstance(np_array, (np.ndarray, np.generic)):
            raise TypeError("np_array must be a Numpy ndarray or Numpy scalar")
        if not isinstance(tf_tensor, Tensor):
            raise TypeError("tf_tensor must be a Tensor")
        self.assertAllEqual(np_array.shape, tf_tensor.get_shape().as_list(), msg=msg)


def _pairs(a: Any, b: Any, msg: Any, path: str) -> list[tuple[int, Any, Any]]:
    """Return the items of two sequences, pair by pair, with their numbers.

    Raises:
        TypeError, ValueError: if they are none, or of different lengths.
    """
    if not (isinstance(a, (list, tuple)) and hasattr(b, "__len__")):
        raise TypeError(f"a{path} has {type(a)}, but b{path} has {type(b)}: they are not all numbers. {msg}")
    if len(a) != len(b):
        lengths = f"a{path} has {len(a)} items, but b{path} has {len(b)} items"
        raise ValueError(f"Mismatched length: {lengths}. {msg}")
    return [(i, *pair) for i, pair in enumerate(zip(a, b))]


def _differences(a: np.ndarray, b: np.ndarray, where: np.ndarray) -> list[str]:
    """Return lines on the elements of two arrays that differ: where they are, and what they are."""
    at, count = np.argwhere(where)[:_LISTED], int(np.count_nonzero(where))
    shown = [f"{tuple(index.tolist())}: {a[tuple(index)]} is not {b[tuple(index)]}" for index in at] if a.ndim else []
    return [*shown, *["..."] * (count > len(at)), f"dtype = {a.dtype}, shape = {a.shape}"]


def _expect_none(target: np.ndarray, bad: np.ndarray, what: str) -> None:
    """Raise an AssertionError that says where the bad elements are, if there are some."""
    at = np.argwhere(bad)
    if len(at):
        lines = [f"  {index} : {target[tuple(index)]}" for index in at[:_LISTED]] + ["  ..."] * (len(at) > _LISTED)
        raise AssertionError("\n".join([f"{len(at)} of the {target.size} element(s) {what}.", *lines]))
