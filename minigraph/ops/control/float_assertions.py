"""Assertions about floats, and about what a function of many tensors is given."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.control.assertions import Assert
from minigraph.ops.math import comparison, reduce_max_min, signs

__all__ = ["assert_near", "assert_proper_iterable", "assert_same_float_dtype"]


def assert_near(
    x: Any,
    y: Any,
    rtol: Any = None,
    atol: Any = None,
    data: Any = None,
    summarize: int | None = None,
    message: str | None = None,
    name: str | None = None,
) -> Operation:
    """Check that two tensors are close, element by element: |x - y| < atol + rtol * |y|.

    Args:
        x, y: tensors of one float or complex type, of shapes that can be broadcast.
        rtol, atol: the tolerances, by default ten times the precision of the type.
        data: a list of tensors to show on failure, by default the two tensors.
        summarize: the number of elements of each to show.
        message: the beginning of the message.
        name: the name scope.

    Returns:
        An operation that fails if it does not hold; dependent operations should wait for it.

    Raises:
        InvalidArgumentError: in a run.

    Example:
        >>> with tf.control_dependencies([tf.assert_near(tf.constant(1.0), tf.constant(1.0))]):
        ...     print(tf.identity(2.0).eval())
        2.0
    """
    with atomic_scope(name, "assert_near", [x, y, rtol, atol, data]):
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, x.dtype.base_dtype, name="y")
        default = 10 * np.finfo(x.dtype.as_numpy_dtype).eps
        rtol = convert_to_tensor(default if rtol is None else rtol, x.dtype.base_dtype, name="rtol")
        atol = convert_to_tensor(default if atol is None else atol, x.dtype.base_dtype, name="atol")
        if data is None:
            told = f"x and y not equal to tolerance rtol = {rtol}, atol = {atol}"
            data = [message or "", told, f"x ({x.name}) = ", x, f"y ({y.name}) = ", y]
        tolerance = atol + rtol * signs.abs(y)
        difference = signs.abs(x - y)
        return Assert(reduce_max_min.reduce_all(comparison.less(difference, tolerance)), data, summarize=summarize)


def assert_same_float_dtype(tensors: Any = None, dtype: Any = None) -> DType:
    """Return the float type of tensors, which must have the same.

    Args:
        tensors: a list of tensors and variables; Nones are left out.
        dtype: the type that they must have, if any.

    Returns:
        The common type; float32 if neither argument is given.

    Raises:
        ValueError: if the types differ, or are no floats.

    Example:
        >>> tf.debugging.assert_same_float_dtype([tf.constant(1.0), None])
        tf.float32
    """
    wanted, first = (None if dtype is None else as_dtype(dtype)), ""
    for each in tensors or ():
        if each is None:
            continue
        found = each.dtype.base_dtype
        if wanted is None:
            wanted, first = found, f" as {each.name}"
        elif found != wanted:
            raise ValueError(f"{each.name}, type={found}, must be of the same type ({wanted}){first}.")
    if wanted is None:
        return dtypes.float32
    if not wanted.is_floating:
        raise ValueError(f"Expected floating point type, got {wanted}.")
    return wanted


def assert_proper_iterable(values: Any) -> None:
    """Raise TypeError unless a value is an iterable of tensors: a tensor, an array and a text are none.

    Raises:
        TypeError: if it is a tensor, an array or a text, or not iterable.

    Example:
        >>> tf.debugging.assert_proper_iterable([tf.constant(1.0)])
    """
    if isinstance(values, (Tensor, np.ndarray, str, bytes)):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  Found: {type(values)}')
    if not hasattr(values, "__iter__"):
        raise TypeError(f'Expected argument "values" to be iterable.  Found: {type(values)}')
