"""Operations on the cells of variables: creation, reading, assignment.

An update is one pure formula (`update`) from the values of the cells to the new values. The engine decides how it is
carried out.
"""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.text import message
from minigraph.graph.variable_cell import Cell

__all__ = ["assign", "assign_add", "assign_sub", "variable_op"]


class VariableV2(OpDef):
    """The cell of a variable, as a ref."""

    shape_: TensorShape
    dtype_: DType
    container: str = ""
    shared_name: str = ""

    outputs = ("ref: &dtype",)
    stateful = True
    gradient = no_gradient

    def shape(self):
        return self.shape_

    def initial_state(self, name):
        return Cell(name, tuple(self.shape_.as_list()) if self.shape_.is_fully_defined() else None)

    def kernel(self, xp, state):
        return state


def variable_op(shape: Any, dtype: Any, name: str) -> Tensor:
    """Add the node of a variable without an initial value; see `tf.Variable`."""
    container = get_default_graph()._scopes.container
    return apply(VariableV2(TensorShape(shape), dtypes.as_dtype(dtype).base_dtype, container), name=name)


class Assign(OpDef):
    """ref = value"""

    validate_shape: bool = True
    use_locking: bool = True

    inputs = ("ref: &T", "value: T")
    outputs = ("output_ref: &T",)
    writes = (0,)
    gradient = no_gradient

    def shape(self, ref, value):
        return merge(ref, value) if self.validate_shape else value

    def update(self, xp, ref, value):
        return value


class _AssignUpdate(OpDef):
    use_locking: bool = False

    inputs = ("ref: &T", "value: T")
    outputs = ("output_ref: &T",)
    allowed = {"T": dtypes.NUMBERS}
    reads = writes = (0,)
    elementwise = True
    function: ClassVar[str]
    gradient = no_gradient

    def shape(self, ref, value):
        return merge(ref, value)

    def update(self, xp, ref, value):
        if np.shape(ref) != np.shape(value):  # which numpy might broadcast, and an assignment must not
            both = f"They are {brackets(np.shape(ref))} and {brackets(np.shape(value))}."
            raise ValueError(f"Parameters and update must be the same size\n{both}")
        return getattr(xp, self.function)(ref, value)


class AssignAdd(_AssignUpdate):
    """ref += value"""

    function = "add"


class AssignSub(_AssignUpdate):
    """ref -= value"""

    function = "subtract"


def mutable(ref: Any, method: str) -> Any:
    """Return `ref`; AttributeError, in TF1's words, if it is a tensor that is not a variable."""
    if isinstance(ref, Tensor) and not ref.dtype._is_ref:
        told = f"Only a variable can be assigned to; {made(ref)} is the value of {ref.op.type}."
        raise AttributeError(message(f"'Tensor' object has no attribute '{method}'", told, "Make it a tf.Variable."))
    return ref


def assign(
    ref: Any, value: Any, validate_shape: bool | None = None, use_locking: bool | None = None, name: str | None = None
) -> Tensor:
    """Assign a value to a variable when it runs.

    Args:
        ref: a variable (or its ref tensor).
        value: the new value, of the variable's dtype and shape.
        validate_shape: False to allow the shape to change.
        use_locking: accepted, as in TF1; an update is never torn here.
        name: the name of the node.

    Returns:
        A ref tensor; reading it reads the variable after the assignment.

    Raises:
        AttributeError: if `ref` is a tensor, which cannot be assigned to.
        ValueError: if the shapes do not fit.

    Example:
        >>> v = tf.Variable(1.0)
        >>> print(tf.assign(v, 7.0).eval(), sess.run(v))
        7.0 7.0
    """
    if hasattr(ref, "handle"):
        return ref.assign(value, name=name)
    definition = Assign(validate_shape is None or validate_shape, use_locking is None or use_locking)
    return apply(definition, mutable(ref, "assign"), value, name=name)


def assign_add(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Tensor:
    """Add `value` to a variable when it runs; see `assign` for the arguments.

    Example:
        >>> v = tf.Variable([1, 2])
        >>> sess.run(v.initializer)
        >>> print(tf.assign_add(v, [10, 10]).eval())
        [11 12]
    """
    if hasattr(ref, "handle"):
        return ref.assign_add(value)  # TF1 omits the name here
    return apply(AssignAdd(bool(use_locking)), mutable(ref, "assign_add"), value, name=name)


def assign_sub(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Tensor:
    """Subtract `value` from a variable when it runs; see `assign` for the arguments."""
    if hasattr(ref, "handle"):
        return ref.assign_sub(value)
    return apply(AssignSub(bool(use_locking)), mutable(ref, "assign_sub"), value, name=name)
