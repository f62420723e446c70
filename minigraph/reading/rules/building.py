"""Rules about how a graph was built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minigraph.graph.advice import element
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where, where_text
from minigraph.reading.finding import Finding, listed, made
from minigraph.reading.paths import data_ancestors
from minigraph.reading.scene import Scene
from minigraph.runtime.access import Memory, cell_of

__all__ = ["empty_blocks", "unshared_weights", "silent_broadcast", "unread_variables"]


def empty_blocks(scene: Scene) -> Iterator[Finding]:
    """Find blocks of control dependencies in which no operation was made."""
    by_line: dict[Any, list] = {}
    for block in scene.graph._idle_blocks:
        by_line.setdefault(format_where(block.where), []).append(block)
    for where, blocks in by_line.items():
        ops = blocks[-1].control_inputs
        yield Finding(
            "empty-block",
            "this control_dependencies block has no effect: no operation made inside waits "
            f"for {listed(map(made, ops), 3)}",
            tuple(ops),
            where,
            f"make the operation that reads the variable inside, such as {code('v.read_value()', 'v')}; "
            f"{code('tf.identity(y)', 'y')} waits, but what computed y does not.",
        )


# Weights


def unshared_weights(scene: Scene) -> Iterator[Finding]:
    """Find weights that one line has made twice, for two inputs that do not depend on each other."""
    found = [cells for cells in _twins(scene) if _are_parallel(scene, cells[:2])]
    if found:
        first, again = found[0][:2]
        more = f" (and {amount(len(found) - 1, 'more such pair')})" if len(found) > 1 else ""
        yield Finding(
            "unshared-weights",
            f"the same line made {made(first)} and '{again.name}'{more}: two calls for "
            "two inputs, each with weights of its own",
            tuple(op for cells in found for op in cells[:2]),
            where_text(again),
            f"to share them, use {code('tf.get_variable')} in "
            f"{code('tf.variable_scope(name, reuse=tf.AUTO_REUSE)', 'name')}, or {code('tf.make_template')}; "
            "else name the two scopes.",
        )


def _twins(scene: Scene) -> list[list[Operation]]:
    """Return the groups of weights that one line made with one name and shape."""
    groups: dict[tuple, list[Operation]] = {}
    for op in scene.cells:
        if op in scene.trainable and op in scene.accesses:
            groups.setdefault((_bare(op.name), op.where[:1], str(op.all_outputs[0].shape)), []).append(op)
    return [cells for cells in groups.values() if len(cells) > 1]


def _bare(name: str) -> str:
    """Return a name without the numbers that make it unique."""
    return "/".join(re.sub(r"_\d+$", "", part) for part in name.split("/"))


def _are_parallel(scene: Scene, cells: list[Operation]) -> bool:
    """Return True if two variables act on different values, neither of which depends on the other variable."""
    others = [t for cell in cells for t in _met_by(scene, cell)]
    if len(others) < 2 or not _differ(*others):
        return False
    return not any(cell in data_ancestors([other]) for cell, other in zip(cells, reversed(others)))


def _met_by(scene: Scene, cell: Operation) -> list[Tensor]:
    """Return the value that the first user of a variable combines with it; [] if there is none."""
    users = [a.op for a in scene.accesses[cell] if not a.writes and a.op.stage is None and len(a.op.inputs) > 1]
    return [t for user in users[:1] for t in user.inputs if not _is_read(t)][:1]


def _differ(one: Tensor, other: Tensor) -> bool:
    """Return True if two calls of one function were given different values of one shape.

    What both made at the same lines is followed back to where they part.
    """
    while one is not other and one.op.type == other.op.type and one.op.where[:1] == other.op.where[:1]:
        before = [[t for t in each.op.inputs if not _is_read(t)] for each in (one, other)]
        if not all(before):
            break
        one, other = before[0][0], before[1][0]
    return one is not other and one.shape.tuple == other.shape.tuple


def _is_read(tensor: Tensor) -> bool:
    """Return True if this is the value of a variable."""
    return cell_of(tensor) is not None or tensor.op.type == "Identity" and cell_of(tensor.op.inputs[0]) is not None


def unread_variables(scene: Scene) -> Iterator[Finding]:
    """Find variables that nothing reads or updates, in a graph that is trained."""
    if not scene.trains:
        return
    known = _fetched(scene)
    known.update(scene.collected(GraphKeys.GLOBAL_STEP))  # has a rule of its own
    used = {cell for cell, found in scene.accesses.items() if any(_is_used(scene, a.op) for a in found)}
    unread = [cell for cell in scene.cells if cell not in known and cell not in used]
    if unread:
        text, advice = f"no operation uses {listed(map(made, unread))}", "use it, or take it away."
        yield Finding("unread-variable", text, tuple(unread), where_text(unread[0]), advice)


def _fetched(scene: Scene) -> set[Operation]:
    """Return the variables whose memory a run has fetched."""
    memory = Memory()
    return {cell for run in scene.runs for f in run.fetches if isinstance(f, Tensor) for cell in memory.of(f)}


def _is_used(scene: Scene, op: Operation) -> bool:
    if op.type == "Assign":
        return not op.name.startswith("save") and (op in scene.ran or not scene.is_complete)
    return op.type != "SaveV2"


# Shapes


def silent_broadcast(scene: Scene) -> Iterator[Finding]:
    """Find [N, 1] combined with [N] to [N, N], and summed up: in a loss or an accuracy."""
    for op in scene.ops:
        if len(op.inputs) == 2 and op.stage is None and type(op.op_def).shape is OpDef.shape and op.op_def.is_pure:
            column, row = op.inputs
            for one, other in ((column, row), (row, column)):
                if _is_column_and_row(one, other) and not _is_on_purpose(one, other) and _is_summed_up(op):
                    text = f"{made(op)} combines '{one.op.name}' {one.shape} with '{other.op.name}' {other.shape} "
                    text += f"to a square {op.all_outputs[0].shape}: each with each"
                    advice = f"{code(f'tf.squeeze({element(one)}, 1)')}, or give both the shape [N, 1]."
                    ops, edges = (one.op, other.op, op), ((one.op, op), (other.op, op))
                    yield Finding("silent-broadcast", text, ops, where_text(op), advice, edges)


def _is_column_and_row(column: Tensor, row: Tensor) -> bool:
    a, b = column.shape.tuple, row.shape.tuple
    return bool(a and b and len(a) == 2 and len(b) == 1 and a[1] == 1 and a[0] == b[0] and a[0] != 1)


def _is_on_purpose(column: Tensor, row: Tensor) -> bool:
    """Return True if the column is a new axis of the row's source (all pairs), or either is constant or a variable."""
    if column.op.type in ("ExpandDims", "StridedSlice", "Reshape"):
        source = column.op.inputs[0]
        if source is row or source.op in data_ancestors([row]) or row.op in data_ancestors([source]):
            return True
    return any(t.op.type in ("Const", "Range", "LinSpace") or _is_read(t) for t in (column, row))


def _is_summed_up(op: Operation) -> bool:
    """Return True if the square reaches a scalar through elementwise operations only."""
    seen, todo = {op}, [op]
    while todo:
        for t, user in _uses(todo.pop()):
            output = user.all_outputs[0]
            if output.shape.ndims == 0 and user.type not in ("Size", "Rank"):
                return True
            if user not in seen and output.shape.ndims is not None and output.shape.tuple == t.shape.tuple:
                seen.add(user)
                todo.append(user)
    return False


def _uses(op: Operation) -> Iterator[tuple[Tensor, Operation]]:
    """Yield each output with each operation that computes something from it, those of a training op's stages aside."""
    for t in op.all_outputs:
        for user in t.users or ():
            if user.stage is None and user.all_outputs:
                yield t, user
