"""The scopes of a graph: names, control dependencies, devices and others in force inside a `with` block."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from minigraph.graph import provenance
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.devices import check_device
from minigraph.graph.nodes import NodeList
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.refusals import bad_name, not_a_control_input, one_control_input
from minigraph.graph.scope_state import ControlBlock, Pushed, ScopeState, Stage, StageCall

__all__ = ["Scoping", "valid_op_name", "as_text", "listed_inputs", "to_wait_for"]

valid_op_name = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_./-]*\Z").match
valid_scope_name = re.compile(r"[A-Za-z0-9_./-]*\Z").match


class _NameScope:
    """The context manager of `Graph.name_scope`: a class, since a generator would cost as much as a node."""

    __slots__ = ("_graph", "_name", "_before")

    def __init__(self, graph: Scoping, name: str | None):
        self._graph, self._name = graph, name
        self._before: str | None = None  # None while it is not in force: leaving it again changes nothing

    def __enter__(self) -> str:
        graph, scopes = self._graph, self._graph._scopes
        if self._before is not None:  # entered inside itself: TF1 exits the outer one first
            self.__exit__()
        name = as_text(self._name) if self._name else ""
        if name:
            graph.check_scope_name(name)
            name = name[:-1] if name.endswith("/") else graph.unique_name(name)
        self._before, scopes.name = scopes.name, name
        return name and name + "/"

    def __exit__(self, *error: Any) -> None:
        if self._before is not None:
            self._graph._scopes.name, self._before = self._before, None


def as_text(name: Any) -> str:
    """Return a name as text; TF1 accepts bytes too."""
    if isinstance(name, bytes):
        return name.decode()
    if not isinstance(name, str):
        raise TypeError(f"expected string or bytes-like object\nA name is a string, not {name!r}.")
    return name


def listed_inputs(control_inputs: Any) -> list:
    """Return the control inputs in an iterable as a list; TypeError for a single operation, which is not iterable."""
    if isinstance(control_inputs, Operation):
        raise one_control_input(control_inputs)
    return list(control_inputs)


def to_wait_for(value: Any) -> Any:
    """Return the operation or tensor that represents a value in control dependencies and colocation.

    For a resource variable it is the operation that creates or writes it, so that waiting for it does not read it.
    """
    if hasattr(value, "handle"):
        return value.op
    return value._as_graph_element() if hasattr(value, "_as_graph_element") else value


class Scoping(NodeList):
    """The part of a graph that holds its scopes, separately for each thread."""

    as_graph_element: Any
    capture: Any

    def __init__(self) -> None:
        self._scopes = ScopeState()
        self._idle_blocks: deque[ControlBlock] = deque(maxlen=256)  # blocks of control dependencies that had no effect

    def unique_name(self, name: str, mark_as_used: bool = True) -> str:
        """Return a name in the open scope that no operation or scope has, compared without regard to case.

        Example:
            >>> graph = tf.Graph()
            >>> graph.unique_name("a"), graph.unique_name("a"), graph.unique_name("A")
            ('a', 'a_1', 'A_2')
        """
        if self._scopes.name:
            name = f"{self._scopes.name}/{name}"
        names, log = self._names, self._name_log
        base = key = name.lower()
        count = names.get(key, 0)
        if mark_as_used:
            names[key] = count + 1
            log.append(key)
        if not count:
            return name
        while key in names:
            key = f"{base}_{count}"
            count += 1
        if mark_as_used:
            names[key] = 1
            log.append(key)
        return f"{name}_{count - 1}"

    def name_scope(self, name: str | None) -> Any:
        """Return a context manager that opens a name scope and yields its full name with a final slash.

        None or "" stands for the root; a name that ends in "/" re-opens that scope.

        Raises:
            ValueError: if the name has other characters than letters, digits and `_.-\\/`.
        """
        return _NameScope(self, name)

    def check_scope_name(self, name: str) -> None:
        """Raise ValueError if that is not a valid scope name here."""
        if not (valid_scope_name if self._scopes.name else valid_op_name)(name):
            raise bad_name(name, "scope")

    def get_name_scope(self) -> str:
        """Return the open name scope, without the final slash."""
        return self._scopes.name

    def control_dependencies(self, control_inputs: Any) -> Any:
        """Return a context manager: operations made inside run after `control_inputs` (None drops outer ones)."""
        scopes = self._scopes
        if control_inputs is None:
            return scopes.set(ControlBlock(()), control=())
        ops = dict.fromkeys([self._control_op(c) for c in listed_inputs(control_inputs)])
        outer = {op for block in scopes.control for op in block.control_inputs}
        block = ControlBlock(tuple([op for op in ops if op not in outer]), scopes.where or provenance.user_trace(2))
        return scopes.wait_for(block, self._idle_blocks)

    def _captured(self, value: Any) -> Any:
        """Return what stands here for an operation or tensor of another graph, if it has a result; else the value."""
        if isinstance(value, Operation) and value.graph is not self and value.outputs:
            value = value.outputs[0]  # perhaps from the body of a function, which can return it
        if isinstance(value, Tensor) and value.graph is not self:
            value = self.capture(value)
        return value

    def _control_op(self, given: Any) -> Operation:
        if type(given) is Tensor and given.op.graph is self:
            return given.op
        value = getattr(given, "op", given) if hasattr(given, "values") and hasattr(given, "indices") else given
        value = self._captured(to_wait_for(value))
        try:
            found = self.as_graph_element(value)
        except TypeError as error:
            raise not_a_control_input(given, error) from None
        return found.op if isinstance(found, Tensor) else found

    def device(self, device_name_or_function: Any) -> Any:
        """Return a context manager: operations made inside request a device (a name, a function, or None to clear)."""
        if device_name_or_function and not callable(device_name_or_function):
            check_device(device_name_or_function)  # a malformed name fails here, not at the first operation
        return Pushed(self._scopes, device_name_or_function)

    def colocate_with(self, op: Any, ignore_existing: bool = False) -> Any:
        """Return a context manager: operations made inside are colocated with `op` (None: with none in particular)."""
        if op is None:
            if not ignore_existing:
                raise ValueError("Trying to reset colocation (op is None) but ignore_existing is not True")
            return self._scopes.set(colocation=(), device=[])
        op = to_wait_for(op)
        if not isinstance(op, Operation):
            op = convert_to_tensor(getattr(op, "values", op), as_ref=True).op  # for an IndexedSlices its values
        return self._scopes.set(colocation=(() if ignore_existing else self._scopes.colocation) + (op,), device=[])

    def stage(self, name: str) -> Any:
        """Return a context manager: operations made inside belong to this training stage; an outer stage wins."""
        return self._scopes.set(stage=self._scopes.stage or Stage(name, self._scopes.call))

    def training_call(self, name: str) -> Any:
        """Return a context manager: stages opened inside belong to this call ("minimize", say); an outer call wins."""
        return self._scopes.set(call=self._scopes.call or StageCall(name, provenance.user_trace(2)))

    def remark(self, text: str) -> None:
        """Keep a remark on the arguments of the training call in force; reports repeat it."""
        if self._scopes.call is not None:
            self._scopes.call.remarks.append(text)

    def note_variables(self, variables: Any) -> None:
        """Record the variables that the training call in force was given to train, if it was given any."""
        if self._scopes.call is not None and variables is not None:  # an iterator is left to its consumer
            self._scopes.call.variables = list(variables) if isinstance(variables, (list, tuple, set)) else []

    def get_stage(self) -> str | None:
        """Return the stage in force, or None."""
        return self._scopes.stage

    def gradient_override_map(self, op_type_map: dict[str, str]) -> Any:
        """Return a context manager: operations of a type in the map use the gradient registered under the mapped name.

        TypeError if the map does not map strings to strings.
        """
        pairs = op_type_map.items() if isinstance(op_type_map, dict) else [(op_type_map, None)]
        if not all(isinstance(each, str) for pair in pairs for each in pair):
            raise TypeError("op_type_map must be a dictionary mapping strings to strings")
        return self._scopes.set(gradient_override={**self._scopes.gradient_override, **op_type_map})

    def attr_scope(self, attrs: dict[str, Any]) -> Any:
        """Return a context manager: operations made inside have these attributes."""
        return self._scopes.set(attrs={**self._scopes.attrs, **attrs})

    def original_op(self, op: Operation) -> Any:
        """Return a context manager: operations made inside are the gradient of `op`."""
        return self._scopes.set(original_op=op)

    def made_here(self) -> Any:
        """Return a context manager: operations made inside count as made at the calling line, looked up once."""
        return self._scopes.set(where=self._scopes.where or provenance.user_trace(2))

    def made_anywhere(self) -> Any:
        """Return a context manager: operations of a user function inside `made_here` have their own lines again."""
        return self._scopes.set(where=())

    def container(self, container_name: str) -> Any:
        """Return a context manager for the resource container of operations inside, which is only recorded."""
        return self._scopes.set(container=container_name)
