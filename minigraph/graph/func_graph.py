"""`FuncGraph`: a graph inside a graph, the body of a function such as a branch of a conditional.

Nodes of the graphs around it may be used inside: each becomes an input of the body, and of the operation that calls it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from minigraph.graph import errors
from minigraph.graph.constant_value import computed_value, constant_value_as_shape
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.graph import Graph
from minigraph.graph.graph_scopes import listed_inputs, to_wait_for
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scope_state import ControlBlock
from minigraph.graph.shapes import TensorShape
from minigraph.graph.text import message
from minigraph.graph.walks import ancestors

__all__ = ["FuncGraph", "Argument", "needed_by"]


class Argument(OpDef):
    """An input of a function body; `outer` is the captured outer tensor, if it stands for one."""

    dtype_: DType
    shape_: TensorShape
    outer: Any = None

    must_feed = True

    def shape(self):
        return self.shape_

    def static_value(self):
        return None if self.outer is None else computed_value(self.outer)

    def as_shape(self):
        if self.outer is None or self.shape_.ndims != 1:
            return None
        return constant_value_as_shape(self.outer)

    def kernel(self, xp):
        raise ValueError("an argument has no value of its own")

    def gradient(self, tf, dy, y):
        return ()


Argument.type = "_Arg"


class _OuterBlock(ControlBlock):
    """A block in the body of a function that also names operations outside of it."""

    __slots__ = ("outside",)

    def __init__(self, inside: ControlBlock, outside: tuple[Operation, ...]):
        super().__init__(inside.control_inputs, inside.where)
        self.outside = outside


class FuncGraph(Graph):
    """The body of a function.

    Args:
        name: the name of the function.
        outer: the enclosing graph, by default the default graph.

    Attributes:
        inputs: the body's input tensors; those that stand for outer tensors come after the declared ones.
        outputs: the tensors that it returns.
        captures: the captured outer tensors, and the inputs that stand for them.
        intermediates: tensors of the forward body whose values the backward body needs.
        effects: operations that run though no output needs them.
        called_by: the operation that calls the function, once it is made.

    Example:
        >>> x = tf.constant(2.0, name="x")
        >>> body = FuncGraph("double")
        >>> with body.as_default():
        ...     body.outputs = [x + x]
        >>> body.inputs, list(body.captures)
        ([<tf.Tensor 'x:0' shape=() dtype=float32>], [<tf.Tensor 'x:0' shape=() dtype=float32>])
    """

    building_function = True
    is_step = False  # True if a loop runs it repeatedly

    def __init__(self, name: str, outer: Graph | None = None):
        super().__init__()
        self.name = name
        self.outer_graph = outer if outer is not None else get_default_graph()
        self.inputs: list[Tensor] = []
        self.outputs: list[Tensor] = []
        self.captures: dict[Tensor, Tensor] = {}
        self.intermediates: list[Tensor] = []
        self.effects: list[Operation] = []
        self._foreseen: set[Tensor] = set()  # outer tensors captured by a body inside this one
        self._awaited: dict[Operation, dict[Operation, None]] = {}  # the outer operations that inner ones wait for
        self.called_by: Operation | None = None
        self._undo, self._atomic_depth = self.outer_graph._undo, 1  # the enclosing call rolls back on failure
        self.seed = self.outer_graph.seed
        self._outer_scope = self._scopes.around = self.outer_graph.get_name_scope()
        self._scopes.device = self.outer_graph._scopes.device
        self._scopes.stage = self.outer_graph._scopes.stage
        self._scopes.gradient_override = self.outer_graph._scopes.gradient_override
        self._collections = self.outer_graph._collections

    @property
    def _last_id(self) -> int:
        """The number of operations, those lifted out of the body while it is built (variables) included."""
        assert self.outer_graph is not None
        return self.outer_graph._last_id + len(self._ops) + self._uncounted

    def get_name_scope(self) -> str:
        """Return the open name scope, with which names of variables made inside begin.

        Names of the body's nodes do not begin with the scope around the body.
        """
        return "/".join(filter(None, (self._scopes.around, self._scopes.name)))

    def name_scope(self, name: str | None) -> Any:
        """Open a name scope as a graph does; None leaves the scope around the body, too."""
        return super().name_scope(name) if name else self._scopes.set("", name="", around="")

    def name_outside(self, op: Operation) -> str:
        """Return the name that an operation of this body has in TF1, where bodies are part of the graph."""
        return f"{self._outer_scope}/{op.name}" if self._outer_scope else op.name

    def add_input(self, dtype: DType, shape: TensorShape, name: str = "arg", outer: Tensor | None = None) -> Tensor:
        """Add an input at the end."""
        with self._scopes.set(name="", control=(), device=[], colocation=(), original_op=None, attrs={}):
            op = super().add_op(Argument(dtype, shape, outer), self.unique_name(name), (), (dtype,), (shape,))
        self.inputs.append(op.all_outputs[0])
        return op.all_outputs[0]

    def capture(self, tensor: Tensor) -> Tensor:
        """Return the input that stands for an outer tensor, adding one if necessary."""
        if tensor.graph is self or tensor.graph._is_inside(self):
            return super().capture(tensor)
        if not self._is_inside(tensor.graph):
            assert self.outer_graph is not None
            tensor = self.outer_graph.capture(tensor)  # a sibling body's, or one whose values are saved
        found = self.captures.get(tensor)
        if found is None:
            self._count_outer(tensor)
            found = self.add_input(tensor.dtype, tensor._shape, tensor.op.name.rpartition("/")[2], tensor)
            self.captures[tensor] = found
            self.on_rollback(lambda: self._forget(tensor))
        return found

    def _forget(self, tensor: Tensor) -> None:
        """Undo a capture for an operation that failed."""
        found = self.captures.pop(tensor)
        self.inputs = [t for t in self.inputs if t is not found]

    def _count_outer(self, tensor: Tensor) -> None:
        """Count a capture in the enclosing bodies: TF1 captures through all at once, here each when it calls."""
        outer, count = self.outer_graph, self._last_id
        while isinstance(outer, FuncGraph) and tensor.graph is not outer and tensor not in outer._foreseen:
            outer._foreseen.add(tensor)
            count += tensor not in outer.captures
            outer = outer.outer_graph
        self.count_as(count)

    def give_out(self, tensor: Tensor) -> Tensor:
        """Return the tensor of the enclosing graph that has the value of a tensor of this body which is not an output.

        Raises:
            ValueError: if there is none.
        """
        raise self.inaccessible(tensor)

    def inaccessible(self, tensor: Tensor) -> ValueError:
        """Return the error for the use of a tensor of this body outside."""
        return errors.InaccessibleTensorError(
            message(
                f"The tensor '{tensor}' cannot be accessed here: it is defined in another function or code block.",
                f"It is {made(tensor)}.",
                "Return it from the function that makes it; an operation with an effect, too.",
            )
        )

    # Control inputs from outside

    def control_dependencies(self, control_inputs: Any) -> Any:
        """Return a context manager as a graph does; operations made inside may also wait for outer operations.

        In a branch it waits for them by the conditional, which waits for those of them that its results need. In a
        loop, as in TF1, the first output of such an operation becomes an input of the loop; one without outputs is
        ignored.
        """
        if control_inputs is None:
            return super().control_dependencies(None)
        inside: list[Any] = []
        outside: list[Operation] = []
        for value in listed_inputs(control_inputs):
            element = to_wait_for(value)
            op = element if isinstance(element, Operation) else getattr(element, "op", element)
            is_outer = isinstance(op, Operation) and op.graph is not self and self._is_inside(op.graph)
            (outside if is_outer else inside).append(op if is_outer else value)
        if not outside:
            return super().control_dependencies(inside)
        with super().control_dependencies(inside) as block:
            block = _OuterBlock(block, tuple(outside))
        return self._scopes.wait_for(block, self._idle_blocks)

    def add_op(self, op_def: OpDef, name: str, inputs: tuple, output_types: tuple, output_shapes: tuple) -> Operation:
        """Add an operation as a graph does, and note the outer operations that it waits for."""
        blocks = self._scopes.control
        if not any(isinstance(block, _OuterBlock) for block in blocks):
            return super().add_op(op_def, name, inputs, output_types, output_shapes)
        outside = _awaited_by(blocks, {t.op for t in inputs})
        pulled = [self.pull(op) for op in outside if self.is_step and op.all_outputs]
        with self._scopes.set(control=(*blocks, ControlBlock(tuple(pulled)))):
            op = super().add_op(op_def, name, inputs, output_types, output_shapes)
        awaited = [other for other in outside if not self._is_beyond_loop(other.graph)]
        if awaited:
            self._awaited[op] = dict.fromkeys(awaited)
        return op

    def pull(self, op: Operation) -> Operation:
        """Return an operation of this step that waits for an outer one."""
        raise NotImplementedError

    def _is_beyond_loop(self, graph: Graph) -> bool:
        """Return True if that graph is outside the innermost loop whose step contains this body."""
        bodies: Any = itertools.takewhile(lambda body: body is not graph, self._and_outer())
        return any(body.is_step for body in bodies)

    def needed_outside(self) -> tuple[list[Tensor], list[Operation]]:
        """Return the outer tensors on which the outputs depend, and the outer operations for which these wait."""
        needed = set(ancestors(self.outputs))
        waits = [other for op, others in self._awaited.items() if op in needed for other in others]
        return [outer for outer, inner in self.captures.items() if inner.op in needed], waits

    @property
    def is_pure(self) -> bool:
        """True if no operation of the body is stateful or has side effects."""
        return all(op.op_def.is_pure for op in self._ops)

    @property
    def has_state(self) -> bool:
        """True if an operation of the body is stateful."""
        return any(op.op_def.has_state for op in self._ops)


def needed_by(bodies: Iterable[FuncGraph]) -> tuple[list[Tensor], list[Operation]]:
    """Return what the outputs of any of the bodies need: outer tensors, each once, and operations to wait for."""
    needed = [body.needed_outside() for body in bodies]
    outer = dict.fromkeys(t for tensors, _ in needed for t in tensors)
    return list(outer), [op for _, waits in needed for op in waits]


def _awaited_by(blocks: tuple, inputs: set[Operation]) -> dict[Operation, None]:
    """Return the outer operations, each once, for which an operation with such inputs waits in open blocks."""
    open_blocks = [block for block in blocks if isinstance(block, _OuterBlock) and not block.covers(inputs)]
    return dict.fromkeys(op for block in open_blocks for op in block.outside)
