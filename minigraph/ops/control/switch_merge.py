"""`Switch` and `Merge`: conditionals of control flow version 1, as graphs have them that TensorFlow 1.x wrote.

`tf.cond` builds `If` instead. An output of `Switch` that is not taken is dead: no operation behind it runs, up to a
`Merge`.
"""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply, apply_op
from minigraph.graph.dead import DEAD
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import ShapeError, TensorShape

__all__ = ["control_trigger", "merge_branches", "switch"]


class Switch(OpDef):
    """Pass a value on to one of two outputs; the other one is dead."""

    inputs = ("data: T", "pred: bool")
    outputs = ("output_false: T", "output_true: T")
    kills = True
    side_effect = True
    forwards = True

    def shape(self, data, pred):
        if pred.ndims not in (None, 0):
            raise ShapeError(f"Shape must be rank 0 but is rank {pred.ndims}")
        return data, data

    def kernel(self, xp, data, pred):
        return (DEAD, data) if pred else (data, DEAD)

    def gradient(self, tf, dys, ys, data, pred):
        if all(dy is None for dy in dys):
            return None, None
        both = [tf.zeros_like(y) if dy is None else dy for dy, y in zip(dys, ys)]
        return tf.merge_branches(both)[0], None


class RefSwitch(Switch):
    """Pass the cell of a variable on to one of two outputs."""

    inputs = ("data: &T", "pred: bool")
    outputs = ("output_false: &T", "output_true: &T")


class Merge(OpDef):
    """The first input that is not dead, and its index."""

    inputs = ("*inputs: T",)
    outputs = ("output: T", "value_index: int32")
    kills = True
    takes_dead = True
    side_effect = True
    forwards = True

    def shape(self, *inputs):
        found = inputs[0]
        for other in inputs[1:]:
            found = found.most_specific_compatible_shape(other)
        return found, TensorShape.of(())

    def kernel(self, xp, *inputs):
        return next((value, np.int32(i)) for i, value in enumerate(inputs) if value is not DEAD)

    def gradient(self, tf, dys, ys, *inputs):
        if dys[0] is None:
            return [None] * len(inputs)
        return [tf.switch(dys[0], tf.equal(ys[1], i))[1] for i in range(len(inputs))]


class RefMerge(Merge):
    """The first cell that is not dead, and its index."""

    inputs = ("*inputs: &T",)
    outputs = ("output: &T", "value_index: int32")


class ControlTrigger(OpDef):
    """Nothing, once all that it waits for has run or been passed over."""

    outputs = ()
    takes_dead = True
    side_effect = True
    gradient = no_gradient

    def kernel(self, xp):
        return None


def switch(data: Any, pred: Any, name: str | None = None) -> list[Tensor]:
    """Return `data` twice: the first tensor has a value where `pred` is false, the second where it is true.

    Args:
        data: a tensor of any type and shape.
        pred: a scalar boolean tensor.
        name: the name of the node.

    Raises:
        ValueError: if `pred` is not a scalar.

    Example:
        >>> from minigraph.ops import namespace
        >>> low, high = namespace.switch(tf.constant(3.0), tf.placeholder_with_default(True, []))
        >>> print(sess.run(namespace.merge_branches([low + 1.0, high * 10.0])[0]))
        30.0
    """
    return apply(Switch(), data, pred, name=name)


def merge_branches(inputs: Any, name: str | None = None) -> list[Tensor]:
    """Return the first of the tensors that has a value, and its index (int32).

    Args:
        inputs: tensors of one type, behind different outputs of a `switch`.
        name: the name of the node.
    """
    return apply(Merge(), *inputs, name=name)


def control_trigger(name: str | None = None) -> Operation:
    """Add an operation that runs after those it waits for, also where these are passed over."""
    return apply_op(ControlTrigger(), name=name)
