"""What is read from a tape, what is made of it, and its gradient: operations on the tensors for which it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Operation
from minigraph.graph.shapes import TensorShape
from minigraph.interop.export_place import Place, write_plain
from minigraph.interop.export_tape import Leaf, is_of_loop, is_tape, leaves, saved_on_tape, span_on_tape

__all__ = ["RULES", "sizes"]


def sizes(shape: TensorShape) -> Any:
    """Return a shape as operations on TensorLists take it."""
    if shape.ndims is None:
        return np.array(-1, np.int32)
    return np.array([-1 if size is None else size for size in shape.as_list()], np.int32)


def _each(place: Place, op: Operation, write: Callable[[str, int, Leaf], str]) -> None:
    """Write an operation on tapes as an operation for each of the tensors for which its output stands.

    Args:
        place: where to write.
        op: the operation.
        write: writes the one for a tensor, given the name for its node, its position and what it is; returns its name.
    """
    output = op.all_outputs[0]
    if not is_tape(output):
        place.values[output] = [write(place.named(op), 0, leaves(output)[0])]
        return
    place.be_silent(op)
    place.values[output] = [write(f"{place.named(op)}/{k}", k, leaf) for k, leaf in enumerate(leaves(output))]


def write_identity(place: Place, op: Operation) -> None:
    """Write an identity, but for that of a tape, which is only another name for what the tape stands for."""
    if not is_tape(op.inputs[0]):
        write_plain(place, op)
        return
    place.be_silent(op)
    place.values[op.all_outputs[0]] = place.refs(op.inputs[0])


def write_mapped(place: Place, op: Operation) -> None:
    """Write an operation that does the same with each tensor for which a tape stands."""
    if not is_tape(op.all_outputs[0]):
        write_plain(place, op)
        return
    inputs = [place.refs(t) for t in op.inputs]

    def write(name: str, k: int, leaf: Leaf) -> str:
        attrs = place.attrs(op) | {"T": leaf.dtype}
        place.add(op.type, name, [*(names[k] for names in inputs), *place.controls(op)], op.device, **attrs)
        return place.spell(name, op.op_def.results[0].name, 0, 0)

    _each(place, op, write)


def write_tape_item(place: Place, op: Operation) -> None:
    """Write the reading of what a forward body has saved: an output of the If, or an item of a list."""

    def element_shape(name: str, k: int, leaf: Leaf) -> str:
        return place.constant(f"{name}/element_shape", sizes(leaf.shape), dtypes.int32)

    _write_reading(place, op, element_shape)


def write_gradient_item(place: Place, op: Operation) -> None:
    """Write the reading of a tape's gradient; where nothing was written, a list has zeros of the shape asked for."""
    like = place.refs(op.inputs[2])

    def element_shape(name: str, k: int, leaf: Leaf) -> str:
        if leaf.shape.is_fully_defined():
            return place.constant(f"{name}/element_shape", sizes(leaf.shape), dtypes.int32)
        place.add("Shape", f"{name}/element_shape", [like[k]], T=leaf.dtype, out_type=dtypes.int32)
        return place.spell(f"{name}/element_shape", "output", 0, 0)

    _write_reading(place, op, element_shape)


def _write_reading(place: Place, op: Operation, element_shape: Callable[[str, int, Leaf], str]) -> None:
    """Write the reading of a tensor's value, or of all for which it stands, from a tape or its gradient."""
    start, end = span_on_tape(op)
    found, waits = place.refs(op.inputs[0])[start:end], place.controls(op)

    def write(name: str, k: int, leaf: Leaf) -> str:
        if not is_of_loop(op):
            place.add("Identity", name, [found[k], *waits], op.device, T=leaf.dtype)
            return place.spell(name, "output", 0, 0)
        inputs = [found[k], place.ref(op.inputs[1]), element_shape(name, k, leaf), *waits]
        place.add("TensorListGetItem", name, inputs, op.device, element_dtype=leaf.dtype)
        return place.spell(name, "item", 0, 0)

    _each(place, op, write)


def write_gradient(place: Place, op: Operation) -> None:
    """Write the gradient of a tape of which one tensor has one: all others are zero, or lists without items."""
    start, end = span_on_tape(op)
    values, like, waits = place.refs(op.inputs[0]), place.refs(op.inputs[2]), place.controls(op)
    items = saved_on_tape(op)

    def write(name: str, k: int, leaf: Leaf) -> str:
        if is_of_loop(op):
            found = _unset_list(place, name, like[k], items[k].dtype)
            if start <= k < end:
                inputs = [found, place.ref(op.inputs[1]), values[k - start], *waits]
                place.add("TensorListSetItem", name, inputs, op.device, element_dtype=items[k].dtype)
                found = place.spell(name, "output_handle", 0, 0)
            return found
        if start <= k < end:
            return values[k - start]
        place.add("ZerosLike", name, [like[k], *waits], op.device, T=leaf.dtype)
        return place.spell(name, "y", 0, 0)

    _each(place, op, write)


def _unset_list(place: Place, name: str, like: str, dtype: DType) -> str:
    """Write a list as long as another one, none of whose items is set; return its name."""
    shape = place.constant(f"{name}/shape", np.array(-1, np.int32), dtypes.int32)
    place.add("TensorListLength", f"{name}/length", [like])
    inputs = [shape, place.spell(f"{name}/length", "length", 0, 0)]
    place.add("TensorListReserve", f"{name}/list", inputs, element_dtype=dtype, shape_type=dtypes.int32)
    return place.spell(f"{name}/list", "handle", 0, 0)


def write_branch_item(place: Place, op: Operation) -> None:
    """Write the use, outside, of a tensor of a branch: it has no value if that branch does not run."""
    start, _ = span_on_tape(op)
    value, pred = place.refs(op.inputs[0])[start], place.ref(op.inputs[1])
    name, dtype = place.named(op), op.op_def.attr("dtype")
    place.add("Switch", f"{name}/Switch", [value, pred], op.device, T=dtype)
    taken = op.op_def.attr("branch")
    chosen = place.spell(f"{name}/Switch", "output_true" if taken else "output_false", 0, int(taken))
    place.add("Identity", name, [chosen, *place.controls(op)], op.device, T=dtype)


def write_scatter_add(place: Place, op: Operation) -> None:
    """Write the list of the sums of rows, by index, with operations that TensorFlow has."""
    handle, rows, indices = (place.ref(t) for t in op.inputs)
    name, tensor = place.named(op), op.inputs[1]
    dtype = tensor.dtype.base_dtype
    place.add("TensorListLength", f"{name}/length", [handle])
    inputs = [rows, indices, place.spell(f"{name}/length", "length", 0, 0)]
    place.add("UnsortedSegmentSum", f"{name}/sums", inputs, T=dtype, Tindices=dtypes.int32, Tnumsegments=dtypes.int32)
    shape = place.constant(f"{name}/element_shape", sizes(tensor.shape[1:]), dtypes.int32)
    inputs = [place.spell(f"{name}/sums", "output", 0, 0), shape, *place.controls(op)]
    place.add("TensorListFromTensor", name, inputs, op.device, element_dtype=dtype, shape_type=dtypes.int32)
    place.values[op.all_outputs[0]] = [place.spell(name, "output_handle", 0, 0)]


RULES = {
    "Identity": write_identity,
    "ZerosLike": write_mapped,
    "AddN": write_mapped,
    "TapeItem": write_tape_item,
    "BranchItem": write_branch_item,
    "TapeGradient": write_gradient,
    "TapeGradientItem": write_gradient_item,
    "TensorListScatterAdd": write_scatter_add,
}
