"""Reverse-mode differentiation: `gradients` walks back from ys to xs and *builds* the gradient as graph.

An operation is visited once all gradients of its outputs have arrived (its pending consumers are counted), so that
gradients along several paths are summed first: the chain rule adds over paths. A gradient rule builds ordinary
nodes, so a gradient can be differentiated again.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Any

from minigraph.autodiff.aggregation import total
from minigraph.autodiff.given_gradient import given_gradient, other_shape
from minigraph.autodiff.options import AggregationMethod, UnconnectedGradients
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.register_gradient import borrowed, built_in, gradient_registry, no_gradient
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.walks import reached
from minigraph.ops import namespace
from minigraph.ops.arrays import constant, fill, filled_like, shape_ops
from minigraph.ops.control import group

__all__ = ["gradients"]


_CARRIERS = (dtypes.variant, dtypes.resource)  # types through which gradients flow although they are not trainable


def is_trainable(tensor: Any) -> bool:
    """Return True if gradients can flow through this tensor."""
    dtype = tensor.dtype
    return dtype._kind in "fc" or dtype.base_dtype in _CARRIERS


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
    stop_gradients: Any = None,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> list:
    """Build the derivatives of the sum of `ys` with respect to each of `xs`.

    Args:
        ys: a tensor or a list of tensors to differentiate.
        xs: a tensor, variable or list of them.
        grad_ys: the gradient to start with for each y (its shape and type); ones where None.
        name: the name scope of the nodes.
        colocate_gradients_with_ops: request that gradient nodes run on the devices of their forward nodes.
        gate_gradients: use no gradient of an operation before all of them are computed.
        aggregation_method: how to sum, see `AggregationMethod`.
        stop_gradients: tensors to treat as constants.
        unconnected_gradients: an `UnconnectedGradients`, or its value "none" or "zero".

    Returns:
        For each x the gradient, of x's shape and type: a tensor, or `IndexedSlices` if only some rows have one, or
        None if no y depends on x by differentiable operations.

    Raises:
        LookupError: if an operation on the path has no gradient.
        TypeError: if a y is complex and has no grad_y, or a grad_y does not fit.
        ValueError: if the arguments do not fit together.

    Example:
        >>> x = tf.constant(3.0)
        >>> (first,) = tf.gradients(x * x * x, [x])
        >>> (second,) = tf.gradients(first, [x])
        >>> print(*sess.run([first, second]))
        27.0 18.0
    """
    ys, xs = as_list(ys), as_list(xs)
    stop_gradients = as_list(stop_gradients) if stop_gradients is not None else []
    grad_ys = [None] * len(ys) if grad_ys is None else as_list(grad_ys)
    try:
        unconnected_gradients = UnconnectedGradients(unconnected_gradients)
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected_gradients!r}") from None
    if aggregation_method not in (None, 0, 1, 2):
        raise ValueError(f"Invalid aggregation_method specified {aggregation_method}.")
    graph = get_default_graph()
    method = aggregation_method or AggregationMethod.ADD_N
    given = [v for v in (*ys, *xs, *stop_gradients, *grad_ys) if v is not None]
    scope = atomic_scope(name, "gradients", given)
    with gc_paused(), graph.atomic(), graph.made_here(), graph.stage("gradients"), scope:
        walk = _Backward(ys, xs, grad_ys, stop_gradients, colocate_gradients_with_ops, gate_gradients, method)
        found = walk.run()
    if unconnected_gradients == UnconnectedGradients.ZERO:
        found = [filled_like.zeros_like(x) if g is None else g for x, g in zip(walk.xs, found)]
    return found


def as_list(values: Any) -> list:
    """Return a list of the values, or of the one value that is not in a list or tuple."""
    return list(values) if isinstance(values, (list, tuple)) else [values]


def _to_tensor(value: Any, name: str, as_ref: bool = False) -> Any:
    return value if isinstance(value, IndexedSlices) else convert_to_tensor(value, name=name, as_ref=as_ref)


def _in_graph(y: Any, graph: Any) -> Any:
    """Return the tensor of `graph` that stands for a tensor of a conditional's body, or the tensor itself."""
    return graph.capture(y) if isinstance(y, Tensor) and y.graph._is_inside(graph) else y


class _Backward:
    """A backward walk from ys to xs."""

    def __init__(self, ys: list, xs: list, grad_ys: list, stops: list, colocate: bool, gate: bool, method: int):
        graph = self._graph = get_default_graph()
        graph.unique_name("uid")  # TF1 takes this name here; names after it depend on that
        self._colocate, self._gate, self._method = colocate, gate, method
        self.ys = [_in_graph(_to_tensor(y, f"y_{i}"), graph) for i, y in enumerate(ys)]
        self.xs = [_to_tensor(x, f"x_{i}", as_ref=True) for i, x in enumerate(xs)]
        for x in self.xs:
            if isinstance(x, Tensor) and x.graph._is_inside(graph):
                raise x.graph.inaccessible(x)
        self._bodies: list[Any] = list(graph._and_outer())[:-1]  # around where the gradient is built, innermost first
        self._xs_set = {x for x in self.xs if isinstance(x, Tensor)}
        self._received: dict[Tensor, list] = {}
        self._summed: dict[Tensor, Any] = {}
        self._start(grad_ys)
        from_ops, to_ops = [x.op for x in self.xs], [y.op for y in self.ys]
        self._pending, self._on_the_way = self._count(to_ops, from_ops)
        self._stop = {op for op in from_ops if not any(self._pending[t.op] > 0 for t in self._inputs(op))}
        self._stop.update(t.op for t in stops)
        self._queue = deque(op for op in dict.fromkeys(to_ops) if op in self._on_the_way and not self._pending[op])

    # The walk

    def run(self) -> list:
        """Build the gradients of all operations between ys and xs; return those of the xs."""
        while self._queue:
            op = self._queue.popleft()
            with self._beside(op):
                self._visit(op)
            for before in [t.op for t in self._inputs(op)]:
                self._pending[before] -= 1
                if not self._pending[before] and before in self._on_the_way:
                    self._queue.append(before)
        return [self._result(x) for x in self.xs]

    def _visit(self, op: Operation) -> None:
        dys = [self._aggregate(t) for t in op.all_outputs]
        self._summed.update(zip(op.all_outputs, dys))
        if op in self._stop or all(dy is None for dy in dys) or (rule := gradient_rule(op)) is None:
            return
        for i, t in enumerate(op.all_outputs):
            # A body is followed only from the outputs that have a gradient: others may have more dependencies.
            if dys[i] is None and is_trainable(t) and t.dtype not in _CARRIERS and not op.op_def.functions:
                dys[i] = filled_like.zeros_like(t, optimize=False)
        with self._graph.name_scope(op.name + "_grad"), self._graph.original_op(op):
            found = as_list(rule(dys))
            if len(found) != len(op.inputs):
                text = f"Num gradients {len(found)} generated for op {op.node_def} do not match num inputs"
                raise ValueError(f"{text} {len(op.inputs)}")
            if self._gate and sum(g is not None for g in found) > 1:
                with colocate_with(None, ignore_existing=True):  # the gate is colocated with no operation
                    found = group.tuple(found)
        for i, (t, grad) in enumerate(zip(self._inputs(op), found)):
            if grad is not None:
                _fit_shape(op, i, t, grad)
                self._add(t, grad)

    def _beside(self, op: Operation) -> Any:
        return colocate_with(op) if self._colocate else contextlib.nullcontext()

    # The bookkeeping

    def _add(self, t: Any, grad: Any) -> None:
        self._received.setdefault(t if isinstance(t, Tensor) else t.values, []).append(grad)

    def _aggregate(self, t: Tensor) -> Any:
        """Sum the gradients that arrived along several paths; return None if there is none."""
        grads = self._received.get(t, [])
        if len(grads) < 2:
            return grads[0] if grads else None
        return total(grads, t.op.name, self._method)

    def _result(self, x: Any) -> Any:
        t = x if isinstance(x, Tensor) else x.values
        return self._summed[t] if t in self._summed else self._aggregate(t)

    def _start(self, grad_ys: list) -> None:
        if len(grad_ys) != len(self.ys):
            raise ValueError(f"Passed {len(grad_ys)} grad_ys for {len(self.ys)} ys")
        grads = [g if g is None else _to_tensor(g, f"grad_y_{i}") for i, g in enumerate(grad_ys)]
        for i, (y, grad) in enumerate(zip(self.ys, grads)):
            with self._beside(y.op), self._graph.original_op(y.op):
                self._add(y, _start_gradient(i, y, grad))

    # The shape of the forward graph

    def _inputs(self, op: Operation) -> Sequence[Tensor]:
        """Return the inputs of an operation, with captured ones replaced by outer tensors (unless they are xs)."""
        if not self._bodies:
            return op.inputs
        return [t if t in self._xs_set else t.graph.outer_of(t) for t in op.inputs]

    def _consumers(self, t: Tensor) -> list[Operation]:
        found = t.users or []
        for body in self._bodies:
            inner = body.captures.get(t)
            if inner is not None:
                found = found + self._consumers(inner)
        return found

    def _count(self, to_ops: list, from_ops: list) -> tuple[Counter, set]:
        """Return the number of gradients that each operation between xs and ys waits for, and these operations."""

        def onward(op: Operation) -> list[Operation]:
            return [user for t in op.all_outputs if is_trainable(t) for user in self._consumers(t)]

        after = reached(from_ops, onward)
        between = reached(after.intersection(to_ops), lambda op: after.intersection(t.op for t in self._inputs(op)))
        return Counter(t.op for op in between for t in self._inputs(op) if t.op in between), between


def _fit_shape(op: Operation, i: int, t: Tensor, grad: Any) -> None:
    try:
        if isinstance(grad, Tensor) and t.dtype is not dtypes.resource:
            grad.set_shape(t.shape)
    except ValueError:
        raise other_shape(op, i, t, grad) from None


def _start_gradient(i: int, y: Any, grad: Any) -> Any:
    if grad is not None:
        return given_gradient(i, y, grad)
    if y.dtype.is_complex:
        raise TypeError(f"Gradients of complex tensors must set grad_ys (y.dtype = {y.dtype!r})")
    return fill.fill(shape_ops.shape(y), constant.constant(1, dtype=y.dtype.base_dtype, name=f"grad_ys_{i}"))


def gradients_of(graph: Any) -> dict[str, Callable | None]:
    """Return the gradients registered by name that apply in a graph: global ones, and its `custom_gradient`s."""
    return {**gradient_registry, **graph.kept("gradients", dict)}


def gradient_rule(op: Operation) -> Callable[[list], Any] | None:
    """Return the function from the gradients of an operation's outputs to those of its inputs, or None.

    A function registered by name (`RegisterGradient`, `gradient_override_map`) takes precedence over the rule of the
    definition; LookupError if there is neither.
    """
    override = (op.extra_attrs or {}).get("_gradient_op_type")
    registered_as = override or op.type
    registered = gradients_of(op.graph)
    if registered_as in registered:
        function = registered[registered_as]
        return None if function is None else lambda dys: _registered(function, op, dys)
    kind = type(op.op_def) if override in (None, op.type) else built_in(override)
    if kind is None or kind.gradient is OpDef.gradient:
        raise no_gradient(op, registered_as)
    many = len(op.all_outputs) > 1
    extra = {"differentiate": differentiate_body} if op.op_def.functions else {}
    rule = op.op_def.gradient if kind is type(op.op_def) else borrowed(kind, op)
    ys = list(op.all_outputs) if many else op.all_outputs[0]
    return lambda dys: rule(namespace, dys if many else dys[0], ys, *op.inputs, **extra)


def _registered(function: Callable, op: Operation, dys: list) -> Any:
    with get_default_graph().made_anywhere():
        return function(op, *dys)


def differentiate_body(ys: list, xs: list, grad_ys: list) -> list:
    """Build, in the default graph (a backward body), the gradients of another body's tensors for its inputs."""
    return _Backward(ys, xs, grad_ys, [], False, False, AggregationMethod.ADD_N).run()
