"""`custom_gradient`: functions that bring their own gradient."""
from __future__ import annotations

import functools
import itertools
from typing import Any, Callable

from minigraph.graph.context import get_default_graph
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import RegisterGradient
from minigraph.graph.operation import Operation
from minigraph.ops import identities

__all__ = ["custom_gradient"]

_custom_ids = itertools.count()


def custom_gradient(f: Callable) -> Callable:
    """Decorator: the function gives its value *and* the function that computes its gradient.

    Args:
        f: a function of tensors that returns `(y, grad)`; `grad(*dys)` gives a gradient for each argument.

    Returns:
        The function of tensors that gives y.

    Raises:
        ValueError: when called with keyword arguments, or when `grad` gives a wrong number of gradients.

    Example:
        >>> import minigraph as tf
        >>> @tf.custom_gradient
        ... def clipped(x):
        ...     return tf.identity(x), lambda dy: tf.clip_by_value(dy, -1.0, 1.0)
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     x = tf.constant(3.0)
        ...     print(sess.run(tf.gradients(5.0 * clipped(x), x)[0]))
        1.0
    """
    @functools.wraps(f)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            raise ValueError("The custom_gradient decorator currently supports keywords arguments only when eager "
                             "execution is enabled.")
        tensors = [convert_to_tensor(x) for x in args]
        y, grad_fn = f(*tensors)
        outputs = [convert_to_tensor(t) for t in _list(y)]
        name = f"CustomGradient-{next(_custom_ids)}"

        @RegisterGradient(name)
        def gradient(op: Operation, *dys: Any) -> list:
            found = _list(grad_fn(*dys[:len(outputs)]))
            if len(found) != len(tensors):
                raise ValueError(f"the gradient function of {f.__name__} gave {len(found)} gradients for "
                                 f"{len(tensors)} arguments")
            return [None] * len(outputs) + found

        for output in outputs:
            identities.identity(output)     # TF1 leaves these behind, and its seeds count them
        with get_default_graph().gradient_override_map({"IdentityN": name}):
            passed = identities.identity_n(outputs + tensors)[:len(outputs)]
        return type(y)(passed) if isinstance(y, (list, tuple)) else passed[0]

    return wrapped


def _list(values: Any) -> list:
    return list(values) if isinstance(values, (list, tuple)) else [values]
