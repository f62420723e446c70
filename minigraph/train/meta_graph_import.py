"""`import_meta_graph`: the graph in a `.meta` file, with its collections, and the `Saver` of its checkpoints."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minigraph import logging
from minigraph.graph import protos
from minigraph.graph.collection_protos import codec_of, with_scope, without_scope
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.interop.import_graph_def import import_graph_def
from minigraph.queues import queue_runner as _queue_runner  # noqa: F401  (it says how runners are read)
from minigraph.train.saver import Saver
from minigraph.variables.variable import Variable

__all__ = ["import_meta_graph", "import_scoped_meta_graph", "read_meta_graph_file"]

_UNBOUND = "unbound_inputs"
_FIRST_WITH_TRAINABLE = (1, 9)  # the version of TensorFlow since which messages of variables say it


def import_meta_graph(
    meta_graph_or_file: Any, clear_devices: bool = False, import_scope: str | None = None, **kwargs: Any
) -> Any:
    """Add the graph of a `.meta` file to the default graph, with its collections.

    Its variables are then in `tf.global_variables()`, its train op has the name that it had, and a program goes on with
    the training without the code that built the graph.

    Args:
        meta_graph_or_file: the path of the file, or a `MetaGraphDef`.
        clear_devices: True to leave out the devices of the nodes.
        import_scope: what the names of the nodes begin with; by default nothing.
        **kwargs: `input_map` and `return_elements` of `tf.import_graph_def`; `restore_collections_predicate`, a
            function of the name of a collection that says whether it is wanted.

    Returns:
        The `Saver` with which the graph was written, or a new one for its variables; None if it has none. With
        `return_elements` a pair of it and of what was asked for.

    Raises:
        OSError: if there is no such file, or it is none of this kind.
        ValueError: if the graph is not legal.
        KeyError: if a collection names a node that is not there.
        NotFoundError: if there is no operation of a type.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     w = tf.Variable([1.0, 2.0], name="w")
        ...     saver = tf.train.Saver()
        ...     sess.run(w.initializer)
        ...     graph = tf.MetaGraphDef(graph_def=tf.get_default_graph().as_graph_def())
        ...     graph.collection_def["variables"].bytes_list.value.append(w.to_proto().SerializeToString())
        ...     path = saver.save(sess, folder + "/model")
        ...     with tf.Graph().as_default(), tf.Session() as session:
        ...         saver = tf.train.import_meta_graph(graph)
        ...         saver.restore(session, path)
        ...         print(tf.global_variables()[0].name, session.run("w:0"))
        w:0 [1. 2.]
    """
    message = _message(meta_graph_or_file)
    variables, found = import_scoped_meta_graph(message, clear_devices, import_scope=import_scope, **kwargs)
    saver = _saver(message, import_scope, variables)
    return (saver, found) if kwargs.get("return_elements") is not None else saver


def _saver(message: Any, scope: str | None, variables: Mapping[str, Variable]) -> Saver | None:
    if message.HasField("saver_def"):
        for key, variable in variables.items():  # the scope may have got another name
            scope = variable.name[: -len(key)]
            break
        return Saver(saver_def=message.saver_def, name=scope)
    graph = get_default_graph()
    if any(graph.get_collection(key, scope) for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.SAVEABLE_OBJECTS)):
        return Saver()
    logging.info("Saver not created because there are no variables in the graph to restore")
    return None


def import_scoped_meta_graph(
    meta_graph_or_file: Any,
    clear_devices: bool = False,
    graph: Graph | None = None,
    import_scope: str | None = None,
    input_map: Mapping[str, Any] | None = None,
    unbound_inputs_col_name: str = _UNBOUND,
    restore_collections_predicate: Callable[[str], bool] = lambda key: True,
    return_elements: Iterable[str] | None = None,
) -> tuple[dict[str, Variable], list[Operation | Tensor] | None]:
    """Add a graph with its collections; return its variables by their names without the scope, and `return_elements`.

    Args:
        meta_graph_or_file, clear_devices, import_scope, input_map, return_elements: as for `import_meta_graph`.
        graph: the graph to add to, by default the default graph.
        unbound_inputs_col_name: the collection with the names of the inputs that must be in `input_map`.
        restore_collections_predicate: says which collections are wanted.

    Raises:
        ValueError: if inputs are missing in `input_map`, or the graph is not legal.
    """
    message = _message(meta_graph_or_file)
    _check_unbound(message, input_map, unbound_inputs_col_name)
    graph = graph or get_default_graph()
    graph_def = message.graph_def
    if clear_devices and any(node.device for node in graph_def.node):
        graph_def = protos.GraphDef.FromString(graph_def.SerializeToString())
        for node in graph_def.node:
            node.device = ""
    operations = message.meta_info_def.stripped_op_list if message.meta_info_def.HasField("stripped_op_list") else None
    with graph.as_default(), graph.atomic():
        scope = graph.unique_name(import_scope or "", mark_as_used=False)
        found = import_graph_def(
            graph_def, input_map, return_elements, name=import_scope or scope, producer_op_list=operations
        )
        restorer = _Restorer(graph, scope, _is_old(message.meta_info_def.tensorflow_version))
        keys = sorted(message.collection_def, key=lambda key: (key != GraphKeys.TRAINABLE_VARIABLES, key))
        for key in keys:
            if key != unbound_inputs_col_name and restore_collections_predicate(key):
                restorer.restore(key, message.collection_def[key])
        variables = graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope)
    return {without_scope(v.name, scope): v for v in variables if hasattr(v, "name")}, found


def _check_unbound(message: Any, input_map: Mapping[str, Any] | None, collection: str) -> None:
    """Raise ValueError if the graph has inputs that must be given and are not."""
    if collection not in message.collection_def:
        return
    content = message.collection_def[collection]
    kind = content.WhichOneof("kind")
    wanted = [_text(each) for each in getattr(content, kind).value] if kind is not None else []
    if wanted and sorted(wanted) != sorted(input_map or ()):
        missing = ",".join(name for name in wanted if name not in (input_map or ()))
        raise ValueError(f"Graph contains unbound inputs: {missing}. Must provide these inputs through input_map.")


def _is_old(version: str) -> bool:
    """Return True if a version of TensorFlow did not write which variables are trainable."""
    numbers = version.split(".")[:2]
    if not version or not all(number.isdecimal() and len(number) < 9 for number in numbers):
        return False
    return tuple(map(int, numbers)) < _FIRST_WITH_TRAINABLE


class _Restorer:
    """Put the items of collections into a graph.

    Args:
        graph: the graph.
        scope: what stands before the names in it.
        is_old: True if the messages of variables do not say which are trainable.
    """

    def __init__(self, graph: Graph, scope: str, is_old: bool):
        self._graph, self._scope, self._is_old = graph, scope, is_old
        self._variables: dict[bytes, Any] = {}

    def restore(self, key: str, content: Any) -> None:
        """Put a collection into the graph, given its `CollectionDef`."""
        kind = content.WhichOneof("kind")
        if kind is None:
            logging.error("Cannot identify data type for collection %s. Skipping.", key)
            return
        codec = codec_of(key)
        for value in getattr(content, kind).value:
            if codec is not None and kind == "bytes_list":
                item = self._item(key, value, codec)
            elif kind == "node_list":
                item = self._graph.as_graph_element(with_scope(value, self._scope))
            elif kind == "bytes_list":
                item = with_scope(_text(value), self._scope)
            else:
                item = value
            self._graph.add_to_collection(key, item)

    def _item(self, key: str, value: bytes, codec: Any) -> Any:
        """Return the item of a message; the same variable for the same message."""
        if codec.message == "VariableDef" and value in self._variables:
            return self._variables[value]
        message = protos.parsed(getattr(protos, codec.message), value, f"an item of the collection '{key}'")
        if codec.message == "VariableDef" and self._is_old:
            message.trainable = key == GraphKeys.TRAINABLE_VARIABLES
        try:
            item = codec.from_proto(message, import_scope=self._scope)
        except (AttributeError, TypeError) as error:  # it names a node of another kind
            raise ValueError(f"An item of the collection '{key}' is invalid: {error}") from None
        if codec.message == "VariableDef":
            self._variables[value] = item
        return item


def read_meta_graph_file(filename: str) -> Any:
    """Return the `MetaGraphDef` in a file, which holds its bytes or its text.

    Raises:
        OSError: if there is no such file, or it holds something else.
    """
    path = os.fspath(filename)
    if not os.path.isfile(path):
        raise OSError(f"File {path} does not exist.")
    with open(path, "rb") as file:
        content = file.read()
    try:
        return protos.parsed(protos.MetaGraphDef, content, path)
    except ValueError:
        pass
    try:
        return protos.from_text(protos.MetaGraphDef, content, f"file {path}")
    except ValueError as error:
        raise OSError(str(error)) from None


def _message(meta_graph_or_file: Any) -> Any:
    """Return a `MetaGraphDef` of TensorBoard's class, whosever class it is of, or that in a file."""
    kind = getattr(getattr(meta_graph_or_file, "DESCRIPTOR", None), "name", "")
    if kind != "MetaGraphDef":
        return read_meta_graph_file(meta_graph_or_file)
    if isinstance(meta_graph_or_file, protos.MetaGraphDef):
        return meta_graph_or_file
    return protos.MetaGraphDef.FromString(meta_graph_or_file.SerializeToString())


def _text(value: Any) -> Any:
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value
