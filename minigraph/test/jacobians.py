"""Gradients checked by differences: the Jacobian by the rules of the operations, and by small steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.autodiff.backward import gradients
from minigraph.graph.dtypes import DType, as_dtype, bfloat16, float32
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.session_for import session_for
from minigraph.ops.arrays.cast import cast
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.identity import identity

__all__ = ["compute_gradient", "compute_gradient_error"]


def compute_gradient(
    x: Any,
    x_shape: Any,
    y: Any,
    y_shape: Any,
    x_init_value: Any = None,
    delta: float = 1e-3,
    init_targets: Any = None,
    extra_feed_dict: Any = None,
) -> Any:
    """Compute the derivatives of y by x in the default session: by backpropagation, and by differences.

    Args:
        x: a tensor that can be fed, or a list of them.
        x_shape: its shape, or a list of shapes.
        y: a tensor.
        y_shape: its shape.
        x_init_value: the array at which to compute, or a list of arrays; by default random numbers in [0, 1).
        delta: the step of the differences.
        init_targets: operations to run first, such as the initializers of variables.
        extra_feed_dict: further feeds.

    Returns:
        Two matrices, of the shape [elements of x, elements of y]; for a list of tensors x a list of such pairs. A
        complex element counts as two, its real and its imaginary part.

    Raises:
        AssertionError: if x or y is not of a floating or complex type, or the value is not of the shape.
        ValueError: if there is no default session.

    Example:
        >>> x = tf.placeholder(tf.float32, [2])
        >>> with tf.Session():
        ...     exact, near = tf.test.compute_gradient(x, [2], tf.square(x), [2], np.float32([1, 2]))
        >>> exact.tolist(), bool(np.allclose(exact, near, atol=1e-3))
        ([[2.0, 0.0], [0.0, 4.0]], True)
    """
    xs, shapes = (x, x_shape) if isinstance(x, list) else ([x], [x_shape])
    values = x_init_value if isinstance(x, list) and x_init_value is not None else [x_init_value] * len(xs)
    backward = [_gradient(each, y, y_shape) for each in xs]
    session = session_for(y.graph, None, "evaluate", "tensor")
    for target in init_targets or ():
        session.run(target)
    found = []
    for each, shape, value, (dx, dy) in zip(xs, shapes, values, backward):
        _check_type(each, "x")
        _check_type(y, "y")
        at = _value(each, shape, value)
        feeds = dict(extra_feed_dict or {})
        exact = _by_rules(session, each, at, dx, dy, y_shape, feeds)
        found.append((exact, _by_differences(session, each, at, y, y_shape, delta, feeds)))
    return found if isinstance(x, list) else found[0]


def compute_gradient_error(
    x: Any,
    x_shape: Any,
    y: Any,
    y_shape: Any,
    x_init_value: Any = None,
    delta: float = 1e-3,
    init_targets: Any = None,
    extra_feed_dict: Any = None,
) -> Any:
    """Return by how much the gradient of y by x and the one found by differences are apart, at most.

    Arguments and errors are those of `compute_gradient`.

    Example:
        >>> x = tf.constant([[1.0, 2.0]])
        >>> with tf.Session():
        ...     tf.test.compute_gradient_error(x, [1, 2], tf.exp(x), [1, 2]) < 1e-2
        np.True_
    """
    found = compute_gradient(x, x_shape, y, y_shape, x_init_value, delta, init_targets, extra_feed_dict)
    error: Any = 0
    for exact, near in [found] if isinstance(found, tuple) else found:
        if exact.size or near.size:
            error = np.maximum(error, np.fabs(exact - near).max())
    return error


def _check_type(tensor: Any, name: str) -> None:
    kind = as_dtype(tensor.dtype).base_dtype
    assert kind.is_floating or kind.is_complex, f"Don't support type {kind.name} for {name}"


def _gradient(x: Any, y: Any, y_shape: Any) -> tuple[Any, Any]:
    """Return the gradient of y by x, and the tensor to feed with the gradient of y.

    An identity stands between, as a gradient may be that of y itself, and what is fed cannot be fetched.
    """
    with x.graph.as_default():
        dy = constant(1.0, shape=y_shape, dtype=y.dtype)
        grad = identity(dy)
    return gradients(y, x, grad)[0], dy


def _value(x: Any, shape: Any, value: Any) -> np.ndarray:
    if value is not None:
        assert list(shape) == list(value.shape), f"x_shape = {shape}, init_data shape = {list(value.shape)}"
        return value
    dtype = as_dtype(x.dtype)
    found = np.random.random_sample(shape).astype(dtype.as_numpy_dtype)
    if dtype.is_complex:
        found.imag = np.random.random_sample(shape)
    return found


def _parts(array: Any, dtype: DType) -> np.ndarray:
    """Return the elements as a vector, complex ones as two numbers each."""
    flat = np.ravel(array)
    return flat.view(dtype.real_dtype.as_numpy_dtype) if dtype.is_complex else flat


def _by_rules(session: Any, x: Any, value: np.ndarray, dx: Any, dy: Any, y_shape: Any, feeds: dict) -> np.ndarray:
    """Return the Jacobian by backpropagation: a run for each element of y."""
    x_type, y_type = as_dtype(x.dtype).base_dtype, as_dtype(dy.dtype).base_dtype
    towards = np.zeros(y_shape, y_type.as_numpy_dtype)
    numbers = _parts(towards, y_type)  # the same memory
    jacobian = np.zeros([_parts(value, x_type).size, numbers.size], x_type.real_dtype.as_numpy_dtype)

    def run() -> np.ndarray:
        found = session.run(dx, {**feeds, x: value, dy: towards})
        if not isinstance(dx, IndexedSlices):
            return found
        dense = np.zeros(value.shape, value.dtype)
        np.add.at(dense, found.indices, found.values)
        return dense

    for column in range(numbers.size):
        numbers[column] = 1
        jacobian[:, column] = _parts(run(), x_type)
        numbers[column] = 0
    if not numbers.size:
        _check_empty(run(), value)
    return jacobian


def _check_empty(found: np.ndarray, value: np.ndarray) -> None:
    """Check the gradient of a y without elements."""
    if found.shape != value.shape:
        raise ValueError(f"Empty gradient has wrong shape: expected {value.shape}, got {found.shape}")
    if np.any(found):
        raise ValueError("Empty tensor with nonzero gradients")


def _by_differences(session: Any, x: Any, value: Any, y: Any, y_shape: Any, delta: float, feeds: dict) -> np.ndarray:
    """Return the Jacobian by differences: two runs for each element of x."""
    y = cast(y, float32) if as_dtype(y.dtype).base_dtype == bfloat16 else y  # whose differences are too coarse
    x_type, y_type = as_dtype(x.dtype).base_dtype, as_dtype(y.dtype).base_dtype
    value = np.asarray(value).astype(x_type.as_numpy_dtype)
    scale = np.asarray(2 * delta, y_type.real_dtype.as_numpy_dtype)[()]

    def run(row: int, step: float) -> np.ndarray:
        moved = value.copy(order="C")
        _parts(moved, x_type)[row] += step
        return session.run(y, {**feeds, x: moved})

    rows, columns = _parts(value, x_type).size, _parts(np.zeros(y_shape, y_type.as_numpy_dtype), y_type).size
    jacobian = np.zeros([rows, columns], x_type.real_dtype.as_numpy_dtype)
    for row in range(rows):
        jacobian[row] = _parts((run(row, delta) - run(row, -delta)) / scale, y_type)
    return jacobian
