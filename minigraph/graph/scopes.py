"""Scopes of the default graph: `tf.name_scope`, `tf.control_dependencies`, `tf.device`…"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from minigraph.graph.default import default_graph, default_graphs, get_default_graph
from minigraph.graph.graph import Graph, graph_of
from minigraph.graph.read_only import read_only

__all__ = ["name_scope", "atomic_scope", "control_dependencies", "device", "colocate_with", "container", "init_scope"]


class name_scope:
    """A scope that prefixes the names of the operations made in it.

    Operations made in it stay if a later statement in it fails.

    Args:
        name: the name, or None for `default_name`. One that ends in "/" re-opens an earlier scope.
        default_name: the name used where `name` is None.
        values: tensors that the scope's operations will use; they choose the graph.

    Raises:
        ValueError: if neither name is given but values are, or the values belong to different graphs.

    Example:
        >>> with tf.name_scope('outer') as scope:
        ...     print(scope, tf.constant(1.0, name="c").name)
        outer/ outer/c:0
    """

    is_atomic = False  # operations made inside stay if the block fails

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None):
        if not (default_name is None or isinstance(default_name, str)):
            raise TypeError(
                f"`default_name` type ({type(default_name)}) is not a string type. You likely meant to "
                "pass this into the `values` kwarg."
            )
        self._name = default_name if name is None else name
        if self._name is None and values is not None:
            raise ValueError("At least one of name (None) and default_name (None) must be provided.")
        self._values = values or ()

    name: str | None = read_only("_name", "The name as given.")

    def __enter__(self) -> str:
        graph = graph_of(self._values)
        with ExitStack() as opened:
            if graph is not get_default_graph():
                opened.enter_context(default_graph(graph))
            if self.is_atomic:
                opened.enter_context(graph.atomic())
            scope = opened.enter_context(graph.name_scope(self._name))
            self._opened = opened.pop_all()
        return scope

    def __exit__(self, *error: Any) -> None:
        self._opened.__exit__(*error)


class atomic_scope(name_scope):
    """A `name_scope` for a function that makes several operations, which are removed if the function fails."""

    is_atomic = True


def control_dependencies(control_inputs: Any) -> Any:
    """Make operations inside the block run after `control_inputs`; see `Graph.control_dependencies`.

    Args:
        control_inputs: an iterable of operations, tensors, variables or their names; None clears the
            dependencies of outer blocks.

    Returns:
        A context manager.

    Example:
        >>> a = tf.constant(1.0, name="a")
        >>> with tf.control_dependencies([a]):
        ...     b = tf.constant(2.0)
        >>> b.op.control_inputs
        [<tf.Operation 'a' type=Const>]
    """
    return get_default_graph().control_dependencies(control_inputs)


@contextmanager
def init_scope() -> Iterator[None]:
    """Lift operations made inside out of function bodies and control dependencies, as initial values require.

    The name scope and the requested devices stay.
    """
    graph = get_default_graph()
    outermost = graph._root()
    scope, devices = graph.get_name_scope(), _devices_around(graph)
    in_bodies = graph._last_id - outermost._last_id
    outermost._uncounted += in_bodies  # TF1, whose bodies are parts of the graph, has made those nodes before
    try:
        with (
            default_graph(outermost),
            outermost.name_scope(scope + "/" if scope else None),
            outermost.control_dependencies(None),
            outermost._scopes.set(device=devices),
        ):
            yield
    finally:
        outermost._uncounted -= in_bodies


def _devices_around(graph: Graph) -> list:
    """Return the requested devices, or else (in `colocate_with`) those in force when the graph became the default."""
    found = graph._scopes.device
    for graph, devices in default_graphs():
        found = found or devices
        if not graph.building_function:
            break
    return found


def device(device_name_or_function: Any) -> Any:
    """Request a device for operations made inside the block; it is only recorded. See `Graph.device`."""
    return get_default_graph().device(device_name_or_function)


def colocate_with(op: Any, ignore_existing: bool = False) -> Any:
    """Colocate operations made inside the block with `op`; see `Graph.colocate_with`."""
    return get_default_graph().colocate_with(op, ignore_existing)


def container(container_name: str) -> Any:
    """Set the resource container of operations made inside the block; see `Graph.container`."""
    return get_default_graph().container(container_name)
