"""`Print`: an identity that prints other tensors."""

import sys
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.ops.control import shown_elements

__all__ = ["Print"]


class PrintOp(OpDef):
    """Return the input; print other tensors."""

    message: str = ""
    first_n: int = -1
    summarize: int = 3

    inputs = ("input: T", "*data: *U")
    outputs = ("T",)
    stateful = True
    side_effect = True
    forwards = True

    def shape(self, input, *data):
        return input

    def initial_state(self, name):
        return [0]

    def kernel(self, xp, input, *data, state):
        if self.first_n < 0 or state[0] < self.first_n:
            state[0] += 1
            shown = "".join(f"[{shown_elements.summary(d, self.summarize)}]" for d in data)
            print(self.message + shown, file=sys.stderr)
        return input

    def gradient(self, tf, dy, y, input, *data):
        return [dy] + [None] * len(data)


PrintOp.type = "Print"


def Print(
    input_: Any,
    data: Any,
    message: str | None = None,
    first_n: int | None = None,
    summarize: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Return the input; print tensors (to standard error) each time that it runs.

    It runs only if its result is used: write `x = tf.Print(x, [x])`.

    Args:
        input_: a tensor.
        data: a list of tensors to print.
        message: a text to print before them.
        first_n: the maximum number of times to print in a session.
        summarize: the number of elements of each to print, 3 by default; -1 for all.
        name: the name of the node.

    Example:
        >>> x = tf.Print(tf.constant(1.0), ["x is", tf.constant(1.0)])
        >>> print(sess.run(x + 1.0))
        2.0
    """
    if not isinstance(data, (list, tuple)):
        raise TypeError(f"Expected list for 'data' argument to 'Print' Op, not {data}.")
    return apply(
        PrintOp(message or "", -1 if first_n is None else first_n, 3 if summarize is None else summarize),
        input_,
        *data,
        name=name,
    )
