"""`Graph`: an append-only list of operations with unique names, and everything else that TF1 keeps per graph.

Append-only means that creation order is a topological order: walking the graph is scanning a list, never recursion.
What a failed call has added is removed from the end again (`atomic`), so a graph never holds half of anything.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from minigraph.graph import default, provenance, tracebacks
from minigraph.graph.by_name import named_element
from minigraph.graph.collections import Collections
from minigraph.graph.default import default_graph, get_default_graph
from minigraph.graph.devices import merged
from minigraph.graph.displayed import Displayed
from minigraph.graph.graph_scopes import Scoping, as_text, valid_op_name
from minigraph.graph.node_def import VERSIONS, graph_def
from minigraph.graph.nodes import NodeList
from minigraph.graph.observe import graph_made, observers
from minigraph.graph.opdef import OpDef, ref_positions
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.refusals import bad_name, not_an_element, other_graph_error, used_name
from minigraph.graph.scope_state import control_inputs_for

__all__ = ["Graph", "graph_of"]


class Graph(Scoping, Collections, Displayed):
    """A dataflow graph: operations, and the tensors that flow between them.

    Example:
        >>> graph = tf.Graph()
        >>> with graph.as_default():
        ...     c = tf.constant(3.0)
        >>> c.graph is graph, [op.name for op in graph.get_operations()]
        (True, ['Const'])
    """

    create_op: Callable[..., Operation]  # installed by `create_op.py`, which is above this module
    graph_def_versions = VERSIONS  # with which this graph would be written: those of TF 1.15
    building_function = False
    outer_graph: Graph | None = None
    _role = ""  # its name in messages, if that is not its line
    _initialized_in: tuple | None = None  # where a session was made that initialized variables and has been closed

    def __init__(self) -> None:
        NodeList.__init__(self)
        Collections.__init__(self)
        Scoping.__init__(self)
        self.seed: int | None = None  # the graph-level seed of random operations
        self._uncounted = 0  # nodes that TF1 would have and this graph does not
        self._unfeedable: set[Tensor] = set()
        self._unfetchable: set[Operation] = set()
        self._where = provenance.user_trace(2)
        if "IPython" in sys.modules:  # it may have been imported later than this package
            tracebacks.install_in_ipython()
        self._kept: dict[str, Any] = {}  # see `kept`
        self._versions_run: deque[int] = deque(maxlen=256)  # the node counts at which sessions ran something new
        if observers:
            graph_made(self)

    # Nodes

    @property
    def _last_id(self) -> int:
        """The number of operations that TF1 would have made so far, on which the seeds of random operations depend."""
        return len(self._ops) + self._uncounted

    def count_as(self, count: int) -> None:
        """Set `_last_id`, from which it goes on counting.

        A conditional or a loop with function bodies has fewer nodes than TF1's default, made of Switch and Merge
        nodes in the graph itself. Counting TF1's keeps the random numbers of later operations equal.
        """
        change = count - self._last_id
        self._uncounted += change
        self.on_rollback(lambda: setattr(self, "_uncounted", self._uncounted - change))

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> Any:
        """Return the operations from `from_version` on as a `GraphDef` message; `add_shapes` adds `_output_shapes`."""
        return graph_def(self, from_version or 0, add_shapes)

    def add_op(self, op_def: OpDef, name: str, inputs: tuple, output_types: tuple, output_shapes: tuple) -> Operation:
        """Append a node, for `apply`, which has checked everything; `name` is already unique."""
        scopes = self._scopes
        self._check_not_finalized(name, op_def.type)
        if not valid_op_name(name):
            raise bad_name(name, "node")
        if name in self._by_name:
            raise used_name(name)
        control = control_inputs_for(scopes.control, inputs)
        op = Operation(self, op_def, name, inputs, control, output_types, output_shapes)
        op._where, op._stage = scopes.where or provenance.user_trace(3), scopes.stage
        if scopes.gradient_override and op_def.type in scopes.gradient_override:
            op._set_attr("_gradient_op_type", scopes.gradient_override[op_def.type])
        for key, value in scopes.attrs.items():
            op._set_attr(key, value)
        op_type: Any = type(op_def)
        refs = [i for i in ref_positions(op_type, len(inputs)) if inputs[i].dtype._is_ref_dtype]
        if scopes.device and not refs:  # an update runs where its variable is, whatever the scopes ask for
            self._place(op)
        if scopes.colocation or refs:
            self._colocate(op, scopes.colocation + tuple([inputs[i].op for i in refs]))
        if scopes.container and "container" in op_def.fields:
            op._set_attr("container", scopes.container)
        op._original_op = scopes.original_op
        self._append(op)
        for block in scopes.control:
            block.made_inside.add(op)
        return op

    def _place(self, op: Operation) -> None:
        """Assign a new operation the device that the open scopes request, beginning with the innermost scope.

        A name adds what the device lacks, a function of the operation replaces the device so far, None ends the search.
        """
        for entry in reversed(self._scopes.device):
            if entry is None:
                break
            if callable(entry):
                op._device = entry(op)
                if not isinstance(op.device, str):
                    raise TypeError(f"Expected binary or unicode string, got {op.device!r}")
            elif entry:
                op._device = merged(entry, op.device)

    def _colocate(self, op: Operation, group: tuple[Operation, ...]) -> None:
        names = sorted({g for other in group for g in other.colocation_groups()})
        op._set_attr("_class", names)
        op._device = next((other.device for other in group if other.device), op.device)

    def _and_outer(self) -> Iterator[Graph]:
        """Yield this graph and those around it, from the inside out; only the body of a function has any."""
        graph: Graph | None = self
        while graph is not None:
            yield graph
            graph = graph.outer_graph

    def _captures_from(self, other: Graph) -> bool:
        """Return True if a node of `other` can be used here: only function bodies capture (see FuncGraph)."""
        outer = self.outer_graph
        return outer is not None and (outer is other or outer._captures_from(other))

    def _is_inside(self, other: Graph) -> bool:
        """Return True if this is the body of a function used in `other`, directly or in nested bodies."""
        return other is not self and any(graph is other for graph in self._and_outer())

    def _root(self) -> Graph:
        """Return the outermost graph: this one, or the one in which the function body is ultimately used."""
        return list(self._and_outer())[-1]

    def capture(self, tensor: Tensor) -> Tensor:
        """Return the tensor of this graph for one of a body inside; ValueError if the body cannot provide its value."""
        while tensor.graph is not self and tensor.graph._is_inside(self):
            tensor = tensor.graph.give_out(tensor)
        return tensor

    def outer_of(self, tensor: Tensor) -> Tensor:
        """Return the outer tensor for which `tensor` of this graph stands, or `tensor` itself."""
        outer = getattr(tensor.op.op_def, "outer", None)  # an input of a body, see `func_graph.Argument`
        return tensor if outer is None else outer

    def note_run(self) -> None:
        """Note the node count at a run: later nodes were added between runs."""
        if not self._versions_run or self._versions_run[-1] != len(self._ops):
            self._versions_run.append(len(self._ops))

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """Return the object stored with this graph under a name, calling `make` for it the first time.

        What other floors store per graph belongs here: in a weak dictionary, a value that refers to the graph would
        keep it alive for ever.
        """
        found = self._kept.get(name)
        return self._kept.setdefault(name, make()) if found is None else found

    # Look-up

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
        """Return the `Tensor` or `Operation` of this graph that `obj` is, names, or stands for (as a variable does).

        Raises:
            TypeError: if `obj` cannot be a graph element.
            ValueError: if it belongs to another graph, or is of the kind that is not allowed.
            KeyError: if nothing has that name.
        """
        kinds = (Tensor,) * bool(allow_tensor) + (Operation,) * bool(allow_operation)
        if not kinds:
            raise ValueError("allow_tensor and allow_operation can't both be False.")
        if hasattr(obj, "_as_graph_element"):
            obj = obj._as_graph_element()
        if isinstance(obj, (str, bytes)):
            return named_element(self, as_text(obj), allow_tensor, allow_operation)
        if not isinstance(obj, kinds):
            kind = " or ".join(each.__name__ for each in kinds)
            raise TypeError(f"Can not convert a {type(obj).__name__} into a {kind}.")
        if obj.graph is not self and not obj.graph._is_inside(self):
            raise not_an_element(self, obj)
        return obj

    def get_operation_by_name(self, name: str) -> Operation:
        """Return the operation of that name; KeyError if there is none, TypeError if `name` is not a string."""
        if not isinstance(name, str):
            raise TypeError(f"Operation names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_tensor=False)

    def get_tensor_by_name(self, name: str) -> Tensor:
        """Return the tensor of that name ("op:0"); KeyError if there is none, TypeError if `name` is not a string."""
        if not isinstance(name, str):
            raise TypeError(f"Tensor names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_operation=False)

    def as_default(self) -> Any:
        """Return a context manager that makes this graph the thread's default."""
        return default_graph(self)

    # The rest of TF1's API

    def finalize(self) -> None:
        """Make the graph read-only."""
        self._finalized = provenance.user_trace(2)

    @property
    def finalized(self) -> bool:
        """True once the graph is read-only."""
        return self._finalized is not None

    def _unsafe_unfinalize(self) -> None:
        self._finalized = None

    def prevent_feeding(self, tensor: Tensor) -> None:
        """Make feeding `tensor` an error."""
        self._unfeedable.add(tensor)

    def is_feedable(self, tensor: Tensor) -> bool:
        """Return True if `tensor` may be fed."""
        return tensor not in self._unfeedable and tensor.graph is self

    def prevent_fetching(self, op: Operation) -> None:
        """Make fetching `op` an error."""
        self._unfetchable.add(op)

    def is_fetchable(self, tensor_or_op: Any) -> bool:
        """Return True if it may be fetched."""
        op = tensor_or_op.op if isinstance(tensor_or_op, Tensor) else tensor_or_op
        return op not in self._unfetchable and op.graph is self

    def switch_to_thread_local(self) -> None:
        """Do nothing: a graph's scopes are thread-local from the start."""


def graph_of(values: Any, graph: Graph | None = None) -> Graph:
    """Return the graph of all `values` (or one that captures them), or the default one; ValueError for two graphs."""
    found, first = graph, None
    for value in values:
        other = value.op.graph if type(value) is Tensor else getattr(value, "graph", None)
        if not isinstance(other, Graph):
            continue
        if found is None:
            found, first = other, value
        elif found is not other and not found._captures_from(other):
            if other._captures_from(found):
                found, first = other, value
                continue
            if other._root() is not found._root():
                raise other_graph_error(value, first, found)
    here = get_default_graph()
    if found is None or found is not here and (here._captures_from(found) or found._is_inside(here._root())):
        return here  # a function body captures outer nodes, and the graphs around it ask it for inner ones
    return found


default.new_graph = Graph
