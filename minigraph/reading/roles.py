"""What each node is for: the variable, the initializer, the constant, the part of a training step.

All that pictures need to know of a node beside its edges, in a few passes over the operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from minigraph.reading.accesses import is_initializer
from minigraph.runtime.access import refs_written

__all__ = ["Anatomy", "STAGES", "STAGE_TITLES", "FORWARD", "DERIVED", "GRADIENT_SCOPE", "call_of", "is_cell", "loss_of"]

FORWARD = "forward"
DERIVED = "derived"  # made by the user's own code out of gradients: hand-written clipping, a penalty

STAGE_TITLES = {  # in the order in which the parts of a training step are told
    FORWARD: "forward: from the inputs to the loss",
    "update_ops": "update ops first",
    "learning_rate": "learning rate",
    "gradients": "gradients",
    DERIVED: "made of gradients",
    "noise": "gradient noise",
    "multipliers": "gradient multipliers",
    "clipping": "clipping",
    "summaries": "summaries",
    "apply": "apply: the optimizer",
    "global_step": "global step and train op",
}
STAGES = tuple(stage for stage in STAGE_TITLES if stage != FORWARD)
_BEGINS = {"update_ops", "learning_rate", "gradients"}
_ENDS = {"apply", "global_step"}
_OF_GRADIENTS = {"gradients", DERIVED, "noise", "multipliers", "clipping"}
GRADIENT_SCOPE = re.compile(r"(?:^|/)gradients(?:_\d+)?/(.+?)_grad(?:_\d+)?/")


# The nodes, beside the initializer, that are made with a variable: behind its name.
_OF_A_VARIABLE = {"/read", "/Read/ReadVariableOp", "/IsInitialized/VarIsInitializedOp"}


class Anatomy:
    """The roles of a graph's operations.

    Args:
        graph: the graph.
        ops: its operations, or some of them, in creation order.

    Attributes:
        role: for each operation "variable", "read" (the snapshot that belongs to a variable), "placeholder",
            "constant", "init", "update", "summary", "control", "gradient", "train_op", "loss", "helper" (its
            value serves as a shape or axis only) or "forward".
        owner: for a variable's read, the variable's operation.
        differentiated: the operations whose gradient was made; those that variables are trained for have the role
            "loss".
        part: for each operation (call, stage): which training op made it, counted from 1, and the stage; the
            forward part is (0, "forward").

    Example:
        >>> graph = tf.get_default_graph()
        >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
        >>> y = tf.multiply(x, 2.0, name="y")
        >>> anatomy = Anatomy(graph, graph.get_operations())
        >>> [(op.name, anatomy.role[op]) for op in graph.get_operations()]
        [('x', 'placeholder'), ('y/y', 'constant'), ('y', 'forward')]
    """

    def __init__(self, graph: Any, ops: Iterable[Any]):
        self.ops = list(ops)
        self.role: dict[Any, str] = {}
        self.owner: dict[Any, Any] = {}
        self.part: dict[Any, tuple[int, str]] = {}
        self.differentiated: set[Any] = set()
        self.calls = 0
        for op in self.ops:
            self.role[op] = self._own_role(op)
        self._find_initializers()
        self._find_parts()
        self._find_train_ops(graph)
        self._find_losses()
        self._find_helpers()

    def of(self, ops: list[Any]) -> Anatomy:
        """Return the same for some of the operations: what they are in the whole graph."""
        if len(ops) < len(self.ops):
            self.ops = ops
            self.role = {op: self.role[op] for op in ops}
        return self

    def _own_role(self, op: Any) -> str:
        rules, kind, inputs = op.op_def, op.type, op.inputs
        if kind == "Const":
            return "constant"
        if kind.startswith("Placeholder") or rules.must_feed:
            return "placeholder"
        if not inputs and op.outputs and is_cell(op.outputs[0]):
            return "variable"
        if inputs and self.role.get(inputs[0].op) == "variable":
            return self._role_at_variable(op, inputs[0].op)
        return self._role_of_work(op)

    def _role_at_variable(self, op: Any, variable: Any) -> str:
        if op.name.removeprefix(variable.name) in _OF_A_VARIABLE:
            self.owner[op] = variable
            return "read"
        return "init" if is_initializer(op) else self._role_of_work(op)

    @staticmethod
    def _role_of_work(op: Any) -> str:
        """Return the role of an operation that is no part of a variable, placeholder or constant."""
        if refs_written(op):
            return "update"
        if op.type.endswith("Summary"):
            return "summary"
        if not op.outputs and not op.inputs:
            return "control"
        return "gradient" if op.stage == "gradients" else "forward"

    def _find_initializers(self) -> None:
        """Mark a node as there for initialisation if all that wait for it are."""
        for op in self.ops:  # a group of initializers is one
            waits = op.control_inputs
            if self.role[op] == "control" and waits and all(self.role.get(c) == "init" for c in waits):
                self.role[op] = "init"
        for op in reversed(self.ops):
            if self.role[op] not in ("variable", "placeholder", "init", "read") and self._roles_behind(op) == {"init"}:
                self.role[op] = "init"

    def _roles_behind(self, op: Any) -> set[str]:
        """Return the roles of what uses an operation or waits for it."""
        users = [u for t in op.outputs for u in t.consumers()] + op.control_outputs
        return {self.role[u] for u in users if u in self.role}

    def _find_parts(self) -> None:
        """Of two training ops the second begins with a gradient, or what precedes it, after an update."""
        call, ended, part = 0, True, self.part
        for op in self.ops:
            stage = op.stage
            if stage is None:
                part[op] = self._part_of_user_code(op, call)
                continue
            if ended and stage in _BEGINS:
                call, ended = call + 1, False
            ended = ended or stage in _ENDS
            call = call or 1
            part[op] = (call, stage)
        self.calls = call
        if call == 1:  # the summaries beside the only training op are told with its own
            for op, (_, stage) in part.items():
                if stage == "summaries":
                    part[op] = (1, stage)

    def _part_of_user_code(self, op: Any, call: int) -> tuple[int, str]:
        if self.role[op] == "summary":
            return 0, "summaries"
        derived = any(self.part.get(t.op, (0, ""))[1] in _OF_GRADIENTS for t in op.inputs)
        return (call, DERIVED) if derived else (0, FORWARD)

    def _find_train_ops(self, graph: Any) -> None:
        for each in graph.get_collection("train_op") if hasattr(graph, "get_collection") else ():
            op = getattr(each, "op", each)
            if op not in self.role:
                continue
            last = next((u for u in op.control_outputs if u.stage == "apply" and u in self.role), None)
            if last is not None:  # optimize_loss gives the loss, after the update
                self.part[last] = (self.part[last][0], self.part[op][1])
            self.role[last or op] = "train_op"

    def _find_losses(self) -> None:
        """Mark what was differentiated, as the loss if variables are trained with its gradients.

        What was differentiated on the way to a loss, as for a penalty, is none.
        """
        begun = self._begun()
        self.differentiated = set(begun.values())
        trained = _feeds(self.ops, (op for op in self.ops if self.role[op] == "update" or self.part[op][1] == "apply"))
        inner = _feeds(self.ops, self.differentiated)
        for op, loss in begun.items():
            if op in trained and op not in inner and self.role[loss] in ("forward", "gradient"):
                self.role[loss] = "loss"

    def _begun(self) -> dict[Any, Any]:
        """Return the operations at which gradients begin, each with what was differentiated."""
        by_name = {op.name: op for op in self.ops}  # the operations of a union have neighbours of the graphs' own
        found = {op: _given_loss(op) for op in self.ops}
        return {op: by_name[y.name] for op, y in found.items() if y is not None and y.name in by_name}

    def _find_helpers(self) -> None:
        """Nodes that work out a shape: whoever takes their value takes it as a shape, an axis or a size."""
        role = self.role
        for op in reversed(self.ops):
            if role[op] not in ("forward", "gradient") or op in self.differentiated:
                continue
            users = [u for t in op.outputs for u in t.consumers() if u in role]
            if users and all(role[u] == "helper" or _takes_statically(u, op) for u in users):
                role[op] = "helper"


def _feeds(ops: list[Any], wanted: Iterable[Any]) -> set[Any]:
    """Return the operations that some others depend on by data, and these."""
    found = set(wanted)
    for op in reversed(ops):
        if op in found:
            found.update(t.op for t in op.inputs)
    return found


def _takes_statically(user: Any, op: Any) -> bool:
    if user.op_def.static_inputs is ...:  # it stitches shapes, or data: its own users tell
        return False
    static = {i % len(user.inputs) for i in user.op_def.static_inputs}
    return bool(static) and all(i in static for i, t in enumerate(user.inputs) if t.op is op)


def call_of(op: Any) -> Any:
    """Return the call of `optimize_loss` or `minimize` that made an operation as one of its stages, or None."""
    return getattr(op.stage, "call", None)


def loss_of(op: Any) -> Any:
    """Return the operation that was differentiated, if `op` is where its gradient begins, else None."""
    begins = op.stage == "gradients" and "grad_ys_" in op.name.rpartition("/")[2]
    return op.original_op if begins else None


def _given_loss(op: Any) -> Any:
    """Return the same as the user gave it, before `optimize_loss` let it wait for the update ops."""
    loss = loss_of(op)
    while loss is not None and loss.stage is not None and loss.type == "Identity":
        loss = loss.inputs[0].op
    return loss


def is_cell(tensor: Any) -> bool:
    """Return True for the cell of a variable, rather than a value."""
    dtype = tensor.dtype
    return dtype.name.endswith("_ref") or dtype.name == "resource"
