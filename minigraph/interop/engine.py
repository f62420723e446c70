"""The engine "tensorflow": a session's graph is handed to TensorFlow, which runs it and keeps the variables.

The session checks fetches and feeds, and its plan says what must be fed, as on numpy. A program is then a request to
the process of TensorFlow (`tensorflow_process.py`). The graph is sent when something is run for the first time; what is
added to it later is sent by itself.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import threading
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from minigraph.graph import errors
from minigraph.graph.graph import Graph
from minigraph.graph.messages import made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.resource import Resource
from minigraph.graph.variable_cell import Cell
from minigraph.interop.cluster_watch import watch_of
from minigraph.interop.export_tape import forward_bodies
from minigraph.interop.tensorflow_process import Failure, error_of, tensorflow_process
from minigraph.runtime.config import Options, device
from minigraph.runtime.deadlines import milliseconds_left
from minigraph.runtime.fetches import plain
from minigraph.runtime.plan import Plan
from minigraph.runtime.tracing.steps import Step
from minigraph.runtime.tracing.tracer import Tracer
from minigraph.runtime.tracing.values import ValueSummary

__all__ = ["Engine", "TARGET", "asked", "connect", "set_fields"]

TARGET = "tensorflow"  # TensorFlow in the process beside this one; its own targets are addresses, "grpc://host:port"
_LOST = errors.AbortedError.code, errors.UnavailableError.code
_SILENT = (
    "No answer from {}: start it again with the same cluster. A MonitoredTrainingSession then goes on from its newest "
    "checkpoint."
)
_ENGINES = (
    'tf.Session("") runs on numpy, tf.Session("tensorflow") in an installed TensorFlow, '
    'tf.Session("grpc://HOST:PORT") on one of its servers.'
)


def connect(target: str | bytes, graph: Graph, config: Any) -> Engine:
    """Return the engine of a session.

    Args:
        target: "tensorflow", or the address of a server of TensorFlow's, "grpc://host:port".
        graph: what the session runs.
        config: its `ConfigProto`.

    Raises:
        ImportError: if TensorFlow is not there.
        errors.OpError: if there is no such engine, or the server cannot be reached.
    """
    name = target.decode() if isinstance(target, bytes) else target
    if name != TARGET and not name.startswith("grpc://"):
        raise errors.NotFoundError(
            None, None, f'No session factory registered for the given session options: {{target: "{name}"}}\n{_ENGINES}'
        )
    return Engine(name, graph, config)


class Engine(Resource):
    """A session of TensorFlow's.

    Attributes:
        exports: how many times the graph, or what was added to it, has been sent.
        state: the session's state: this engine itself, and the variables as they were when they were looked at last.
    """

    def __init__(self, target: str, graph: Graph, config: Any):
        super().__init__(TARGET, target)
        self._graph, self._lock, self._keys = graph, threading.Lock(), itertools.count()
        self._sent = self.exports = 0
        self._saved: dict[Operation, int] = {}  # how much each conditional and loop keeps for the backward pass
        self._is_open, self.state = True, dict[Any, Any]({"": self})
        self._process = tensorflow_process()
        self._watch = watch_of(target)
        self._number = self._ask("open", "" if target == TARGET else target, set_fields(config))

    def _ask(self, what: str, *args: Any) -> Any:
        return asked(self._process, what, *args)

    def program(self, plan: Plan) -> EngineProgram:
        """Return what runs a plan."""
        if (op := next(_calling_back(plan.steps), None)) is not None:
            raise errors.UnimplementedError(None, None, _calls_back(op))
        feeds, key = [t.name for t in plan.feeds], next(self._keys)
        wanted = [f for f in dict.fromkeys(plan.fetches) if f not in plan.feeds]  # what is fed needs no question
        fetches = [f.name for f in wanted if isinstance(f, Tensor)]
        targets = [f.name for f in wanted if isinstance(f, Operation)]
        self._send_graph()
        if wanted:
            with contextlib.nullcontext() if self._watch is None else self._watch.telling_of_waits():
                self._ask("prepare", self._number, key, feeds, fetches, targets)
        return EngineProgram(self, plan, key, wanted)

    def _send_graph(self) -> None:
        with self._lock:
            ops = self._graph.get_operations()
            if self._sent == len(ops):
                return
            self._saved.update({op: -1 for op in ops[self._sent :] if op.op_def.hidden_outputs})
            saved = {op: sum(len(body.intermediates) for body in forward_bodies(op)) for op in self._saved}
            changed = any(self._saved[op] not in (-1, count) for op, count in saved.items())
            data = self._graph.as_graph_def(0 if changed else self._sent).SerializeToString()
            self._ask("renew" if changed else "extend", self._number, data)
            self._sent, self._saved, self.exports = len(ops), saved, self.exports + 1

    def run(self, key: int, feeds: tuple, traced: bool = False) -> tuple[Any, list]:
        """Return what was recorded of a run, and the values of its fetched tensors."""
        left = milliseconds_left()
        try:
            return self._process.ask("run", self._number, key, left, traced, arrays=feeds)
        except errors.UnavailableError:
            if not self._is_open:
                raise errors.CancelledError(
                    None, None, "Run call was cancelled\nThe session was closed while it ran."
                ) from None
            raise

    def advice(self, failure: Failure) -> str:
        """Return what to add to a failure: which tasks of the cluster do not answer, if that may be why; or ""."""
        silent = self._watch.silent() if self._watch is not None and failure.code in _LOST else []
        return "\n" + _SILENT.format(" and ".join(silent)) if silent else ""

    def look(self) -> None:
        """Look at the variables: `state` has those that have a value now."""
        names, values = self._process.ask("variables", self._number)
        there = dict(zip(names, values))
        for op in self._graph.get_operations():
            if op.op_def.stateful and isinstance(cell := op.op_def.initial_state(op.name), Cell):
                cell.value = there.get(op.name)
                self.state[op] = cell

    def devices(self) -> list:
        """Return the devices that TensorFlow has for the session."""
        found = self._ask("devices", self._number)
        return [device(*each) for each in found]

    def release(self) -> None:
        """Close TensorFlow's session, which cancels what runs there."""
        if self._is_open:
            self._is_open = False
            if self._process.is_alive:
                self._ask("close", self._number)


def asked(process: Any, what: str, *args: Any) -> Any:
    """Return the answer to a request; an error of TensorFlow's is raised as MiniGraph's."""
    try:
        return process.ask(what, *args)[0]
    except Failure as failure:
        raise error_of(failure) from None


class EngineProgram:
    """A plan that TensorFlow runs; for a session it is what `Program` is."""

    switches: frozenset = frozenset()
    recorded = MappingProxyType({None: None})  # not empty, so that a session keeps the shortest way to `execute`

    def __init__(self, engine: Engine, plan: Plan, key: int, wanted: list[Tensor | Operation]):
        self.plan, self._engine, self._key, self._asked_for = plan, engine, key, wanted

    def execute(self, feeds: tuple) -> list:
        """Run the plan; return the fetched values, None for an operation."""
        return self._run(feeds)[1]

    def interpret(self, feeds: tuple, interpreter: Any) -> list:
        """Run the plan within its time; for a `Tracer` take down the steps that TensorFlow reports."""
        is_traced = isinstance(interpreter, Tracer)
        reported, values = self._run(feeds, is_traced)
        if is_traced:
            interpreter.steps += _steps(reported, self.plan)
        return values

    def _run(self, feeds: tuple, traced: bool = False) -> tuple[Any, list]:
        try:
            reported, arrays = self._engine.run(self._key, feeds, traced) if self._asked_for else ([], [])
        except Failure as failure:
            raise _marked(failure, self.plan, self._engine.advice(failure)) from None
        tensors = [f for f in self._asked_for if isinstance(f, Tensor)]
        values = dict(zip(self.plan.feeds, feeds)) | dict(zip(tensors, arrays))
        return reported, [plain(values[f]) if isinstance(f, Tensor) else None for f in self.plan.fetches]

    def cells(self) -> dict:
        """Return no variables: they are in TensorFlow's hands."""
        return {}

    def mark(self, error: Any) -> None:
        """Look at the variables if one has no value, so that it can be told why; errors know their operation."""
        if isinstance(error, errors.FailedPreconditionError):
            with contextlib.suppress(Failure, errors.OpError):
                self._engine.look()


def _marked(failure: Failure, plan: Plan, advice: str) -> Exception:
    """Return the error of a run, which knows its operation, and has the first sentence of TensorFlow's message."""
    text, name = _told(failure.message)
    failure.message = text + advice
    error: Any = error_of(failure)
    ops = {op.name: op for op in plan.steps}
    op = ops.get(name or failure.node)
    if op is None and isinstance(error, errors.FailedPreconditionError):  # TensorFlow names a node of its own
        op = ops.get(text.split()[-1])
    error.minigraph_op, error.minigraph_inputs = op, []
    return error


def _told(message: str) -> tuple[str, str]:
    """Return what a message of TensorFlow's says, and the name of the node that it speaks of; "" for none.

    Example:
        >>> _told("Bad [[{{node x/y}}]]"), _told("Bad")
        (('Bad [[{{node x/y}}]]', 'x/y'), ('Bad', ''))
    """
    names = _NODE.findall(message)
    text = _ROOTS.sub("", _DETECTED.sub("", message)).partition("\n\t [[")[0]
    return text.strip(), names[0] if names else ""


_NODE = re.compile(r"\[\[(?:\{\{)?node ([^ }\]]+)")
_ROOTS = re.compile(r"^\d+ root error\(s\) found\.\s+\(0\) [A-Za-z_ ]+: ")
_DETECTED = re.compile(r"^Graph execution error:.*?Node: '[^']*'\n", re.DOTALL)


def _steps(reported: list, plan: Plan) -> list[Step]:
    """Return the steps of a run of TensorFlow's, in the order in which they began; what it adds to a graph is none."""
    ops, found = {op.name: op for op in plan.steps}, []
    reported = sorted((step for step in reported if step[1] in ops), key=lambda step: step[2])
    for _, name, start, lasted, outputs in reported:
        op = ops[name]
        known = {slot: (sizes, size) for slot, _, sizes, size in outputs}
        told = [(t, *known.get(t.value_index, (None, 0))) for t in op.values()]
        summaries = [ValueSummary(t.name, sizes, t.dtype.base_dtype.name, size) for t, sizes, size in told]
        inputs = [t.name for t in op.inputs] + [f"^{c.name}" for c in op.waits_for]
        found.append(Step(name, op.type, inputs, float(start - reported[0][2]), float(lasted), summaries))
    return found


def _calling_back(ops: Iterable[Operation]) -> Iterator[Operation]:
    """Yield the operations that call functions of Python's, those in bodies too."""
    for op in ops:
        if op.op_def.calls_back:
            yield op
        for name in op.op_def.functions:
            yield from _calling_back(getattr(op.op_def, name).get_operations())


def _calls_back(op: Operation) -> str:
    return (
        f'{op.type} calls Python, and the engine "{TARGET}" runs in another process\n'
        f'{made(op)} is such a node: leave it out, or run on numpy, tf.Session("").'
    )


def set_fields(options: Options) -> dict[str, Any]:
    """Return those fields of a `ConfigProto` that are not as they are by default, nested as they are."""
    found: dict[str, Any] = {}
    for name, default in options._defaults.items():
        value, known = getattr(options, name), name not in _OURS
        if isinstance(value, Options):
            inner = set_fields(value)
            found.update({name: inner} if inner else {})
        elif known and value != (default() if isinstance(default, type) else default):
            found[name] = value
    return found


_OURS = ("order", "order_seed")  # fields that TensorFlow does not have
