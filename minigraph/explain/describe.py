"""`describe`: what `optimize_loss`, `minimize`, or a program by hand has made of a loss, and what surprises people."""

from __future__ import annotations

from typing import Any

from minigraph.explain.access import updates_of, with_inner
from minigraph.explain.report import Report, listed, made, only_element, op_of, told, wrapped
from minigraph.explain.scene import Run, Scene
from minigraph.explain.surprises import SURPRISES
from minigraph.explain.trained import Trained, grouped, rate_of, trained_by
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, where_text
from minigraph.graph.provenance import format_where
from minigraph.graph.scope_state import StageCall
from minigraph.graph.text import amount
from minigraph.reading import roles
from minigraph.runtime.access import cell_of

__all__ = ["describe", "TrainOp", "Trained"]


class TrainOp(Report):
    """The report of `describe`; its findings are the surprises.

    Attributes:
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

    def __init__(self, graph: Any, op: Operation):
        self.scene = Scene(graph, [Run((op,))])
        self._inner = list(with_inner(self.scene.needed[0]))
        self._op = op
        self.call, self.ops = _of_call(op, self._inner)
        self._find_updates()
        self._name_the_call()
        self.remarks = list(dict.fromkeys(self.call.remarks)) if self.call is not None else []
        self._count_stages()
        self.loss_op = next(
            (
                o.original_op
                for o in self.ops
                if o.stage == "gradients" and "grad_ys_" in o.name and o.original_op is not None
            ),
            None,
        )
        self.loss = None if self.loss_op is None else self.loss_op.name
        self.learning_rate, self.rates = rate_of(self.updates)
        self.update_ops = [o.name for o in self.scene.update_ops if o in self.scene.ran]
        self.summary_ops = [o for o in self.ops if o.stage == "summaries" and o.type.endswith("Summary")]
        self.summaries = [o.name for o in self.summary_ops]
        self._find_step_writers()
        surprises = [f for tell in SURPRISES for f in tell(self)]
        super().__init__(graph, self._title(), surprises)

    def _find_updates(self) -> None:
        """Find the updates that the call made, and those made by hand; what they train and what they leave alone."""
        inside, scene = set(self.ops), self.scene
        found = updates_of(scene.needed[0])
        applied = [u for u in found if u in inside and u.stage == "apply"]
        by_hand = [u for u in found if u.stage is None]
        changed = scene.trained(applied)
        of_weights = [u for u in by_hand if scene.trained([u]) & scene.trainable - changed]
        self.updates = applied + (of_weights or ([] if applied else by_hand))
        trained, written = scene.trained(self.updates), scene.trained(found)
        self.variables = [trained_by(group, scene, written) for group in grouped(self.updates)]
        self.untrained = [c.name for c in scene.cells if c in scene.trainable and c not in trained]

    def _name_the_call(self) -> None:
        first = next((u for u in self.updates if u.stage == "apply"), None)
        if self.call is not None:
            self.function, self.where = self.call.name, format_where(self.call.where)
        elif first is not None:
            self.function, self.where = "apply_gradients", where_text(first)
        else:
            self.function, self.where = "hand", where_text(self.updates[0]) if self.updates else where_text(self._op)

    def _title(self) -> str:
        if self.function == "hand":
            return f"'{self._op.name}' runs updates made by hand at {self.where}"
        how = "made by" if _is_made_by(self._op, self.call, self.function) else "which runs what was made by"
        return f"'{self._op.name}', {how} {self.function} at {self.where}"

    def _count_stages(self) -> None:
        """Set the stages, those that a picture shows."""
        anatomy = roles.Anatomy(self.scene.graph, self.scene.graph.get_operations())
        part, inside = anatomy.part, set(self.ops)
        alone = anatomy.calls == 1 and self.call is not None
        groups: dict[str, list[Operation]] = {}
        for op in [*part, *(o for o in self._inner if o not in part and o in inside)]:
            call, stage = part.get(op, (1, str(op.stage)))
            if call and (op in inside or alone or stage == roles.DERIVED and op in self.scene.ran):
                groups.setdefault(stage, []).append(op)
        self.stages = [
            (stage, len(groups[stage]), list(dict.fromkeys(map(where_text, groups[stage]))))
            for stage in roles.STAGES
            if stage in groups
        ]

    def _find_step_writers(self) -> None:
        """Who increments the global step: an optimizer, or the program itself."""
        steps = {op for op in self.scene.collected(GraphKeys.GLOBAL_STEP) if op in self.scene.cells}
        self.step_ops = [
            o
            for o in self._inner
            if o.op_def.writes and (o.stage == "global_step" or cell_of(o.inputs[o.op_def.writes[0]]) in steps)
        ]
        self.step_writers = [o.name for o in self.step_ops]

    def lines(self) -> list[str]:
        """Return the stages, what is trained and how, and the surprises."""
        found = [f"loss: {self.loss}", f"learning rate: {self.learning_rate}"]
        found += ["stages:", f"  1. {roles.STAGE_TITLES[roles.FORWARD]}"]
        found += [
            f"  {i}. {roles.STAGE_TITLES[name]}: {amount(count, 'node')}"
            + ("" if where == [self.where] else f" ({listed(where, 2)})")
            for i, (name, count, where) in enumerate(self.stages, 2)
        ]
        found += ["variables:"] + [f"  {v}" for v in self.variables[:12]]
        if len(self.variables) > 12:
            found.append(f"  and {len(self.variables) - 12} more")
        for title, names in (
            ("not trained", self.untrained),
            ("update ops", self.update_ops),
            ("summaries", self.summaries),
            ("global step", self.step_writers),
        ):
            found.append(f"{title}: {listed(names, 6) or 'none'}")
        found += ["surprises:"] if self.findings else []
        return [line for text in found for line in wrapped(text, "  " + " " * (len(text) - len(text.lstrip())))] + [
            f"  {line}" for line in told(self.findings)
        ]

    @property
    def highlights(self) -> dict[str, list]:
        """The operations that the call made, and the edges of the surprises."""
        outer = [op for op in self.scene.needed[0] if op.op_def.functions and updates_of([op])]
        ops = dict.fromkeys([self._op, *self.ops, *self.updates, *outer])
        return {"ops": [op.name for op in ops if op.graph is self.scene.graph], "edges": super().highlights["edges"]}

    def render(self, path: Any, **options: Any) -> str:
        """Draw the train op with all that it needs; see `Report.render`."""
        return super().render(path, **{"fetches": self._op.name, **options})


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
    report = TrainOp(graph, op)
    if not report.updates:
        raise ValueError(
            f"{made(op)} is no train op: nothing that it needs changes a variable by a gradient.\n"
            "Give what optimize_loss, minimize or apply_gradients gave, or what runs the assignments."
        )
    return report


def _of_call(op: Operation, needed: list[Operation]) -> tuple[StageCall | None, list[Operation]]:
    """Return the call that made a train op, and the operations that the call made."""
    backwards = [op, *reversed(needed)]
    staged = [o for o in backwards if o.stage in ("apply", "global_step")]
    staged = staged or [o for o in backwards if o.stage == "gradients"]  # applied by hand
    if not staged:
        return None, []
    call = getattr(staged[0].stage, "call", None)
    ops = staged[0].graph.get_operations() if call is not None else needed
    return call, [o for o in ops if o.stage is not None and getattr(o.stage, "call", None) is call]


def _is_made_by(op: Operation, call: StageCall | None, function: str) -> bool:
    """Return True if the call returned this operation, rather than one that needs it."""
    if op.stage is not None:
        return getattr(op.stage, "call", None) is call
    return call is not None and call.where[0] in op.where[1:]  # within the call, by a method of the user's own
