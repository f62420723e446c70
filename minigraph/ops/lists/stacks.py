"""Stacks: what loops of control flow version 1 save for their gradients, in graphs that TensorFlow 1.x wrote."""

from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape, unknown_shape

__all__ = ["stack_close", "stack_new", "stack_pop", "stack_push"]


class Stack:
    """The values on a stack in one run."""

    __slots__ = ("name", "limit", "items")
    shape = (2,)

    def __init__(self, name: str, limit: int):
        self.name, self.limit = name, limit
        self.items: list[Any] = []

    def push(self, item: Any) -> None:
        """Add a copy; InvalidArgumentError if there is no room."""
        if 0 <= self.limit <= len(self.items):
            raise errors.InvalidArgumentError(None, None, f"Stack[{self.name}] overflowed its max_size ({self.limit})")
        self.items.append(np.array(item))

    def pop(self) -> Any:
        """Remove the last item and return it; InvalidArgumentError if there is none."""
        if not self.items:
            raise errors.InvalidArgumentError(None, None, f"Stack[{self.name}] is empty when calling Pop().")
        return self.items.pop()


class StackV2(OpDef):
    """A new stack in each run."""

    elem_type: DType
    stack_name: str = ""

    inputs = ("max_size: int32",)
    outputs = ("handle: resource",)
    side_effect = True
    gradient = no_gradient

    def shape(self, max_size):
        return TensorShape.of((2,))

    def kernel(self, xp, max_size):
        return Stack(self.stack_name, int(max_size))


class StackPushV2(OpDef):
    """A value, after it has been put on a stack."""

    swap_memory: bool = False

    inputs = ("handle: &resource", "elem: T")
    side_effect = True
    gradient = no_gradient

    def shape(self, handle, elem):
        return elem

    def kernel(self, xp, handle, elem):
        handle.push(elem)
        return elem


class StackPopV2(OpDef):
    """The last value of a stack, which is removed."""

    elem_type: DType

    inputs = ("handle: &resource",)
    outputs = ("elem: elem_type",)
    side_effect = True
    gradient = no_gradient

    def shape(self, handle):
        return unknown_shape()

    def kernel(self, xp, handle):
        return handle.pop()


class StackCloseV2(OpDef):
    """Free the values of a stack."""

    inputs = ("handle: &resource",)
    outputs = ()
    side_effect = True
    gradient = no_gradient

    def shape(self, handle):
        return TensorShape.of(())

    def kernel(self, xp, handle):
        handle.items.clear()


def stack_new(max_size: Any, elem_type: Any, stack_name: str = "", name: str | None = None) -> Tensor:
    """Return the handle of a stack, which is empty when a run begins.

    Args:
        max_size: how many values it may hold, an int32 scalar; negative for any number.
        elem_type: their type.
        stack_name: its name in messages.
        name: the name of the node.

    Example:
        >>> from minigraph.ops import namespace
        >>> handle = namespace.stack_new(-1, tf.float32)
        >>> with tf.control_dependencies([namespace.stack_push(handle, 3.0)]):
        ...     print(sess.run(namespace.stack_pop(handle, tf.float32)))
        3.0
    """
    return apply(StackV2(as_dtype(elem_type), stack_name), max_size, name=name)


def stack_push(handle: Any, elem: Any, swap_memory: bool = False, name: str | None = None) -> Tensor:
    """Put a value on a stack, and return it."""
    return apply(StackPushV2(swap_memory), handle, elem, name=name)


def stack_pop(handle: Any, elem_type: Any, name: str | None = None) -> Tensor:
    """Take the last value from a stack; InvalidArgumentError in a run where it is empty."""
    return apply(StackPopV2(as_dtype(elem_type)), handle, name=name)


def stack_close(handle: Any, name: str | None = None) -> Operation:
    """Free the values of a stack."""
    return apply_op(StackCloseV2(), handle, name=name)
