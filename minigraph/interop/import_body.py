"""`Builder`: nodes of a GraphDef, and of the functions and loops in it, as operations of a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minigraph.graph import errors
from minigraph.graph.apply import apply_op
from minigraph.graph.create_op import definition_of
from minigraph.graph.devices import check_device
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.graph.handles import value_shape
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scope_state import ControlBlock
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.graph.walks import ancestors
from minigraph.interop.import_attrs import fields_of, shape_of, value_of
from minigraph.interop.import_checks import check_types, divided, inferred, refine
from minigraph.interop.import_functions import Library, function_nodes
from minigraph.interop.import_loops import Loop, collapsed
from minigraph.interop.import_nodes import Node, in_order
from minigraph.ops.arrays import identity
from minigraph.ops.control import switch_merge
from minigraph.ops.control.while_op import While

__all__ = ["Builder"]

_MOST_TRIES = 3  # to build a body with the shapes that its variables seem to have
_DEEPEST = 40  # nesting of functions and loops
Values = dict[tuple[str, int], Tensor]


class Builder:
    """Build operations from the nodes of one file.

    Args:
        library: the functions of the file.
        prefix: what the names of operations in the graph itself begin with.
        unique: True to give other names to nodes whose names are taken.
    """

    def __init__(self, library: Library, prefix: str = "", unique: bool = False):
        self._library, self._prefix, self._unique = library, prefix, unique
        self._depth = 0

    def build(
        self, nodes: dict[str, Node], graph: Graph, given: Values, control: Mapping[str, Operation | None]
    ) -> _Built:
        """Add nodes to a graph.

        Args:
            nodes: by name.
            graph: the graph.
            given: tensors that come from outside; they also stand for outputs of nodes.
            control: operations from outside that nodes wait for.

        Raises:
            ValueError: if they are not a legal graph.
            NotFoundError: if there is no such type.
        """
        built = _Built(graph, dict(given), dict(control))
        neutral = graph._scopes.set(attrs={}, gradient_override={}, colocation=(), original_op=None, container="")
        with graph.as_default(), neutral:
            for node in in_order(collapsed(nodes)):
                self._add(node, built)
        return built

    def _add(self, node: Node, built: _Built) -> None:
        inputs = [built.tensor(node, *each) for each in node.data]
        waits = dict.fromkeys(built.operation(node, name) for name in node.control)
        outer = built.graph._scopes.control
        awaited = (*waits, *[op for block in outer for op in block.control_inputs])
        block = ControlBlock(tuple([op for op in awaited if op is not None]))
        with built.graph._scopes.set(control=(block,) if block.control_inputs else ()):
            try:
                op = self._loop(node, inputs, built) if node.loop else self._plain(node, inputs, built)
            except (ValueError, errors.OpError):
                raise
            except Exception as error:  # what rules say of values that no program could have written
                raise ValueError(f"Node '{node.name}' is invalid: {error}") from None
        for other in outer:
            other.made_inside.add(op)
        built.ops[node.name] = op
        for i, t in enumerate(op.all_outputs):
            built.values.setdefault((node.name, i), t)

    # Operations

    def _plain(self, node: Node, inputs: list[Tensor], built: _Built) -> Operation:
        op_type, called = node.op, None
        if op_type in self._library:  # a node whose type is a function
            op_type, called = "StatefulPartitionedCall", op_type
        kind = definition_of(op_type)
        values = {key: (message, value_of(message, lambda func: func)) for key, message in node.attr.items()}
        if called is not None:
            values = {key: pair for key, pair in values.items() if key.startswith("_")}
            values.update(f=(None, called), Tout=(None, ()))
        name = self._name(node, built.graph)
        fields, extra = fields_of(kind, values, inferred(kind))
        shapes = extra.pop("_output_shapes", None)
        check_types(kind, name, inputs, values, fields)
        if kind.functions:
            fields = self._with_bodies(kind, fields, inputs, built.graph)
        op = apply_op(kind(**fields), *inputs, name=name + "/")
        op._extra_attrs = extra or None
        self._place(op, node.device, built.graph)
        if shapes:
            refine(op, shapes)
        return op

    def _name(self, node: Node, graph: Graph) -> str:
        if graph.building_function:
            return node.name
        with graph._scopes.set(name=""):
            if self._unique:
                return graph.unique_name(node.name)
            name = f"{self._prefix}/{node.name}" if self._prefix else node.name
            graph.unique_name(name)  # so that later nodes get other names
            return name

    def _place(self, op: Operation, device: str, graph: Graph) -> None:
        """Give an operation the device of the file; if it belongs to no group, the scopes complete that."""
        check_device(device)
        op._device = device
        if op._extra_attrs and "_class" in op._extra_attrs:
            groups = [g.encode() if isinstance(g, str) else g for g in op._extra_attrs["_class"]]
            op._extra_attrs["_class"] = [self._renamed(group, graph) for group in groups]
            return
        if graph._scopes.device:
            with graph.device(device or None) if device else graph._scopes.set():
                graph._place(op)

    def _renamed(self, group: bytes, graph: Graph) -> bytes:
        """Return a group of colocation with the name that its operation has in the graph."""
        mark = b"loc:@"
        if graph.building_function or not self._prefix or not group.startswith(mark):
            return group
        return mark + self._prefix.encode() + b"/" + group[len(mark) :]

    # Functions

    def _with_bodies(self, kind: type[OpDef], fields: dict, inputs: list[Tensor], graph: Graph) -> dict:
        """Return fields with a body for each function; what the type of a call needs to know follows from these."""
        loops = kind.functions == ("cond", "body")
        if not loops and "Tout" not in kind.fields:  # of a dataset
            return self._with_functions_of_elements(kind, fields, inputs, graph)
        arguments = inputs[1:] if kind.functions == ("then_branch", "else_branch") else inputs
        found = dict(fields)
        if loops:
            shapes = list(fields.get("output_shapes") or ())
            given = [value_shape(t) for t in arguments]
            is_declared = len(shapes) == len(given)

            def make(which: str, graph: Graph, shapes: Sequence[TensorShape]) -> FuncGraph:
                return self._function(fields[which], arguments, shapes, graph)

            wanted = shapes if is_declared else given
            found["cond"], found["body"], found["output_shapes"] = self._loop_bodies(is_declared, wanted, graph, make)
            return found
        for name in kind.functions:
            found[name] = self._function(fields[name], arguments, None, graph)
        bodies = [found[name] for name in kind.functions]
        types = [tuple(t.dtype.base_dtype for t in body.outputs) for body in bodies]
        returned: tuple[DType, ...] = fields.get("Tout") or types[0]
        if any(each != returned for each in types):
            raise ValueError(f"The functions of '{kind.type}' do not return the types {[t.name for t in returned]}.")
        found["Tout"] = returned
        if "output_shapes" in kind.fields and len(found.get("output_shapes", ())) != len(returned):
            found["output_shapes"] = tuple(
                _common([body.outputs[i].shape for body in bodies]) for i in range(len(returned))
            )
        return found

    def _with_functions_of_elements(self, kind: type[OpDef], fields: dict, inputs: list[Tensor], graph: Graph) -> dict:
        """Return fields with a body for each function of a dataset: of elements, and of tensors that it uses."""
        parts = divided(kind, fields, inputs)
        found = dict(fields)
        for key in kind.functions:
            used = next(
                (parts[name] for name in (f"{key}_other_arguments", f"{key}_other_args") if name in parts), None
            )
            used = parts.get("other_arguments", []) if used is None else used
            function = self._library.get(_name_of(fields[key]))
            parameters = function.signature.input_arg
            of_elements = parameters[: len(parameters) - len(used)]
            given: list = [(as_dtype(parameter.type), unknown_shape(), None) for parameter in of_elements]
            given += [(t.dtype.base_dtype, value_shape(t), t) for t in used]
            found[key], waits = self._body(function, fields[key], given, graph)
            named, needed = {*function.control_ret.values()}, {*ancestors(found[key].outputs)}
            found[key].effects = [op for op in waits if op.name in named or op not in needed]
        return found

    def _function(self, called: Any, arguments: Sequence[Tensor], shapes: Any, graph: Graph) -> FuncGraph:
        """Return the body of a function for arguments; `shapes` are those of its inputs where they may change."""
        function = self._library.get(_name_of(called))
        given = [
            (t.dtype.base_dtype, value_shape(t), t)
            if shapes is None
            else (t.dtype.base_dtype, shapes[i], t if _returns_argument(function, i) else None)
            for i, t in enumerate(arguments)
        ]
        body, waits = self._body(function, called, given, graph)
        _wait_for(body, waits)
        return body

    def _body(
        self, function: Any, called: Any, given: Sequence[tuple], graph: Graph
    ) -> tuple[FuncGraph, list[Operation]]:
        """Return the body of a function, and what it always runs.

        Args:
            function: the `FunctionDef`.
            called: its name, or the message of the call.
            given: dtype, shape and outer tensor of each input.
            graph: the graph around.
        """
        name = _name_of(called)
        nodes, results, waits = function_nodes(function, self._library, called)
        parameters = function.signature.input_arg
        if len(parameters) != len(given):
            raise ValueError(f"The function '{name}' takes {len(parameters)} arguments, not {len(given)}.")
        body, values = FuncGraph(name, graph), {}
        with body.as_default():
            for parameter, (dtype, shape, outer) in zip(parameters, given):
                values[parameter.name, 0] = body.add_input(dtype, shape, parameter.name, outer)
        self._enter()
        built = self.build(nodes, body, values, {name: t.op for (name, _), t in values.items()})
        self._depth -= 1
        body.outputs = [built.result(each) for each in results]
        return body, [built.ops[name] for name in dict.fromkeys(waits) if name in built.ops]

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"Functions and loops are nested more than {_DEEPEST} deep.")

    # Loops

    def _loop_bodies(self, is_declared: bool, shapes: list, graph: Graph, make: Any) -> tuple:
        """Return the two bodies of a loop, and the shapes of its variables that hold in every turn.

        Args:
            is_declared: True if the file says these shapes, False if they are those before the first turn.
            shapes: the shapes.
            graph: the graph of the loop.
            make: makes a body, given "cond" or "body", the graph and the shapes.
        """
        tries = _MOST_TRIES if self._depth < 2 else 1
        for attempt in range(tries + 1):
            body = make("body", graph, shapes)
            if len(body.outputs) != len(shapes):
                raise ValueError(f"The body of a loop returns {len(body.outputs)} values, not {len(shapes)}.")
            after = [s if t.dtype.name == "resource" else t.shape for s, t in zip(shapes, body.outputs)]
            if is_declared and all(a.is_compatible_with(b) for a, b in zip(shapes, after)):
                break
            common = [a.most_specific_compatible_shape(b) for a, b in zip(shapes, after)]
            if all(a.tuple == b.tuple for a, b in zip(shapes, common)):
                break
            changed = [TensorShape(None) if b is not a else a for a, b in zip(shapes, common)]
            shapes = common if attempt < tries - 1 else changed
        return make("cond", graph, shapes), body, tuple(shapes)

    def _loop(self, node: Node, inputs: list[Tensor], built: _Built) -> Operation:
        loop: Loop = node.loop
        count = len(loop.variables)
        shapes = [value_shape(t) for t in inputs]
        for i, variable in enumerate(loop.variables):
            known = (
                variable.merge.attr["_output_shapes"].list.shape[:1] if "_output_shapes" in variable.merge.attr else ()
            )
            shapes[i] = shape_of(known[0]) if known else shapes[i]

        def make(which: str, graph: Graph, shapes: Sequence[TensorShape]) -> FuncGraph:
            return self._loop_body(which, loop, inputs, shapes, graph)

        cond, body, found = self._loop_bodies(False, shapes, built.graph, make)
        if any(a.dtype.base_dtype is not b.dtype.base_dtype for a, b in zip(inputs[:count], body.outputs)):
            raise ValueError(f"The variables of the loop '{loop.frame}' change their types.")
        op_def = While(cond, body, found, loop.parallel_iterations, True, len(inputs))
        return apply_op(op_def, *inputs, name=self._name(node, built.graph) + "/")

    def _loop_body(self, which: str, loop: Loop, inputs: Sequence, shapes: Sequence, graph: Graph) -> FuncGraph:
        """Return the condition or the step of a loop."""
        body = FuncGraph(f"{loop.frame.replace('/', '_')}_{which}", graph)
        count = len(loop.variables)
        given: Values = {}
        cells = {i for i, enter in enumerate(loop.invariants, count) if enter.op == "RefEnter"}
        with body.as_default():
            arguments = [
                body.add_input(
                    t.dtype if i in cells else t.dtype.base_dtype, shape, f"arg{i}", None if i < count else t
                )
                for i, (t, shape) in enumerate(zip(inputs, shapes))
            ]
        for variable, argument in zip(loop.variables, arguments):
            given[variable.merge.name, 0] = argument
            if variable.switch:
                given[variable.switch.name, 1] = argument
        given.update(((enter.name, 0), argument) for enter, argument in zip(loop.invariants, arguments[count:]))
        is_step = which == "body"
        results = [variable.next.data[0] for variable in loop.variables] if is_step else [loop.pred]
        waits = [name for variable in loop.variables for name in variable.next.control] if is_step else []
        needed = _needed(loop.nodes, [name for name, _ in results] + waits)
        passed: dict[str, Operation | None] = {name: argument.op for (name, _), argument in given.items()}
        passed.update((name, None) for name in _structure(loop))
        self._enter()
        built = self.build(needed, body, given, passed)
        self._depth -= 1
        body.outputs = [built.result(each) for each in results] + (arguments[count:] if is_step else [])
        _wait_for(body, [op for name in waits if (op := built.ops.get(name)) is not None])
        body.is_step = is_step
        return body


class _Built:
    """What has been built of the nodes of one graph: operations by name, and their outputs."""

    def __init__(self, graph: Graph, values: Values, fixed: dict[str, Any]):
        self.graph, self.values, self._fixed = graph, values, fixed
        self.ops: dict[str, Operation] = {}

    def tensor(self, node: Node, name: str, index: int) -> Tensor:
        """Return an input of a node; ValueError if there is no such output."""
        found = self.values.get((name, index))
        if found is None and self.ops.get(name) is None:
            raise ValueError(f"Node '{node.name}': Unknown input node '{name}{f':{index}' if index else ''}'")
        if found is None:
            count = len(self.ops[name].values())
            raise ValueError(
                f"Node '{node.name}': Connecting to invalid output {index} of source node {name} which has {count} "
                "outputs."
            )
        return found

    def operation(self, node: Node, name: str) -> Operation | None:
        """Return an operation that a node waits for, None for a part of a loop; ValueError if there is none."""
        if name not in self.ops and name not in self._fixed:
            raise ValueError(f"Node '{node.name}': Unknown input node '^{name}'")
        return self._fixed[name] if name in self._fixed else self.ops[name]

    def result(self, source: tuple[str, int]) -> Tensor:
        """Return an output of a body; ValueError if there is none."""
        if source not in self.values:
            raise ValueError(f"The function returns '{source[0]}:{source[1]}', which it does not have.")
        return self.values[source]


def _structure(loop: Loop) -> list[str]:
    """Return the names of the nodes of a loop that are nothing in its bodies."""
    return [each.name for v in loop.variables for each in (v.enter, v.next)]


def _needed(nodes: Mapping[str, Node], start: Sequence[str]) -> dict[str, Node]:
    found: set[str] = set()
    todo = list(start)
    while todo:
        name = todo.pop()
        if name in nodes and name not in found:
            found.add(name)
            todo += nodes[name].sources()
    return {name: node for name, node in nodes.items() if name in found}


def _name_of(called: Any) -> str:
    return called if isinstance(called, str) else called.name


def _wait_for(body: FuncGraph, ops: list[Operation]) -> None:
    """Let a result of a body wait for operations that none of its results needs, such as pushes on a stack."""
    needed = set(ancestors(body.outputs))
    left = tuple(op for op in dict.fromkeys(ops) if op not in needed)
    if not left or not body.outputs:
        return
    at = next((i for i, t in enumerate(body.outputs) if t not in body.inputs), 0)
    with body.as_default():
        with body._scopes.set(control=(ControlBlock(left),)):
            done = switch_merge.control_trigger()
        with body._scopes.set(control=(ControlBlock((done,)),)):
            body.outputs[at] = identity.identity(body.outputs[at])


def _common(shapes: Sequence[TensorShape]) -> TensorShape:
    found = shapes[0]
    for shape in shapes[1:]:
        found = found.most_specific_compatible_shape(shape)
    return found


def _returns_argument(function: Any, i: int) -> bool:
    """Return True if result `i` of a function is its argument `i`, as that of a loop is which does not change."""
    results = function.signature.output_arg
    parameters = function.signature.input_arg
    return i < min(len(results), len(parameters)) and function.ret.get(results[i].name) == parameters[i].name
