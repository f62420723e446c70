"""`describe`: what `optimize_loss`, `minimize`, or a program by hand has made of a loss, and what surprises people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from minigraph.explain.report import Report, only_element, op_of, told
from minigraph.explain.surprises import SURPRISES
from minigraph.explain.trained import Trained, grouped, rate_of, trained_by
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation
from minigraph.graph.scope_state import StageCall
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where, where_text
from minigraph.reading import roles
from minigraph.reading.accesses import updates_of, with_inner
from minigraph.reading.finding import hung, listed, made
from minigraph.reading.roles import call_of, loss_of
from minigraph.reading.scene import Run, Scene
from minigraph.runtime.access import cell_of

__all__ = ["describe", "TrainOp", "Trained"]


@dataclass(repr=False, eq=False, kw_only=True)
class TrainOp(Report):
    """The report of `describe`; its findings are the surprises.

    Attributes:
        train_op: the operation that is described.
        call: what the stages remember of the call, or None.
        function: "optimize_loss", "minimize", "apply_gradients" where that was called by hand, or "hand" where the
            program assigns new values to its variables itself.
        where: the line of that call; of an update by hand, of the first assignment.
        stages: for each stage, in the order in which pictures tell them, its name, the number of its nodes, and the
            lines that made them.
        loss: the name of what was differentiated.
        learning_rate: where the learning rate comes from, in words.
        variables: a `Trained` for each variable.
        untrained: the names of the trainable variables that it does not change.
        update_ops, summaries, step_writers: names of operations.
        remarks: arguments without effect, and the like.
        ops, updates, rates, summary_ops, step_ops: the operations that the call made; of them those that change
            variables, work out the learning rate, write summaries, and increment the global step.
        loss_op: the operation of the loss, or None.
        scene: what else follows from the graph and a run of the train op.
    """

    mark = ""

    train_op: Operation
    call: StageCall | None
    function: str
    where: str
    stages: list[tuple[str, int, list[str]]]
    loss_op: Operation | None
    learning_rate: str
    variables: list[Trained]
    untrained: list[str]
    remarks: list[str]
    ops: list[Operation]
    updates: list[Operation]
    rates: set[Operation]
    summary_ops: list[Operation]
    step_ops: list[Operation]
    scene: Scene

    @property
    def loss(self) -> str | None:
        """The name of what was differentiated."""
        return None if self.loss_op is None else self.loss_op.name

    @property
    def update_ops(self) -> list[str]:
        """The names of the UPDATE_OPS that run."""
        return [op.name for op in self.scene.update_ops if op in self.scene.ran]

    @property
    def summaries(self) -> list[str]:
        """The names of the summaries that the call made."""
        return [op.name for op in self.summary_ops]

    @property
    def step_writers(self) -> list[str]:
        """The names of the operations that increment the global step."""
        return [op.name for op in self.step_ops]

    def lines(self) -> list[str]:
        """Return the stages, what is trained and how, and the surprises."""
        found = [f"loss: {self.loss}", f"learning rate: {self.learning_rate}"]
        found += ["stages:", f"  1. {roles.STAGE_TITLES[roles.FORWARD]}"]
        found += [f"  {i}. {self._stage_line(*stage)}" for i, stage in enumerate(self.stages, 2)]
        found += ["variables:"] + [f"  {v}" for v in self.variables[:12]]
        found += [f"  and {len(self.variables) - 12} more"] * (len(self.variables) > 12)
        beside = {"not trained": self.untrained, "update ops": self.update_ops, "summaries": self.summaries}
        for title, names in {**beside, "global step": self.step_writers}.items():
            found.append(f"{title}: {listed(names, 6) or 'none'}")
        found += ["surprises:"] if self.findings else []
        return hung(found) + [f"  {line}" for line in told(self.findings)]

    def _stage_line(self, name: str, count: int, where: list[str]) -> str:
        """Return a stage with its number of nodes, and the lines that made them where the call did not."""
        elsewhere = "" if where == [self.where] else f" ({listed(where, 2)})"
        return f"{roles.STAGE_TITLES[name]}: {amount(count, 'node')}{elsewhere}"

    @property
    def highlights(self) -> dict[str, list]:
        """The operations that the call made, and the edges of the surprises."""
        outer = [op for op in self.scene.needed[0] if op.op_def.functions and updates_of([op])]
        ops = dict.fromkeys([self.train_op, *self.ops, *self.updates, *outer])
        return {"ops": [op.name for op in ops if op.graph is self.scene.graph], "edges": super().highlights["edges"]}

    def render(self, path: Any, **options: Any) -> str:
        """Draw the train op with all that it needs; see `Report.render`."""
        return super().render(path, **{"fetches": self.train_op.name, **options})


def describe(train_op: Any) -> TrainOp:
    """Tell what `optimize_loss` or `minimize` did: its stages, what it trains and how, and what of it surprises.

    Updates that a program makes by hand, by assignments of what it works out from gradients, are told likewise.

    Args:
        train_op: what the call gave, or an operation that runs it.

    Returns:
        A report; its findings are the surprises that apply, and the arguments that had no effect.

    Raises:
        ValueError: if it is no train op.
        TypeError: if it is a list, or no part of a graph.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> report = describe(tf.train.AdamOptimizer(0.1).minimize(tf.square(w, name="loss")))
        >>> report.function, report.loss, [name for name, *_ in report.stages]
        ('minimize', 'loss', ['gradients', 'apply'])
        >>> report.learning_rate, report.variables[0].slots
        ('0.1, a constant', ['w/Adam', 'w/Adam_1'])
    """
    graph, element = only_element(train_op, "one train op")
    op = op_of(element)
    scene = Scene(graph, [Run((op,))])
    inner = list(with_inner(scene.needed[0]))
    call, ops = _of_call(op, inner)
    found = updates_of(scene.needed[0])
    updates = _of_weights(found, set(ops), scene)
    if not updates:
        raise ValueError(
            f"{made(op)} is no train op: nothing that it needs changes a variable by a gradient.\n"
            "Give what optimize_loss, minimize or apply_gradients gave, or what runs the assignments."
        )
    function, where = _name_of(call, updates)
    learning_rate, rates = rate_of(updates)
    trained, written = scene.trained(updates), scene.trained(found)
    report = TrainOp(
        graph,
        _title(op, call, function, where),
        train_op=op,
        call=call,
        function=function,
        where=where,
        stages=_stages(scene, inner, call, set(ops)),
        loss_op=_loss_behind(ops),
        learning_rate=learning_rate,
        variables=[trained_by(group, scene, written) for group in grouped(updates)],
        untrained=_others_trainable(scene, trained),
        remarks=list(dict.fromkeys(call.remarks)) if call is not None else [],
        ops=ops,
        updates=updates,
        rates=rates,
        summary_ops=[o for o in ops if o.stage == "summaries" and o.type.endswith("Summary")],
        step_ops=_step_writers(scene, inner),
        scene=scene,
    )
    report.findings += [finding for tell in SURPRISES for finding in tell(report)]
    return report


def _of_weights(found: list[Operation], inside: set[Operation], scene: Scene) -> list[Operation]:
    """Return, of the updates that run, those that the call made, and those by hand of weights that it leaves alone."""
    applied = [u for u in found if u in inside and u.stage == "apply"]
    by_hand = [u for u in found if u.stage is None]
    left = scene.trainable - scene.trained(applied)
    of_weights = [u for u in by_hand if scene.trained([u]) & left]
    return applied + (of_weights or ([] if applied else by_hand))


def _name_of(call: StageCall | None, updates: list[Operation]) -> tuple[str, str]:
    """Return the name of the function that made the updates, and the line that called it."""
    if call is not None:
        return call.name, format_where(call.where)
    applied = next((u for u in updates if u.stage == "apply"), None)
    return ("hand", where_text(updates[0])) if applied is None else ("apply_gradients", where_text(applied))


def _title(op: Operation, call: StageCall | None, function: str, where: str) -> str:
    if function == "hand":
        return f"'{op.name}' runs updates made by hand at {where}"
    how = "made by" if _is_made_by(op, call) else "which runs what was made by"
    return f"'{op.name}', {how} {function} at {where}"


def _loss_behind(ops: list[Operation]) -> Operation | None:
    """Return the loss that the gradients of a call differentiated."""
    return next((loss for op in ops if (loss := loss_of(op)) is not None), None)


def _others_trainable(scene: Scene, trained: set[Operation]) -> list[str]:
    """Return the names of the trainable variables that are not trained."""
    return [cell.name for cell in scene.cells if cell in scene.trainable and cell not in trained]


def _stages(
    scene: Scene, inner: list[Operation], call: StageCall | None, inside: set[Operation]
) -> list[tuple[str, int, list[str]]]:
    """Return the stages that a picture shows, each with its number of nodes and the lines that made them."""
    anatomy = roles.Anatomy(scene.graph, scene.ops)
    drawn = _drawn_with(call, anatomy, inside, scene.ran)
    groups: dict[str, list[Operation]] = defaultdict(list)
    for op, (number, stage) in anatomy.part.items():
        if number and op in drawn:
            groups[stage].append(op)
    for op in inner:  # in the bodies of functions
        if op in inside and op not in anatomy.part:
            groups[str(op.stage)].append(op)
    return [
        (stage, len(groups[stage]), list(dict.fromkeys(map(where_text, groups[stage]))))
        for stage in roles.STAGES
        if stage in groups
    ]


def _drawn_with(
    call: StageCall | None, anatomy: roles.Anatomy, inside: set[Operation], ran: set[Operation]
) -> set[Operation]:
    """Return what a picture shows as part of a call: all if it is the only one, else what it made and what derives."""
    if anatomy.calls == 1 and call is not None:
        return set(anatomy.part)
    return inside | {op for op, (_, stage) in anatomy.part.items() if stage == roles.DERIVED and op in ran}


def _step_writers(scene: Scene, inner: list[Operation]) -> list[Operation]:
    """Return who increments the global step: an optimizer, or the program itself."""
    steps = {op for op in scene.collected(GraphKeys.GLOBAL_STEP) if op in scene.cells}
    return [
        op
        for op in inner
        if op.op_def.writes and (op.stage == "global_step" or cell_of(op.inputs[op.op_def.writes[0]]) in steps)
    ]


def _of_call(op: Operation, needed: list[Operation]) -> tuple[StageCall | None, list[Operation]]:
    """Return the call that made a train op, and the operations that the call made."""

    def of_stages(*stages: str) -> list[Operation]:
        return [o for o in (op, *reversed(needed)) if o.stage in stages]

    staged = of_stages("apply", "global_step") or of_stages("gradients")  # applied by hand
    if not staged:
        return None, []
    call = call_of(staged[0])
    ops = staged[0].graph.get_operations() if call is not None else needed
    return call, [o for o in ops if o.stage is not None and call_of(o) is call]


def _is_made_by(op: Operation, call: StageCall | None) -> bool:
    """Return True if the call returned this operation, rather than one that needs it."""
    if op.stage is not None:
        return call_of(op) is call
    return call is not None and call.where[0] in op.where[1:]  # within the call, by a method of the user's own
