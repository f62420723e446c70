"""Assertions about tensors: checked at once if the answer is known statically, otherwise when they run."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply_op
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_n_to_tensor, convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import constant, reshape, shape_ops, size_ops, slices
from minigraph.ops.control import cond, group, shown_elements
from minigraph.ops.math import comparison, reduce_max_min

__all__ = [
    "assert_equal",
    "assert_none_equal",
    "assert_less",
    "assert_less_equal",
    "assert_greater",
    "assert_greater_equal",
    "assert_negative",
    "assert_positive",
    "assert_non_negative",
    "assert_non_positive",
    "assert_integer",
    "assert_type",
    "is_numeric_tensor",
    "is_non_decreasing",
    "is_strictly_increasing",
    "Assert",
]


class Assert_(OpDef):
    """Fail if the condition is false, and show the data."""

    summarize: int = 3

    inputs = ("condition: bool", "*data: *T")
    outputs = ()
    side_effect = True
    gradient = no_gradient

    def kernel(self, xp, condition, *data):
        if not np.all(condition):
            shown = "".join(f" [{shown_elements.summary(d, self.summarize)}]" for d in data)
            raise errors.InvalidArgumentError(None, None, f"assertion failed:{shown}")


Assert_.type = Assert_.__name__ = "Assert"


def Assert(condition: Any, data: Any, summarize: int | None = None, name: str | None = None) -> Operation:
    """Build an operation that fails unless the condition holds.

    It runs only if something waits for it: build what follows inside `with tf.control_dependencies([...])`.

    Args:
        condition: a boolean tensor.
        data: a list of tensors to show in the message.
        summarize: the number of elements of each to show.
        name: the name of the operation.

    Raises:
        InvalidArgumentError: at once if the condition is known to be false, else in a run.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     x = tf.placeholder(tf.int32)
        ...     check = tf.Assert(x > 0, ["x must be positive, is", x])
        ...     sess.run(check, {x: -1})
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.InvalidArgumentError: assertion failed: [x must be positive, is] [-1]
        ...
    """
    with atomic_scope(name, "Assert", [condition, data]):
        tensors = convert_n_to_tensor(data)
        if not tensors:
            raise ValueError("List argument 'data' to 'Assert' Op with length 0 shorter than minimum length 1.")
        op_def = Assert_(3 if summarize is None else summarize)
        if all(t.dtype.base_dtype in (dtypes.string, dtypes.int32) for t in tensors):
            return apply_op(op_def, condition, *data, name="Assert")
        condition = convert_to_tensor(condition, name="Condition")
        guarded = cond.cond(
            condition, group.no_op, lambda: apply_op(op_def, condition, *data, name="Assert"), name="AssertGuard"
        )
        return guarded if isinstance(guarded, Operation) else guarded.op


def _compare(
    opname: str,
    sign: str,
    op: Callable,
    compare: Callable,
    x: Any,
    y: Any,
    data: Any,
    summarize: int | None,
    message: str | None,
    name: str | None,
) -> Operation:
    with atomic_scope(name, opname, [x, y, data]):
        x, y = convert_to_tensor(x, name="x"), convert_to_tensor(y, name="y")
        if data is None:
            data = [f"Condition x {sign} y did not hold element-wise:", f"x ({x.name}) = ", x, f"y ({y.name}) = ", y]
        if message is not None:
            data = [message, *data]
        condition = reduce_max_min.reduce_all(op(x, y))
        known = constant_value(x), constant_value(y)
        if all(v is not None for v in known) and not np.all(compare(*known)):
            raise errors.InvalidArgumentError(None, None, "\n".join(str(_value_or_self(d)) for d in data))
        return Assert(condition, data, summarize=summarize)


def _value_or_self(data: Any) -> Any:
    value = constant_value(data)
    return data if value is None else value


def _comparison(opname: str, sign: str, op: Callable, compare: Callable, what: str) -> Callable:
    def check(
        x: Any,
        y: Any,
        data: Any = None,
        summarize: int | None = None,
        message: str | None = None,
        name: str | None = None,
    ) -> Operation:
        with get_default_graph().atomic():
            if opname == "assert_equal":  # TF1 opens this scope twice: the nodes are in `assert_equal_1`
                with atomic_scope(name, opname, [x, y, data]):
                    if x is y:
                        return group.no_op()
            return _compare(opname, sign, op, compare, x, y, data, summarize, message, name)

    check.__name__ = check.__qualname__ = opname
    check.__doc__ = f"""Check that {what}, element by element.

    Args:
        x, y: tensors of one type, of shapes that can be broadcast.
        data: a list of tensors to show on failure, by default the two tensors.
        summarize: the number of elements of each to show.
        message: the beginning of the message.
        name: the name scope.

    Returns:
        An operation that fails if it does not hold; dependent operations should wait for it.

    Raises:
        InvalidArgumentError: at once, if it is known not to hold.
    """
    return check


assert_equal = _comparison("assert_equal", "==", comparison.equal, np.equal, "x == y")
assert_none_equal = _comparison("assert_none_equal", "!=", comparison.not_equal, np.not_equal, "x != y")
assert_less = _comparison("assert_less", "<", comparison.less, np.less, "x < y")
assert_less_equal = _comparison("assert_less_equal", "<=", comparison.less_equal, np.less_equal, "x <= y")
assert_greater = _comparison("assert_greater", ">", comparison.greater, np.greater, "x > y")
assert_greater_equal = _comparison("assert_greater_equal", ">=", comparison.greater_equal, np.greater_equal, "x >= y")


def _sign_check(opname: str, sign: str, check: Callable, zero_first: bool) -> Callable:
    def function(
        x: Any, data: Any = None, summarize: int | None = None, message: str | None = None, name: str | None = None
    ) -> Operation:
        with atomic_scope(name, opname, [x, data]):
            x = convert_to_tensor(x, name="x")
            if data is None:
                told = [f"Condition x {sign} 0 did not hold element-wise:", f"x ({x.name}) = "]
                data = [message or "", *(told if sign != "<=" else ["".join(told)]), x]  # as in TF1
            zero = constant.constant(0, x.dtype.base_dtype)
            pair = (zero, x) if zero_first else (x, zero)
            return check(*pair, data=data, summarize=summarize)

    function.__name__ = function.__qualname__ = opname
    function.__doc__ = f"""Check that x {sign} 0, element by element; the arguments are those of `assert_equal`."""
    return function


assert_negative = _sign_check("assert_negative", "<", assert_less, False)
assert_positive = _sign_check("assert_positive", ">", assert_less, True)
assert_non_negative = _sign_check("assert_non_negative", ">=", assert_less_equal, True)
assert_non_positive = _sign_check("assert_non_positive", "<=", assert_less_equal, False)


def assert_integer(x: Any, message: str | None = None, name: str | None = None) -> Operation:
    """Raise TypeError unless a tensor is of an integer type.

    Raises:
        TypeError: if it is not.
    """
    with atomic_scope(name, "assert_integer", [x]):
        x = convert_to_tensor(x, name="x")
        if not x.dtype.is_integer:
            raise TypeError(f'{message or ""}  Expected "x" to be integer type.  Found: {x.name} of dtype {x.dtype}')
        return group.no_op("statically_determined_was_integer")


def assert_type(tensor: Any, tf_type: Any, message: str | None = None, name: str | None = None) -> Operation:
    """Raise TypeError unless a tensor is of the given type.

    Raises:
        TypeError: if it is not.
    """
    with atomic_scope(name, "assert_type", [tensor]):
        tensor = convert_to_tensor(tensor, name="tensor")
        if tensor.dtype != as_dtype(tf_type):
            raise TypeError(f"{message or ''}  {tensor.name} must be of type {as_dtype(tf_type)}")
        return group.no_op("statically_determined_correct_type")


def is_numeric_tensor(tensor: Any) -> bool:
    """Return True if this is a tensor of numbers.

    Example:
        >>> is_numeric_tensor(tf.constant(1)), is_numeric_tensor(tf.constant("a")), is_numeric_tensor(1)
        (True, False, False)
    """
    return isinstance(tensor, Tensor) and tensor.dtype.base_dtype in dtypes.NUMBERS


def _differences_hold(x: Tensor, check: Callable) -> Tensor:
    flat = reshape.reshape(x, [-1])
    if not is_numeric_tensor(flat):
        raise TypeError(f"Expected x to be numeric, instead found: {flat}")
    is_short = size_ops.size(flat) < 2
    count = shape_ops.shape(flat) - 1
    steps: Any = cond.cond(
        is_short,
        lambda: convert_to_tensor([], dtype=x.dtype),
        lambda: slices.strided_slice(flat, [1], [1] + count) - slices.strided_slice(flat, [0], count),
    )
    return reduce_max_min.reduce_all(check(constant.constant(0, x.dtype.base_dtype), steps))


def is_non_decreasing(x: Any, name: str | None = None) -> Tensor:
    """Return a bool tensor: True if no element is smaller than its predecessor.

    Example:
        >>> print(tf.is_non_decreasing([1, 1, 2]).eval())
        True
    """
    with atomic_scope(name, "is_non_decreasing", [x]):
        return _differences_hold(convert_to_tensor(x), comparison.less_equal)


def is_strictly_increasing(x: Any, name: str | None = None) -> Tensor:
    """Return a bool tensor: True if every element is larger than its predecessor.

    Example:
        >>> print(tf.is_strictly_increasing([1, 1, 2]).eval())
        False
    """
    with atomic_scope(name, "is_strictly_increasing", [x]):
        return _differences_hold(convert_to_tensor(x), comparison.less)
