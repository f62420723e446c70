"""What an update changes, by which gradient and at which rate: of an optimizer's updates, and of those made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigraph.graph.constant_value import constant_value
from minigraph.graph.operation import Operation, Tensor
from minigraph.reading.accesses import is_initializer
from minigraph.reading.finding import listed, made
from minigraph.reading.paths import data_ancestors, data_inputs, from_outside, nearest_first, sources
from minigraph.reading.scene import Scene, inputs_named
from minigraph.runtime.access import cell_of

__all__ = ["Trained", "grouped", "rate_of", "trained_by"]

_LATER = ("apply", "clipping", "multipliers", "noise")  # the stages between a gradient and its use, last first
_STAGE_ORDER = {"gradients": 0, "noise": 1, "multipliers": 2, "clipping": 3, "apply": 4}  # by hand: before apply


@dataclass
class Trained:
    """A variable that a train op changes.

    Attributes:
        variable, gradient: names; of sparse gradients, that of the rows.
        rule: the type of the operation that updates it.
        slots: names of the variables that the optimizer keeps beside it.
        multiplier: the factor of its gradient: a number, the name of a tensor, or None.
        is_sparse: does its gradient come for some rows only?
    """

    variable: str
    gradient: str
    rule: str
    slots: list[str]
    multiplier: Any
    is_sparse: bool
    ops: tuple[Operation, ...] = field(repr=False, default=())

    def __str__(self) -> str:
        sparse = " (sparse)" if self.is_sparse else ""
        factor = f" x {self.multiplier}" if self.multiplier is not None else ""
        slots = f", slots {listed(self.slots)}" if self.slots else ""
        return f"{self.variable}: {self.rule} with {self.gradient}{sparse}{factor}{slots}"


def grouped(updates: list[Operation]) -> list[list[Operation]]:
    """Group the updates of one variable: those of an optimizer in one scope (for rows of it some optimizers
    need several), those made by hand by the variable."""
    groups: dict[Any, list[Operation]] = {}
    for op in updates:
        key = op.name.rpartition("/")[0] if op.stage == "apply" else cell_of(op.inputs[op.op_def.writes[0]])
        groups.setdefault((op.graph, key), []).append(op)
    return list(groups.values())


def trained_by(updates: list[Operation], scene: Scene, written: set[Operation]) -> Trained:
    """Return what the updates of one variable do.

    Args:
        updates: those of one variable.
        scene: the graph.
        written: all variables that are written by a gradient: among them are slots that an update by hand reads.
    """
    cells = _cells_of(updates)
    if updates[0].stage == "apply":
        gradient, multiplier = _gradient(updates[0])
    else:
        behind = _behind(updates)
        cells += [c for c in _cells_of(behind) if c in written - scene.trainable and c not in cells]
        gradient, multiplier = _gradient_by_hand(updates, behind), None
    cells.sort(key=lambda cell: cell not in scene.trainable)
    return Trained(
        cells[0].name,
        gradient.name,
        listed(dict.fromkeys(op.type for op in updates)),
        [c.name for c in cells[1:]],
        multiplier,
        bool(inputs_named(updates[0], "indices")),
        (cells[0], *updates),
    )


def _cells_of(ops: list[Operation]) -> list[Operation]:
    """Return the variables that operations refer to, each once."""
    return list(dict.fromkeys(cell for op in ops for t in op.inputs if (cell := cell_of(t)) is not None))


def _gradient(update: Operation) -> tuple[Tensor, Any]:
    """Return the gradient that an optimizer's update takes, before what was done to it, and its multiplier."""
    values = inputs_named(update, "grad", "delta", "updates", "value") or [update.inputs[-1]]
    gradient, multiplier = from_outside(values[0]), None
    while gradient.op.stage in _LATER and gradient.op.inputs:
        if gradient.op.stage == "multipliers" and gradient.op.type == "Mul":
            factor = gradient.op.inputs[1]
            value = constant_value(factor)
            multiplier = _number(value) if value is not None and np.ndim(value) == 0 else factor.name
        before = map(from_outside, gradient.op.inputs)
        gradient = min(before, key=lambda t: _STAGE_ORDER.get(t.op.stage or "", 3.5))
    return gradient, multiplier


def _gradient_by_hand(updates: list[Operation], behind: list[Operation]) -> Tensor:
    """Return the nearest gradient from which updates by hand are worked out, or what the first one is given."""
    gradients = (t for op in behind for t in data_inputs(op) if t.op.stage == "gradients")
    return next(gradients, updates[0].inputs[-1])


def _behind(updates: Iterable[Operation]) -> list[Operation]:
    """Return the operations that work out updates made by hand, nearest first, up to the gradients."""
    start = dict.fromkeys(updates)
    return list(nearest_first(start, lambda op: [t.op for t in data_inputs(op) if t.op.stage != "gradients"]))


# The learning rate


def rate_of(updates: list[Operation]) -> tuple[str, set[Operation]]:
    """Return where the learning rate comes from, in words, and the operations that compute it."""
    rates = [t for op in updates for t in inputs_named(op, "lr", "alpha")]
    behind = data_ancestors(rates or [t for op in updates for t in op.inputs])
    if not rates:  # updates of rows, in which a product has the rate
        rates = _named_rate(behind) or _factor(updates)
    return _source(rates[0].op) if rates else "a part of the update", behind


def _source(op: Operation) -> str:
    """Return where the value of an operation comes from, in words."""
    while op.type in ("Identity", "Cast") or from_outside(op.all_outputs[0]).op is not op:
        op = data_inputs(op)[0].op
    value = constant_value(op.all_outputs[0])
    if value is not None:
        return f"{_number(value)}, a constant"
    if cell_of(op.all_outputs[0]) is op:
        return f"the variable {made(op)}, {_initially(op)}at first"
    if op.op_def.must_feed:
        return f"fed: {made(op)}"
    start = listed((o.name for o in sources(data_ancestors(op.all_outputs))), 4)
    return f"worked out by {made(op)}" + (f" from {start}" if start else "")


def _named_rate(ops: Iterable[Operation]) -> list[Tensor]:
    """Return the last tensor that is a learning rate by its name or its stage; [] if none is."""
    named = [op for op in ops if "learning_rate" in (op.name.rpartition("/")[2], op.stage)]
    return [max(named, key=lambda op: op.id).all_outputs[0]] if named else []


def _factor(updates: list[Operation]) -> list[Tensor]:
    """Of an update by hand, `w.assign_sub(rate * gradient)`: the scalar that multiplies what comes of the gradient."""
    for op in _behind([update for update in updates if update.stage != "apply"]):
        if op.type == "Mul":
            for factor, other in (op.inputs, op.inputs[::-1]):
                if factor.shape.ndims == 0 and _comes_of_gradient(other) and not _comes_of_gradient(factor):
                    return [factor]
    return []


def _comes_of_gradient(tensor: Tensor) -> bool:
    return any(op.stage == "gradients" for op in data_ancestors([tensor]))


def _initially(cell: Operation) -> str:
    initial = next((u.inputs[1] for u in cell.all_outputs[0].users or () if is_initializer(u)), None)
    while initial is not None and initial.op.type == "Identity":
        initial = initial.op.inputs[0]
    value = None if initial is None else constant_value(initial)
    return "" if value is None or np.ndim(value) else f"{_number(value)} "


def _number(value: Any) -> str:
    return f"{float(value):.6g}"
