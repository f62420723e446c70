"""The default graph, the default session, and the scope functions that act on them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from minigraph.graph.graph import Graph
from minigraph.graph.messages import belongs, graph_text, message
from minigraph.graph.operation import Tensor

__all__ = [
    "get_default_graph",
    "reset_default_graph",
    "get_default_session",
    "name_scope",
    "control_dependencies",
    "device",
    "colocate_with",
    "container",
    "init_scope",
    "add_to_collection",
    "add_to_collections",
    "get_collection",
    "get_collection_ref",
    "graph_of",
]


class _Defaults(threading.local):
    def __init__(self) -> None:
        self.graphs: list[Graph] = []
        self.devices: list[list] = []  # for each of them the list of devices asked for, as it was made the default
        self.sessions: list[Any] = []


_defaults = _Defaults()
_global_graph: Graph | None = None
_global_lock = threading.Lock()


def get_default_graph() -> Graph:
    """Return the graph to which this thread adds nodes.

    It is the one of the innermost `with graph.as_default()`, else a global graph that all threads share.

    Example:
        >>> graph = Graph()
        >>> with graph.as_default():
        ...     get_default_graph() is graph
        True
    """
    graphs = _defaults.graphs
    return graphs[-1] if graphs else _get_global_graph()


def _get_global_graph() -> Graph:
    global _global_graph
    if _global_graph is None:
        with _global_lock:
            if _global_graph is None:
                _global_graph = Graph()
                _global_graph._role = "the default graph"
    return _global_graph


def reset_default_graph() -> None:
    """Begin anew with an empty global default graph; what was built stays with whoever holds it.

    Raises:
        AssertionError: inside a `with graph.as_default()` block, which would bring the old graph back.

    Example:
        >>> reset_default_graph()
        Traceback (most recent call last):
        ...
        AssertionError: Do not use tf.reset_default_graph() to clear nested graphs. ...
    """
    global _global_graph
    if _defaults.graphs:
        raise AssertionError(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared "
            "graph, exit the nesting and create a new graph."
        )
    if _global_graph is not None:
        _global_graph._role = "a default graph from before reset_default_graph()"
    _global_graph = None


@contextmanager
def default_graph(graph: Graph) -> Iterator[Graph]:
    """Make `graph` the default in this thread (`Graph.as_default`)."""
    stack = _defaults.graphs
    stack.append(graph)
    _defaults.devices.append(graph._scopes.device)
    try:
        yield graph
    finally:
        if stack[-1] is not graph:
            raise AssertionError("Nesting violated for default stack of Graph objects")
        stack.pop()
        _defaults.devices.pop()


def get_default_session() -> Any:
    """Return the session of the innermost `with session:` or `InteractiveSession` of this thread, or None.

    Example:
        >>> get_default_session() is sess
        True
    """
    return _defaults.sessions[-1] if _defaults.sessions else None


def session_for(graph: Graph, session: Any, task: str, what: str) -> Any:
    """Return `session` or the default session, which must be one of `graph`.

    Args:
        graph: the graph of what is to run.
        session: a session or None.
        task: what it is for, for the error: "evaluate" or "execute".
        what: "tensor" or "operation".

    Raises:
        ValueError: if there is none, or it runs another graph.
    """
    found, method = session, "eval" if task == "evaluate" else "run"
    if session is None:
        found = get_default_session()
    if found is None:
        from minigraph.graph.advice import code, session_name

        told = code(f"{session_name(graph)}.run(x)", "sess", "x")
        raise ValueError(
            f"Cannot {task} {what} using `{method}()`: No default session is registered. Use `with "
            f"sess.as_default()` or pass an explicit session to `{method}(session=sess)`\nOr write "
            f"{told}, with x for the {what}."
        )
    if found.graph is not graph and not graph._is_inside(found.graph):
        which = "default" if session is None else "given"
        raise ValueError(
            message(
                f"Cannot use the {which} session to {task} {what}: the {what}'s graph is different from the session's "
                "graph.",
                f"The {what} is in {graph_text(graph)}, the session runs {graph_text(found.graph)}.",
                f"Pass an explicit session that was made with the {what}'s graph: tf.Session(graph=graph).",
            )
        )
    return found


def session_stack() -> list:
    """Return the sessions made default in this thread, outermost first."""
    return _defaults.sessions


class default_session:
    """Put a session on the thread's stack and take it off again (`Session.as_default`)."""

    def __init__(self, session: Any):
        self._session = session

    def __enter__(self) -> Any:
        session_stack().append(self._session)
        return self._session

    def __exit__(self, *error: Any) -> None:
        stack = session_stack()
        if not stack or stack[-1] is not self._session:
            raise AssertionError(f"Nesting violated for default stack of {type(self._session)} objects")
        stack.pop()


def graph_of(values: Any, graph: Graph | None = None) -> Graph:
    """Return the graph that all of `values` belong to, or the default one where none is a node or it can take them in.

    Raises:
        ValueError: where two of them belong to different graphs.
    """
    found, first = graph, None
    for value in values:
        other = value._op._graph if type(value) is Tensor else getattr(value, "graph", None)
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
    default = get_default_graph()
    if found is None or found is not default and (default._captures_from(found) or found._is_inside(default._root())):
        return default  # a function body takes in outer nodes, and the graphs around it ask it for inner ones
    return found


def other_graph_error(value: Any, first: Any, graph: Graph) -> ValueError:
    """Return the error for a node of another graph: where each was made, and what to do."""
    from minigraph.graph.advice import code, graph_name

    other = next((g for g in (value.graph, graph) if g is not get_default_graph()), graph)
    block = code(f"with {graph_name(other)}.as_default():", "graph")
    advice = f"Build both inside one `{block}` block; after reset_default_graph() build all again."
    if first is None:
        return ValueError(
            message(
                f"{value} is not from the passed-in graph.",
                belongs(value),
                f"The graph in use is {graph_text(graph)}.",
                advice,
            )
        )
    return ValueError(
        message(f"{value} must be from the same graph as {first}.", belongs(value), belongs(first), advice)
    )


class name_scope:
    """The scope of a function that makes several operations: it prefixes their names, and if the function fails takes
    them off the graph again. `tf.name_scope`, the one of programs, keeps what was made (see `user_scope`).

    Args:
        name: the name, or None for `default_name`. One that ends in "/" re-opens an earlier scope.
        default_name: the name used where `name` is None.
        values: tensors that the scope's operations will use; they choose the graph.

    Raises:
        ValueError: if neither name is given but values are, or the values belong to different graphs.

    Example:
        >>> graph = tf.get_default_graph()
        >>> try:
        ...     with name_scope(None, "outer"):
        ...         print(tf.constant(1.0, name="c").name)
        ...         1 / 0
        ... except ZeroDivisionError:
        ...     print(graph.get_operations())
        outer/c:0
        []
    """

    is_atomic = True

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

    @property
    def name(self) -> str | None:
        """The name asked for."""
        return self._name

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


def control_dependencies(control_inputs: Any) -> Any:
    """`Graph.control_dependencies` of the default graph: operations made inside run after `control_inputs`.

    Args:
        control_inputs: something iterable that holds operations, tensors, variables or their names; None clears the
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
    """Lifts what is made inside out of function bodies and control dependencies, as initial values must be.

    The name scope stays, and the devices asked for.
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
    """Return the devices asked for, where none are (in `colocate_with`) those in force when the graph was made the
    default.
    """
    found = graph._scopes.device
    for default, devices in zip(reversed(_defaults.graphs), reversed(_defaults.devices)):
        found = found or devices
        if not default.building_function:
            break
    return found


def device(device_name_or_function: Any) -> Any:
    """`Graph.device` of the default graph: asks that operations made inside run on a device. It is recorded."""
    return get_default_graph().device(device_name_or_function)


def colocate_with(op: Any, ignore_existing: bool = False) -> Any:
    """`Graph.colocate_with` of the default graph: asks that operations made inside run where `op` runs."""
    return get_default_graph().colocate_with(op, ignore_existing)


def container(container_name: str) -> Any:
    """`Graph.container` of the default graph: the container of the state of operations made inside."""
    return get_default_graph().container(container_name)


def add_to_collection(name: str, value: Any) -> None:
    """`Graph.add_to_collection` of the default graph."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names: Any, value: Any) -> None:
    """`Graph.add_to_collections` of the default graph."""
    get_default_graph().add_to_collections(names, value)


def get_collection(key: str, scope: str | None = None) -> list:
    """`Graph.get_collection` of the default graph.

    Example:
        >>> tf.add_to_collection("seen", 1)
        >>> tf.get_collection("seen")
        [1]
    """
    return get_default_graph().get_collection(key, scope)


def get_collection_ref(key: str) -> list:
    """`Graph.get_collection_ref` of the default graph: the list itself, to be changed in place."""
    return get_default_graph().get_collection_ref(key)
