"""`describe`: what `optimize_loss`, or `minimize`, has made of a loss, and what of it surprises people."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigraph.explain.access import is_initializer, updates_of
from minigraph.explain.paths import data_ancestors, sources
from minigraph.explain.report import Report, amount, listed, made, only_element, op_of, told, wrapped
from minigraph.explain.scene import Run, Scene, inputs_named
from minigraph.explain.surprises import SURPRISES
from minigraph.graph.operation import Operation, where_text
from minigraph.graph.provenance import format_where
from minigraph.graph.scopes import Call
from minigraph.graph.static import constant_value
from minigraph.runtime.access import cell_of

__all__ = ["describe", "TrainOp", "Trained"]

_LATER = ("apply", "clipping", "multipliers", "noise")      # the stages between a gradient and its use, last first
_STAGE_ORDER = {"gradients": 0, "noise": 1, "multipliers": 2, "clipping": 3, "apply": 4}       # by hand: before apply


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


class TrainOp(Report):
    """The report of `describe`; its findings are the surprises.

    Attributes:
        call: what the stages remember of the call, or None.
        function: "optimize_loss", "minimize", or "apply_gradients" where that was called by hand.
        where: the line of that call.
        stages: for each stage, in order, its name, the number of its nodes, and the lines that made them.
        loss: the name of what was differentiated.
        learning_rate: where the learning rate comes from, in words.
        variables: a `Trained` for each variable.
        untrained: the names of the trainable variables that it does not change.
        update_ops, summaries, step_writers: names of operations.
        remarks: arguments without effect, and the like.
        ops, updates, rates, summary_ops, step_ops: the operations that the call made; of them those that change
            variables, work out the learning rate, write summaries, and increment the global step.
        scene: what else follows from the graph and a run of the train op.
    """

    mark = ""

    def __init__(self, graph: Any, op: Operation):
        self.scene = Scene(graph, [Run((op,))])
        self.call, self.ops = _of_call(self.scene, op)
        call = self.call
        self.function = call.name if call is not None else "apply_gradients"
        self.where = format_where(call.where) if call is not None else where_text(op)
        self.remarks = list(dict.fromkeys(call.remarks)) if call is not None else []
        self.stages = _stages(self.ops)
        inside = set(self.ops)
        self.updates = [u for u in updates_of(self.scene.needed[0]) if u in inside and u.stage == "apply"]
        self.loss = next((o._original_op.name for o in self.ops if o.stage == "gradients" and "grad_ys_" in o.name
                          and o._original_op is not None), None)
        self.learning_rate, self.rates = _rate(self.updates)
        trained = self.scene.trained(self.updates)
        self.variables = [_trained(group, self.scene) for group in _by_variable(self.updates)]
        self.untrained = [c.name for c in self.scene.cells if c in self.scene.trainable and c not in trained]
        self.update_ops = [o.name for o in self.scene.update_ops if o in self.scene.ran]
        self.summary_ops = [o for o in self.ops if o.stage == "summaries" and o.type.endswith("Summary")]
        self.summaries = [o.name for o in self.summary_ops]
        self.step_ops = [o for o in self.scene.needed[0] if o.stage == "global_step" and o.op_def.writes]
        self.step_writers = [o.name for o in self.step_ops]
        surprises = [f for tell in SURPRISES for f in tell(self)]
        super().__init__(graph, f"'{op.name}', made by {self.function} at {self.where}", surprises)
        self._op = op

    def lines(self) -> list[str]:
        """The stages, what is trained and how, and the surprises."""
        found = [f"loss: {self.loss}", f"learning rate: {self.learning_rate}"]
        found += ["stages:"] + [f"  {i}. {name}: {amount(count, 'node')}" + ("" if where == [self.where] else
                                f" ({listed(where, 2)})") for i, (name, count, where) in enumerate(self.stages, 1)]
        found += ["variables:"] + [f"  {v}" for v in self.variables[:12]]
        if len(self.variables) > 12:
            found.append(f"  and {len(self.variables) - 12} more")
        for title, names in (("not trained", self.untrained), ("update ops", self.update_ops),
                             ("summaries", self.summaries), ("global step", self.step_writers)):
            found.append(f"{title}: {listed(names, 6) or 'none'}")
        found += ["surprises:"] if self.findings else []
        return [line for text in found for line in wrapped(text, "  " + " " * (len(text) - len(text.lstrip())))] + [
            f"  {line}" for line in told(self.findings)]

    @property
    def highlights(self) -> dict[str, list]:
        """The operations that the call made, and the edges of the surprises."""
        return {"ops": [self._op.name, *[op.name for op in self.ops if op is not self._op]],
                "edges": super().highlights["edges"]}

    def render(self, path: Any, **options: Any) -> str:
        """Draws the train op with all that it needs; see `Report.render`."""
        return super().render(path, **{"fetches": self._op.name, **options})


def describe(train_op: Any) -> TrainOp:
    """Tells what `optimize_loss` or `minimize` did: its stages, what it trains and how, and what of it surprises.

    Args:
        train_op: what the call gave.

    Returns:
        A report; its findings are the surprises that apply, and the arguments that had no effect.

    Raises:
        ValueError: if it is no train op.
        TypeError: if it is a list, or no part of a graph.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     w = tf.Variable(3.0, name="w")
        ...     report = describe(tf.train.AdamOptimizer(0.1).minimize(tf.square(w, name="loss")))
        >>> report.function, report.loss, [name for name, *_ in report.stages]
        ('minimize', 'loss', ['gradients', 'apply'])
        >>> report.learning_rate, report.variables[0].slots
        ('0.1, a constant', ['w/Adam', 'w/Adam_1'])
    """
    graph, element = only_element(train_op, "one train op")
    op = op_of(element)
    report = TrainOp(graph, op)
    if not report.updates:
        raise ValueError(f"{made(op)} is no train op: nothing that it needs changes a variable by a gradient.\n"
                         "Give what optimize_loss, minimize or apply_gradients gave.")
    return report


def _of_call(scene: Scene, op: Operation) -> tuple[Call | None, list[Operation]]:
    """The call that made a train op, and the operations that the call made."""
    staged = [o for o in [op, *reversed(scene.needed[0])] if o.stage in ("apply", "global_step")]
    call = getattr(staged[0].stage, "call", None) if staged else None
    ops = scene.ops if call is not None else scene.needed[0]
    return call, [o for o in ops if o.stage is not None and getattr(o.stage, "call", None) is call]


def _stages(ops: list[Operation]) -> list[tuple[str, int, list[str]]]:
    found: dict[str, list[Operation]] = {}
    for op in ops:
        found.setdefault(str(op.stage), []).append(op)
    return [(name, len(group), list(dict.fromkeys(map(where_text, group)))) for name, group in found.items()]


# The learning rate

def _rate(updates: list[Operation]) -> tuple[str, set[Operation]]:
    """Where the learning rate comes from, in words, and the operations that work it out."""
    rates = [t for op in updates for t in inputs_named(op, "lr", "alpha")]
    behind = data_ancestors(rates or [t for op in updates for t in op.inputs])
    if not rates:       # updates of rows, in which a product has the rate
        named = [op for op in behind if op.name.rpartition("/")[2] == "learning_rate" or op.stage == "learning_rate"]
        rates = [max(named, key=lambda op: op._id)._outputs[0]] if named else []
    if not rates:
        return "a part of the update", behind
    op = rates[0].op
    while op.type in ("Identity", "Cast"):
        op = op.inputs[0].op
    value = constant_value(op._outputs[0])
    if value is not None:
        return f"{_number(value)}, a constant", behind
    if cell_of(op._outputs[0]) is op:
        return f"the variable {made(op)}, {_initially(op)}at first", behind
    if op.op_def.must_feed:
        return f"fed: {made(op)}", behind
    start = listed((o.name for o in sources(data_ancestors(op._outputs))), 4)
    return f"worked out by {made(op)}" + (f" from {start}" if start else ""), behind


def _initially(cell: Operation) -> str:
    initial = next((u.inputs[1] for u in cell._outputs[0]._consumers or () if is_initializer(u)), None)
    while initial is not None and initial.op.type == "Identity":
        initial = initial.op.inputs[0]
    value = None if initial is None else constant_value(initial)
    return "" if value is None or np.ndim(value) else f"{_number(value)} "


def _number(value: Any) -> str:
    return f"{float(value):.6g}"


# The variables

def _by_variable(updates: list[Operation]) -> list[list[Operation]]:
    """The updates of one variable stand in one scope; for rows of it some optimizers need several."""
    groups: dict[str, list[Operation]] = {}
    for op in updates:
        groups.setdefault(op.name.rpartition("/")[0], []).append(op)
    return list(groups.values())


def _trained(updates: list[Operation], scene: Scene) -> Trained:
    cells = list(dict.fromkeys(cell for op in updates for t in op.inputs if (cell := cell_of(t)) is not None))
    cells.sort(key=lambda cell: cell not in scene.trainable)
    values = inputs_named(updates[0], "grad", "delta", "updates", "value") or [updates[0].inputs[-1]]
    gradient, multiplier = values[0], None
    while gradient.op.stage in _LATER and gradient.op.inputs:
        if gradient.op.stage == "multipliers" and gradient.op.type == "Mul":
            factor = gradient.op.inputs[1]
            value = constant_value(factor)
            multiplier = _number(value) if value is not None and np.ndim(value) == 0 else factor.name
        gradient = min(gradient.op.inputs, key=lambda t: _STAGE_ORDER.get(t.op.stage or "", 3.5))
    return Trained(cells[0].name, gradient.name, listed(dict.fromkeys(op.type for op in updates)),
                   [c.name for c in cells[1:]], multiplier, bool(inputs_named(updates[0], "indices")),
                   (cells[0], *updates))
