"""Static values: what is known of a tensor's value before anything runs."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np

from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.shapes import TensorShape, unknown_shape

__all__ = ["constant_value", "computed_value", "constant_value_as_shape", "StaticInput"]

_LARGEST = 1 << 16  # elements: larger values are left to the run, as in TF1

# TF1 has two notions of a constant: shapes are inferred with every value that can be computed, while functions that
# choose by a value which nodes to build see through these types only. TF1's graphs require both.
_SEEN_THROUGH = {"Cast", "Concat", "ConcatV2", "Equal", "Fill", "NotEqual", "Pack", "Range"}
_SOURCES = {"Const", "Rank", "Shape", "Size", "_Arg"}


def constant_value(tensor: Tensor, partial: bool = False) -> Any:
    """Return the value of a tensor that is plainly constant, following from constants and static shapes.

    Args:
        tensor: a tensor, or anything else (which has no constant value).
        partial: return a stack of scalars even if some are unknown, as an array of objects with None for those.

    Returns:
        A numpy array, or None if the value depends on the run, or if more than casting, joining and comparing
        constants would have to be done to know it, as in TF1.

    Example:
        >>> x = tf.placeholder(tf.float32, [4, 3])
        >>> print(constant_value(tf.cast(tf.shape(x), tf.float32)), constant_value(tf.constant(2) * 3))
        [4. 3.] None
    """
    if not isinstance(tensor, Tensor):
        return None
    if partial and tensor.op.type == "Pack" and tensor.op.get_attr("axis") == 0:
        return _as_array([constant_value(t, partial) for t in tensor.op.inputs])
    return computed_value(tensor) if _is_plain(tensor.op) else None


def _is_plain(op: Operation) -> bool:
    """Return True if only operations that TF1's `constant_value` sees through lie between an operation and sources."""
    todo, seen = [op], set()
    while todo:
        op = todo.pop()
        if op.type in _SOURCES or op in seen:
            continue
        if op.type not in _SEEN_THROUGH or op.type == "Pack" and op.get_attr("axis") != 0:
            return False
        seen.add(op)
        todo.extend(t.op for t in op.inputs)
    return True


def _as_array(values: list) -> np.ndarray:
    """Return an object array of values some of which are None."""
    try:
        return np.array(values)
    except ValueError:  # None beside arrays that are not scalars
        found = np.empty(len(values), object)
        found[:] = values
        return found


def computed_value(tensor: Tensor) -> Any:
    """Return the value (numpy) of a tensor that is the same in every run, computing it if necessary.

    None if it depends on the run or is too large to compute in advance, and for anything that is not a tensor.
    """
    if not isinstance(tensor, Tensor) or tensor.dtype._is_ref:
        return None
    known = tensor.graph._constants  # the outputs of operations, None where they depend on the run
    todo = [] if tensor.op in known else [tensor.op]
    while todo:  # an explicit stack: chains may be 100,000 nodes long
        waiting = _input_to_find(todo[-1], known)
        if waiting is not None:
            todo.append(waiting)
        else:
            op = todo.pop()
            known[op] = _evaluate(op, known)
    values = known[tensor.op]
    return None if values is None else values[tensor._value_index]


def _may_evaluate(op: Operation) -> bool:
    return (
        op.op_def.is_pure
        and not op.op_def.functions
        and len(op.all_outputs) > 0
        and (not op.inputs or all((t._shape.num_elements() or 0) <= _LARGEST for t in op.all_outputs))
    )


def _input_to_find(op: Operation, known: dict) -> Operation | None:
    """Return an operation whose value is needed next: one at a time, since one unknown value decides."""
    if not op.inputs or not _may_evaluate(op) or _overrides_static_value(op.op_def):
        return None
    if any(known.get(t.op, ()) is None for t in op.inputs):
        return None
    return next((t.op for t in op.inputs if t.op not in known), None)


def _overrides_static_value(op_def: OpDef) -> bool:
    return type(op_def).static_value is not OpDef.static_value


def _evaluate(op: Operation, known: dict) -> Any:
    if _overrides_static_value(op.op_def):
        value = op.op_def.static_value(*[StaticInput(t) for t in op.inputs])
        return None if value is None else (value if isinstance(value, tuple) else np.asarray(value),)  # a list is one
    inputs: list[Any] = [known.get(t.op) for t in op.inputs]
    if not _may_evaluate(op) or any(values is None for values in inputs):
        return None
    return outputs_for(op, [values[t._value_index] for values, t in zip(inputs, op.inputs)])


def outputs_for(op: Operation, inputs: list) -> tuple | None:
    """Return the outputs of a pure operation, or None if its kernel fails: it will when it runs, with a message."""
    try:
        with np.errstate(all="ignore"):
            result = op.op_def.kernel(np, *inputs)
    except Exception:
        return None
    return tuple(result) if len(op.all_outputs) > 1 else (result,)


def constant_value_as_shape(tensor: Tensor) -> TensorShape:
    """Return the known part of a vector used as a shape: sizes of -1 and unknown sizes are None."""
    value = computed_value(tensor)
    if value is not None:
        sizes = np.atleast_1d(value).tolist()
        return TensorShape.of(tuple(None if d == -1 else int(d) for d in sizes))
    op = tensor.op
    found: Any = op.op_def.as_shape(*[StaticInput(t) for t in op.inputs])
    if isinstance(found, list):
        found = found[tensor._value_index]
    if found is not None:
        return found
    length = tensor._shape.tuple
    return unknown_shape(length[0] if length else None)


class StaticInput:
    """An input, as seen by a shape rule that needs its value; `asked` is True once the rule has looked at that."""

    __slots__ = ("tensor", "asked")

    def __init__(self, tensor: Tensor):
        self.tensor, self.asked = tensor, False

    shape: TensorShape = read_only("tensor._shape", "The static shape.")

    @property
    def value(self) -> Any:
        """The value (a numpy array), or None if it is not constant."""
        self.asked = True
        return computed_value(self.tensor)

    @property
    def as_shape(self) -> TensorShape:
        """The value read as a shape, as far as it is known."""
        self.asked = True
        tensor = self.tensor
        if (tensor._shape.ndims or 0) <= 1 and (tensor.dtype.is_integer or computed_value(tensor) is None):
            with contextlib.suppress(TypeError, ValueError):
                return constant_value_as_shape(tensor)
        return unknown_shape()
