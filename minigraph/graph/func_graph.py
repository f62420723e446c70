"""`FuncGraph`: the body of a function, such as a branch of a conditional: a graph inside a graph.

Nodes of the graphs around it may be used inside: each becomes an input of the body, and of the operation that calls it.
"""
from __future__ import annotations

from typing import Any

from minigraph.graph.context import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.graph import Graph
from minigraph.graph.lookup import to_wait_for
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["FuncGraph", "Argument"]


class Argument(OpDef):
    """An input of a function body; `outer` is the tensor that it stands for, where it was taken in from outside."""
    dtype_: DType
    shape_: TensorShape
    outer: Any = None

    must_feed = True

    def shape(self):
        return self.shape_

    def static_value(self):
        from minigraph.graph.static import computed_value
        return None if self.outer is None else computed_value(self.outer)

    def as_shape(self):
        from minigraph.graph.static import constant_value_as_shape
        if self.outer is None or self.shape_.ndims != 1:
            return None
        return constant_value_as_shape(self.outer)

    def kernel(self, xp):
        raise ValueError("an argument has no value of its own")

    def gradient(self, dy, y):
        return ()


Argument.type = "_Arg"


class FuncGraph(Graph):
    """The body of a function.

    Args:
        name: the name of the function.
        outer: the graph in which it is used, by default the default graph.

    Attributes:
        inputs: the body's input tensors; those that stand for outer tensors come after the declared ones.
        outputs: the tensors that it gives.
        captures: the outer tensors that it has taken in, and the inputs that stand for them.
        intermediates: tensors whose values a backward body wants from the forward one.
        waits_for: outer operations named in control dependencies inside.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     x = tf.constant(2.0, name="x")
        ...     body = FuncGraph("double")
        ...     with body.as_default():
        ...         body.outputs = [x + x]
        >>> body.inputs, list(body.captures)
        ([<tf.Tensor 'x:0' shape=() dtype=float32>], [<tf.Tensor 'x:0' shape=() dtype=float32>])
    """

    building_function = True

    def __init__(self, name: str, outer: Graph | None = None):
        super().__init__()
        self.name = name
        self.outer_graph = outer if outer is not None else get_default_graph()
        self.inputs: list[Tensor] = []
        self.outputs: list[Tensor] = []
        self.captures: dict[Tensor, Tensor] = {}
        self.intermediates: list[Tensor] = []
        self.waits_for: dict[Operation, None] = {}
        self._outer_of: dict[Tensor, Tensor] = {}
        self._foreseen: set[Tensor] = set()     # outer tensors that a body inside this one has taken in
        self._seed = self.outer_graph._seed
        self._scopes.stage = self.outer_graph._scopes.stage
        self._scopes.gradient_override = self.outer_graph._scopes.gradient_override
        self._collections = self.outer_graph._collections

    def add_input(self, dtype: DType, shape: TensorShape, name: str = "arg", outer: Tensor | None = None) -> Tensor:
        """Adds an input at the end."""
        with self._scopes.set(name="", control=(), device=(), colocation=(), original_op=None, attrs={}):
            op = self.add_op(Argument(dtype, shape, outer), self.unique_name(name), (), (dtype,), (shape,))
        self.inputs.append(op._outputs[0])
        return op._outputs[0]

    def capture(self, tensor: Tensor) -> Tensor:
        """Gives the input that stands for an outer tensor; a new one where there is none yet."""
        if tensor.graph is self:
            return tensor
        if not self._is_inside(tensor.graph):
            assert self.outer_graph is not None
            tensor = self.outer_graph.capture(tensor)       # a backward body around this one can read it off a tape
        found = self.captures.get(tensor)
        if found is None:
            self._count_outer(tensor)
            found = self.add_input(tensor._dtype, tensor._shape, tensor._op._name.rpartition("/")[2], tensor)
            self.captures[tensor] = found
            self._outer_of[found] = tensor
        return found

    def _count_outer(self, tensor: Tensor) -> None:
        """TF1 takes a tensor into every body on the way at once; here a body around takes it when it calls this one."""
        outer, count = self.outer_graph, self._last_id
        while isinstance(outer, FuncGraph) and tensor.graph is not outer and tensor not in outer._foreseen:
            outer._foreseen.add(tensor)
            count += tensor not in outer.captures
            outer = outer.outer_graph
        self.count_as(count)

    @property
    def inputs_taken(self) -> int:
        return len(self.captures)

    def outer_of(self, tensor: Tensor) -> Tensor:
        """Gives the outer tensor for which an input stands, other tensors as they are."""
        return self._outer_of.get(tensor, tensor)

    def inner_of(self, tensor: Tensor) -> Tensor | None:
        """Gives the input that stands for a tensor of the graph around, or None."""
        return self.captures.get(tensor)

    def control_dependencies(self, control_inputs: Any) -> Any:
        """As a graph's; outer operations are noted, and awaited by the operation that calls the function."""
        if control_inputs is None:
            return super().control_dependencies(None)
        values = control_inputs if isinstance(control_inputs, (list, tuple, set, frozenset)) else [control_inputs]
        inside = []
        for value in values:
            element = to_wait_for(value)
            op = element if isinstance(element, Operation) else getattr(element, "op", element)
            if isinstance(op, Operation) and op.graph is not self:
                self.waits_for[op] = None
            else:
                inside.append(value)
        return super().control_dependencies(inside)

    @property
    def is_pure(self) -> bool:
        """Have its operations neither state nor effects?"""
        return all(op.op_def.is_pure for op in self._ops)
