"""What a checkpoint and the variables of a graph do not agree about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from minigraph.checkpoints.reader import CheckpointReader
from minigraph.checkpoints.records import parse_slice
from minigraph.graph import errors
from minigraph.graph.constant_value import constant_value
from minigraph.graph.dtypes import DType
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.graph.text import listed, similar

__all__ = ["check_restore"]

_FIRST = "Restoring from checkpoint failed. This is most likely due to a "
_MISSING = _FIRST + "Variable name or other graph key that is missing from the checkpoint."
_OTHER = _FIRST + "mismatch between the current graph and the graph from the checkpoint."
_MOST = 12  # lines of a table


class Wanted(NamedTuple):
    """What a graph reads from a checkpoint."""

    key: str
    variable: str
    dtype: DType
    shape: TensorShape  # that the value must have
    any_shape: bool  # True if only the number of elements counts


def check_restore(graph: Graph, restore_op: Operation, reader: CheckpointReader, path: str) -> None:
    """Raise the error that restoring would, before any variable is written, with a table of all differences.

    Raises:
        NotFoundError: if the checkpoint lacks a value.
        InvalidArgumentError: if one has another type or shape than its variable.
    """
    shapes, types = reader.get_variable_to_shape_map(), reader.get_variable_to_dtype_map()
    wanted = list(_wanted(restore_op))
    missing = [each for each in wanted if each.key not in types]
    differences = {each: list(_differences(each, types, shapes)) for each in wanted if each.key in types}
    other = [text for texts in differences.values() for text in texts]
    if not missing and not other:
        return
    unused = sorted(set(types) - {each.key for each in wanted})
    rows = [_missing_row(each, unused, shapes) for each in missing] + other
    if len(rows) > _MOST:
        rows[_MOST:] = [f"and {len(rows) - _MOST} more"]
    lines = [f"Checkpoint {path} and the graph differ:", *(f"  {row}" for row in rows)]
    if unused:
        lines.append(f"  only in the file: {listed(unused)}")
    wrong = [each.variable for each in missing] + [each.variable for each, texts in differences.items() if texts]
    lines += filter(None, [_advice(path, wrong, [each.variable for each in wanted])])
    if missing:
        first = f"{_MISSING}\nKey {missing[0].key} not found in checkpoint"
        raise errors.NotFoundError(None, restore_op, "\n".join([first, *lines]))
    raise errors.InvalidArgumentError(None, restore_op, "\n".join([_OTHER, *lines]))


def _wanted(restore_op: Operation) -> Iterator[Wanted]:
    """Yield what the assignments before an operation read from a checkpoint."""
    seen, waiting = {restore_op}, [restore_op]
    while waiting:
        op = waiting.pop()
        if op.type in ("Assign", "AssignVariableOp"):
            yield from _read_by(op)
            continue
        found = [each for each in op.control_inputs if each not in seen]
        seen.update(found)
        waiting += reversed(found)


def _read_by(assign: Operation) -> Iterator[Wanted]:
    cell, value = assign.inputs[0], assign.inputs[1]
    reshaped = False
    while value.op.type in ("Identity", "Reshape"):
        reshaped = reshaped or value.op.type == "Reshape"
        value = value.op.inputs[0]
    if value.op.type != "RestoreV2":
        return
    names, parts = (_texts(value.op.inputs[i]) for i in (1, 2))
    if names is None or parts is None:
        return
    key, part = names[value.value_index], parts[value.value_index]
    shape = getattr(cell.op.op_def, "shape_", cell.shape)
    checks = getattr(assign.op_def, "validate_shape", True) or assign.type == "AssignVariableOp"
    if part:  # of a value whose shape the text says
        shape, checks, reshaped = TensorShape(list(parse_slice(part)[0])), True, False
    elif not (checks or reshaped):
        shape = TensorShape.of(None)
    yield Wanted(key, cell.op.name, value.dtype.base_dtype, shape, reshaped)


def _texts(tensor: Tensor) -> list[str] | None:
    """Return the texts in a tensor, or None if they are not known before a run."""
    found = constant_value(tensor)
    if found is None:
        return None
    return [text.decode() if isinstance(text, bytes) else str(text) for text in found.ravel()]


def _differences(each: Wanted, types: dict, shapes: dict) -> Iterator[str]:
    if types[each.key] is not each.dtype:
        yield f"type of {each.key}: {each.dtype.name} in the graph, {types[each.key].name} in the file"
    found = shapes[each.key]
    if each.any_shape:
        if each.shape.is_fully_defined() and int(np.prod(found, dtype=np.int64)) != each.shape.num_elements():
            yield f"size of {each.key}: {each.shape} in the graph, {tuple(found)} in the file"
    elif not each.shape.is_compatible_with(found):
        yield f"shape of {each.key}: {each.shape} in the graph, {tuple(found)} in the file"


def _missing_row(each: Wanted, unused: list[str], shapes: dict) -> str:
    near = (
        similar(each.key, unused, most=2)
        or [key for key in unused if each.shape.ndims and each.shape.is_compatible_with(shapes[key])][:2]
    )
    hint = f" (the file has {' and '.join(near)})" if near else ""
    return f"only in the graph: {each.key} {each.shape}{hint}"


def _advice(path: str, wrong: list[str], all_names: list[str]) -> str:
    """Return how to read the variables that fit, or nothing if none does."""
    if not set(all_names) - set(wrong):
        return ""
    kept = f"v.op.name not in {tuple(sorted(wrong))}"
    if len(wrong) > _MOST:
        kept = f"(v.op.name, v.shape.as_list()) in tf.train.list_variables({path!r})"
    return f"To read what fits: tf.train.Saver([v for v in tf.global_variables() if {kept}]).restore(sess, {path!r})"
