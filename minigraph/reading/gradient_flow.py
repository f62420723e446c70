"""How far gradients come, and what cuts their way.

The rules of the operations themselves are asked: each one is built on trial, for every kind of operation once, and
taken off the graph again. So what this tells is what `tf.gradients` does.
"""

from __future__ import annotations

import difflib
import functools
from collections import deque
from collections.abc import Iterable
from typing import Any

from minigraph.autodiff.backward import gradient_rule, gradients_of, is_trainable
from minigraph.graph import dtypes
from minigraph.graph.advice import element, variable
from minigraph.graph.code import code
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.traces import where_text
from minigraph.ops.arrays.placeholder import placeholder
from minigraph.reading.finding import Finding, listed, made
from minigraph.reading.paths import arrows, data_ancestors, shortest, sources
from minigraph.runtime.access import cell_of

__all__ = ["Flow", "FLOWS", "CUT", "NO_PATH"]

FLOWS, CUT, NO_PATH = "flows", "cut", "no-path"


class Flow:
    """How far gradients of `ys` come."""

    def __init__(self, ys: list[Tensor], stopped: Iterable[Tensor] = ()):
        self.ys, self.stopped = ys, {t.op for t in stopped}
        self.above = data_ancestors(ys)
        self.live: dict[Tensor, None] = dict.fromkeys(ys)  # the tensors that get a gradient
        self.refused: dict[Operation, str] = {}  # operations whose rule gives no gradient, and why
        self._patterns: dict[Any, tuple] = {}
        for op in sorted(self.above, key=lambda op: -op.id):
            if any(t in self.live for t in op.all_outputs):
                passes = self._passes(op)
                self.live.update((t, None) for t, passed in zip(op.inputs, passes) if passed and is_trainable(t))

    def _passes(self, op: Operation) -> tuple:
        """Return for each input of an operation whether it gets a gradient."""
        if op in self.stopped:
            self.refused[op] = "is named in stop_gradients"
            return ()
        passes, reason = self._tried(op, [t in self.ys or _may_get_gradient(t) for t in op.all_outputs])
        if reason:
            self.refused[op] = reason
        return passes

    def _tried(self, op: Operation, asked: list[bool]) -> tuple[tuple, str]:
        """Return which inputs get a gradient, and why none does; each pattern of a rule is tried once only."""
        override = (op.extra_attrs or {}).get("_gradient_op_type")
        registered = (override or op.type) in gradients_of(op.graph)
        if registered or op.op_def.functions:
            return _on_trial(op, asked)
        # a rule of this package, which goes by this alone
        key = op.op_def, override, tuple(asked), tuple([(t.dtype, t.shape.ndims) for t in op.inputs])
        if key not in self._patterns:
            self._patterns[key] = _on_trial(op, asked)
        return self._patterns[key]

    def explain(self, x: Tensor) -> Finding:
        """Return the finding for one x."""
        if x in self.live and is_trainable(x):
            return Finding(FLOWS, f"the gradient for '{x.op.name}' is not None", (x.op,), where_text(x.op))
        path = _follow(self._next, x)
        return self._cut(x, path) if path else self._no_path(x)

    @functools.cached_property
    def _next(self) -> dict[Tensor, Tensor | None]:
        """For each tensor from which values flow into a y the next one on a way there: to a tensor that gets a gradient
        first, then by such tensors only."""
        found: dict[Tensor, Tensor | None] = dict.fromkeys(self.ys)
        for inside in (True, False):
            queue = deque(found)
            while queue:
                t = queue.popleft()
                for before in t.op.inputs:
                    if before not in found and (before in self.live or not inside):
                        found[before] = t
                        queue.append(before)
        return found

    @functools.cached_property
    def _from_ys(self) -> dict[Tensor, Tensor | None]:
        """For each tensor that a value of a y flows into, the one before it."""
        found: dict[Tensor, Tensor | None] = dict.fromkeys(self.ys)
        queue = deque(found)
        while queue:
            t = queue.popleft()
            for after in [o for op in t.users or () for o in op.all_outputs]:
                if after not in found:
                    found[after] = t
                    queue.append(after)
        return found

    def _cut(self, x: Tensor, path: list[Tensor]) -> Finding:
        ops = tuple(dict.fromkeys([t.op for t in path]))
        at = next((i for i, t in enumerate(path) if t in self.live), len(path) - 1)
        whole = next((i for i, t in enumerate(path[: at + 1]) if not is_trainable(t)), None)
        if whole == 0:
            return Finding(
                CUT,
                f"'{x.op.name}' holds {x.dtype.base_dtype.name}, and only floats have gradients: "
                f"{arrows(ops, name=_name)}",
                ops,
                where_text(x.op),
                f"if it is no index or count, make it a float: {code('dtype=tf.float32')}.",
            )
        if whole is not None:
            at, op = whole, path[whole].op
            reason = f"gives {path[whole].dtype.base_dtype.name}, and only floats have gradients"
            advice = "keep floats on the way: a softmax in place of argmax, a sigmoid in place of a comparison."
        else:
            op = path[at].op
            op, reason = self._inside(op, path, self.refused.get(op, "passes no gradient on to this input"))
            advice = _advice(op, path[0].op)
        cut = path[at].op
        route = arrows(ops, ops.index(cut), _name)
        return Finding(
            CUT,
            f"the path is cut at {made(op)}, which {reason}: {route}",
            ops,
            where_text(op),
            advice,
            ((path[max(at - 1, 0)].op, cut),),
        )

    def _inside(self, op: Operation, path: list[Tensor], reason: str) -> tuple[Operation, str]:
        """Of an operation with bodies the inner operation that cuts, where one can be named."""
        given = [t for t in path if t in op.inputs]
        for name in op.op_def.functions:
            body = op.op_def.attr(name)
            inner = body.captures.get(given[-1]) if given else None
            if inner is not None:
                flow = Flow(list(body.outputs))
                finding = flow.explain(inner)
                if finding.code == CUT:
                    cut = finding.edges[-1][1] if finding.edges else finding.ops[0]
                    return cut, flow.refused.get(cut, f"passes no gradient on inside of '{op.name}'")
        return op, reason

    def _no_path(self, x: Tensor) -> Finding:
        y = self.ys[0].op
        below, origin = _follow(self._from_ys, x), self._common_origin(x)
        if below:
            text = f"it is the other way round: {arrows([t.op.name for t in reversed(below)])}"
            advice = "swap the arguments, or build ys from x."
        elif origin is not None:
            text = (
                f"'{x.op.name}' is a new tensor made from '{origin.name}', from which '{y.name}' was computed "
                "too, but not through it"
            )
            advice = (
                f"differentiate with respect to {code(_in_code(origin))}, or let '{y.name}' depend on '{x.op.name}'."
            )
        else:
            names = [op.name for op in sources(self.above)]
            text = f"it depends on {listed(names, 5) or 'constants only'}"
            close = _close(x.op.name, names)
            advice = f"did you mean {close}?" if close else f"let '{y.name}' depend on '{x.op.name}'."
        text = f"no path leads from '{x.op.name}' to '{y.name}' ({where_text(y)}); {text}"
        return Finding(NO_PATH, text, (x.op, y), where_text(x.op), advice)

    def _common_origin(self, x: Tensor) -> Operation | None:
        """Return what both x and ys were computed from: the variable, where it is a read of one."""
        path = shortest([x.op], lambda op: [t.op for t in op.inputs], lambda op: op in self.above)
        if not path or path[-1].type == "Const":
            return None
        shared = path[-1]
        return next((cell for t in (shared.outputs[0], *shared.inputs) if (cell := cell_of(t))), shared)


def _may_get_gradient(t: Tensor) -> bool:
    return is_trainable(t) and t.dtype is not dtypes.variant


def _name(op: Operation) -> str:
    return op.name


def _follow(pointers: dict[Tensor, Tensor | None], start: Tensor) -> list[Tensor]:
    """Return the tensors on the way that pointers show; [] where they know nothing of `start`."""
    path: list[Tensor] = []
    at: Tensor | None = start if start in pointers else None
    while at is not None:
        path.append(at)
        at = pointers[at]
    return path


def _advice(cutting: Operation, x: Operation) -> str:
    if cutting.type == "StopGradient":
        return f"take {code('tf.stop_gradient')} away there, if '{x.name}' is to be trained by this loss."
    if cutting.type == "Cast":
        return f"cast to a float type: {code('tf.cast(…, tf.float32)')}."
    return f"use an operation with a gradient there, or give one: {code('@tf.custom_gradient')}."


def _in_code(op: Operation) -> str:
    """Return how a program refers to a variable, or to what an operation computes."""
    output = op.outputs[0]
    return variable(op) if cell_of(output) is op else element(output)


def _close(name: str, names: list[str]) -> str:
    def stem(text: str) -> str:
        return text.rstrip("0123456789").rstrip("_") or text

    twins = [n for n in names if stem(n) == stem(name)]
    close = twins or difflib.get_close_matches(name, names, 2)
    return " or ".join(f"'{n}'" for n in close[:2])


class _Undo(Exception):
    """Take a trial off the graph."""


def _on_trial(op: Operation, asked: list[bool]) -> tuple[tuple, str]:
    """Build the gradient of an operation and take it back: which inputs get one, and why none does."""
    graph = op.graph
    with graph._lock:
        finalized, graph._finalized = graph._finalized, None
        passes: tuple | None = ()
        reason = ""
        try:
            with graph.atomic(), graph.as_default(), graph.control_dependencies(None), graph.name_scope(None):
                passes = _build_gradient(op, asked)
                raise _Undo
        except _Undo:
            reason = _refusal(op, passes)
        except LookupError:
            reason = "has no gradient rule (tf.gradients raises LookupError)"
        finally:
            graph._finalized = finalized
    return passes or (), reason


def _build_gradient(op: Operation, asked: list[bool]) -> tuple | None:
    """Build the gradient of an operation; return for each input whether it gets one, None where there is no rule."""
    rule = gradient_rule(op)
    if rule is None:
        return None
    outputs = zip(op.all_outputs, asked)
    found = rule([placeholder(t.dtype.base_dtype, t.shape) if wanted else None for t, wanted in outputs])
    return tuple(g is not None for g in (found if isinstance(found, (list, tuple)) else [found]))


def _refusal(op: Operation, passes: tuple | None) -> str:
    """Return why an operation gives none of its inputs a gradient; "" if one gets one."""
    if passes is None:
        return "has no gradient"
    if not passes or any(passes):
        return ""
    return "is made to stop gradients" if op.type == "StopGradient" else "passes no gradient on"
