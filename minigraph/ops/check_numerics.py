"""Runtime checks that no element is infinite or NaN."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies
from minigraph.ops.arrays import shape_ops
from minigraph.ops.control import group

__all__ = ["add_check_numerics_ops", "check_numerics", "verify_tensor_all_finite"]


class CheckNumerics(OpDef):
    """Return the input; fail if an element is infinite or NaN."""

    message: str = ""

    inputs = ("tensor",)
    allowed = {"T": dtypes.FLOATS}
    side_effect = True
    forwards = True

    def kernel(self, xp, tensor):
        if not np.isfinite(tensor).all():
            tests = {"Inf": np.isinf, "NaN": np.isnan}
            kinds = [word for word, test in tests.items() if test(tensor).any()]
            raise errors.InvalidArgumentError(None, None, f"{self.message} : Tensor had {' and '.join(kinds)} values")
        return tensor

    def gradient(self, tf, dy, y, tensor):
        message = repr(self.message.encode())  # as bytes, as in TF1
        return tf.check_numerics(dy, f"Not a number (NaN) or infinity (Inf) values detected in gradient. {message}")


def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """Return a tensor unchanged; a run fails if an element is infinite or NaN.

    Args:
        tensor: a tensor of floats.
        message: the beginning of the error's message.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run.

    Example:
        >>> tf.check_numerics(tf.log(tf.constant(-1.0)), "a logarithm").eval()
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.InvalidArgumentError: a logarithm : Tensor had NaN values
        ...
    """
    return apply(CheckNumerics(message), tensor, name=name)


def verify_tensor_all_finite(
    t: Any = None, msg: str | None = None, name: str | None = None, x: Any = None, message: str | None = None
) -> Tensor:
    """Return a tensor after a check that it is finite; see `check_numerics`.

    Example:
        >>> print(tf.verify_tensor_all_finite(tf.constant(1.0), "fine").eval())
        1.0
    """
    t, msg = shape_ops.either("x", x, "t", t), shape_ops.either("message", message, "msg", msg)
    with atomic_scope(name, "VerifyFinite", [t]):
        t = convert_to_tensor(t, name="x")
        with colocate_with(t):
            checked = check_numerics(t, msg or "")
            return group.with_dependencies([checked], t)


def add_check_numerics_ops() -> Operation:
    """Build an operation that checks all floating-point tensors of the graph so far, in creation order.

    Example:
        >>> y = tf.constant(0.0) / 0.0
        >>> sess.run(tf.add_check_numerics_ops())
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.InvalidArgumentError: truediv:0 : Tensor had NaN values
        ...
    """
    checks: list = []
    for op in get_default_graph().get_operations():
        for output in op.outputs:
            if output.dtype in dtypes.FLOATS:
                with control_dependencies(checks[-1:]):
                    checks.append(check_numerics(output, output.name))
    return group.group(*checks)
