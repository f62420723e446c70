"""Which operation reads and writes which variable: through ref edges and memory that is handed on, in function bodies,
and in bodies inside these.

The reader of a variable is the operation that computes with its memory, not one that hands the memory on. Traces,
explanations and pictures all ask here, so that what one of them says is written, the others say too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from minigraph.graph.constant_value import constant_value
from minigraph.graph.opdef import ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime.aliasing import is_all_of

__all__ = ["Access", "accesses", "Memory", "cell_of", "refs_written", "written_by"]

_TAKES_NO_NUMBERS = {"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike", "VariableShape"}
_COUNTS = {"CountUpTo", "ResourceCountUpTo"}  # they read and write with their kernels


class Access(NamedTuple):
    """That an operation reads or writes (or both) the cell of a variable."""

    op: Operation
    cell: Operation
    reads: bool
    writes: bool


def cell_of(tensor: Tensor) -> Operation | None:
    """Return the `VariableV2` (or `VarHandleOp`) whose cell an edge carries; None for one that carries a value, or the
    handle of a queue.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> print(cell_of(v.assign_add(1.0)).name, cell_of(v.value()))
        v None
    """
    while tensor.dtype._is_ref:
        op, rules = tensor.op, tensor.op.op_def
        outer = getattr(rules, "outer", None)  # an argument of a function body
        op_type: Any = type(rules)
        refs = rules.writes or ref_positions(op_type, len(op.inputs))
        if isinstance(outer, Tensor):
            tensor = outer
        elif refs:
            tensor = op.inputs[refs[0]]
        elif rules.functions:  # a handle that a loop or a conditional gives back
            tensor = rules.attr(rules.functions[-1]).outputs[tensor.value_index]
        elif op.inputs:
            tensor = op.inputs[0]
        else:
            return None if rules.holds_resource else op
    return None


class Memory:
    """The variables whose memory tensors are, or may be where a run decides.

    Args:
        fed: tensors that are given values of their own.
        decided: predicates of conditionals, and what they are: of such a conditional one branch counts.

    Example:
        >>> v = tf.Variable([1.0, 2.0], name="v")
        >>> [[cell.name for cell in Memory().of(t)] for t in (tf.reshape(v, [2, 1]), v[:1], v + 1.0)]
        [['v'], [], []]
    """

    def __init__(self, fed: Iterable[Tensor] = (), decided: Mapping[Tensor, bool] | None = None):
        self._known: dict[Tensor, tuple[Operation, ...]] = dict.fromkeys(fed, ())
        self._decided = decided or {}

    def bodies(self, op: Operation) -> list[Any]:
        """Return the function bodies that an operation may call; the condition and the body of a loop."""
        names = op.op_def.functions
        if names[:1] == ("then_branch",) and op.inputs[0] in self._decided:
            names = names[:1] if self._decided[op.inputs[0]] else names[1:]
        return [op.op_def.attr(name) for name in names]

    def of(self, tensor: Tensor) -> tuple[Operation, ...]:
        """Return the variables whose memory a tensor may be."""
        known, todo = self._known, [tensor]
        while todo:
            t = todo[-1]
            sources = _sources(t, self) if t not in known else []
            missing = [each for each in sources if each not in known]
            todo += missing
            if not missing:
                todo.pop()
                cell = cell_of(t)
                found = [
                    c for each in sources if known[each] and _hands_on(t.op, each) is not False for c in known[each]
                ]
                known.setdefault(t, tuple(dict.fromkeys(found if cell is None else [cell])))
        return known[tensor]


def _sources(tensor: Tensor, memory: Memory) -> list[Tensor]:
    """Return the tensors whose memory an edge that carries a value may carry too, by the kind of its operation."""
    op, rules = tensor.op, tensor.op.op_def
    if tensor.dtype._is_ref:
        return []
    outer = getattr(rules, "outer", None)
    if isinstance(outer, Tensor):
        return [outer]
    if rules.functions:
        # `initialized_value()` hands on memory only where it has a value: the initial value, from either branch.
        is_guarded = op.inputs[0].op.type in ("IsVariableInitialized", "VarIsInitializedOp")
        return [] if is_guarded else _given_back(op, tensor.value_index, memory)
    return list(op.inputs) if rules.forwards else []


def _given_back(op: Operation, index: int, memory: Memory) -> list[Tensor]:
    """Return what function bodies give as an output of their operation; of a loop, what it was given as that."""
    found = []
    for body in memory.bodies(op):
        if index < len(body.outputs) == len(op.all_outputs) - 1:
            inner = body.outputs[index]
            if inner in body.inputs and getattr(inner.op.op_def, "outer", None) is None:
                inner = op.inputs[len(op.inputs) - len(body.inputs) + body.inputs.index(inner)]
            found.append(inner)
    return found


def _hands_on(op: Operation, tensor: Tensor) -> bool | None:
    """Return True if an operation that forwards hands on the memory of an input, None if a run decides that.

    A kernel without effects is tried on arrays of the static shapes; what it cannot compute beforehand it may do.
    """
    rules, j = op.op_def, _position(op, tensor)
    if j is None or rules.functions:
        return True  # an argument of a body, or the result of one
    if not rules.is_pure:
        return j == 0  # what is printed or checked beside it is read
    if rules.chooses:
        if j == 0:
            return False
        if constant_value(op.inputs[0]) is None:
            return False if op.inputs[0].shape.ndims else None
    if _is_static(op, j) or _differ_in_size(tensor, op.outputs):
        return False
    return _hands_on_in_trial(op, j)


def _position(op: Operation, tensor: Tensor) -> int | None:
    return next((i for i, t in enumerate(op.inputs) if t is tensor), None)


def _differ_in_size(tensor: Tensor, outputs: list[Tensor]) -> bool:
    """Return True if all outputs are known to be of another size than the tensor, in bytes."""
    sizes = [_bytes(tensor), *map(_bytes, outputs)]
    return None not in sizes and sizes[0] not in sizes[1:]


def _hands_on_in_trial(op: Operation, j: int) -> bool | None:
    """Return True if the kernel gives back the array of input `j` as a result; None if it cannot be tried."""
    arrays = _arrays_for(op, j)
    if arrays is None:
        return None
    try:
        results = op.op_def.kernel(np, *arrays)
    except Exception:  # on these numbers
        return None
    return any(is_all_of(r, arrays[j]) for r in (results if isinstance(results, (list, tuple)) else (results,)))


def _arrays_for(op: Operation, j: int) -> list | None:
    """Return constants, and arrays of the static shapes: always for input `j`; None if a shape is not known."""
    arrays = []
    for i, t in enumerate(op.inputs):
        value = constant_value(t) if i != j else None
        if value is None and (not t.shape.is_fully_defined() or _is_static(op, i)):
            return None
        arrays.append(np.empty(t.shape.as_list(), t.dtype.base_dtype.as_numpy_dtype) if value is None else value)
    return arrays


def _is_static(op: Operation, i: int) -> bool:
    """Return True if the shape rule of `op` asks for the value of its input `i`."""
    static, count = op.op_def.static_inputs, len(op.inputs)
    return static is not ... and i % count in [k % count for k in static]


def _bytes(tensor: Tensor) -> int | None:
    count = tensor.shape.num_elements()
    return None if count is None else count * tensor.dtype.base_dtype.size


def accesses(op: Operation, memory: Memory | None = None) -> list[Access]:
    """Return what an operation does to variables; of an operation with function bodies, what these do.

    Args:
        op: the operation.
        memory: which tensors are memory, where some are fed.
    """
    memory = memory or op.graph.kept("memory", Memory)
    if op.op_def.functions:
        return _inside(op, memory)
    found = []
    op_type: Any = type(op.op_def)
    refs = ref_positions(op_type, len(op.inputs))
    for i, tensor in enumerate(op.inputs):
        if i not in refs:
            found += [Access(op, cell, True, False) for cell in _read(op, i, memory)]
        elif (cell := cell_of(tensor)) is None:
            continue
        elif i in op.op_def.reads or i in op.op_def.writes:
            found.append(Access(op, cell, i in op.op_def.reads, i in op.op_def.writes))
        elif op.type in _COUNTS:
            found.append(Access(op, cell, True, True))
    return found


def _read(op: Operation, i: int, memory: Memory) -> tuple[Operation, ...]:
    """Return the variables whose numbers an operation computes with, by its input `i`."""
    found = memory.of(op.inputs[i]) if op.type not in _TAKES_NO_NUMBERS else ()
    return () if found and op.op_def.forwards and _hands_on(op, op.inputs[i]) else found


def _inside(op: Operation, memory: Memory) -> list[Access]:
    together: dict[Operation, Access] = {}

    def add(cell: Operation, reads: bool, writes: bool) -> None:
        before = together.get(cell, Access(op, cell, False, False))
        together[cell] = Access(op, cell, reads or before.reads, writes or before.writes)

    captured = set()
    for body in memory.bodies(op):
        for inner in ancestors(body.outputs):
            for _, cell, reads, writes in accesses(inner, memory):
                add(cell, reads, writes)
        captured.update(body.captures)
    for tensor in op.inputs:  # a condition, or the first value of a loop's variable
        for cell in memory.of(tensor) if tensor not in captured else ():
            add(cell, True, False)
    return list(together.values())


def written_by(op: Operation) -> list[Operation]:
    """Return the variables that an operation may write, each once.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> both = tf.cond(tf.constant(True), lambda: v.assign_add(1.0), lambda: v.value())
        >>> [cell.name for cell in written_by(both.op.inputs[0].op)]
        ['v']
    """
    return list(dict.fromkeys(access.cell for access in accesses(op) if access.writes))


def refs_written(op: Operation) -> list[int]:
    """Return which inputs of an operation are cells that it, or a function body that it calls, may write."""
    if not op.op_def.functions:
        return list(op.op_def.writes) or [0] * (op.type in _COUNTS)
    written = set(written_by(op))
    return [i for i, tensor in enumerate(op.inputs) if written and cell_of(tensor) in written]
