"""A graph with its collections and its `Saver` as a `MetaGraphDef` message: all that a program needs to go on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from minigraph import logging
from minigraph.graph import protos
from minigraph.graph.collection_protos import codec_of, without_scope
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.interop.op_list import strip_graph_default_valued_attrs, stripped_op_list_for_graph
from minigraph.interop.sub_graph import node_of
from minigraph.interop.write_graph import write_graph

__all__ = ["VERSION", "create_meta_graph_def", "export_scoped_meta_graph", "saver_message"]

VERSION = "1.15.5"  # of TensorFlow, as which a file is read
_UNBOUND = "$unbound_inputs_"
_SAVER_OPS = {f"{old}{what}{part}" for old in ("", "Legacy") for what in ("Save", "Restore") for part in ("", "Slice")}
_SAVER_OPS |= {"SaveV2", "RestoreV2"}


def export_scoped_meta_graph(
    filename: Any = None,
    graph_def: Any = None,
    graph: Graph | None = None,
    export_scope: str | None = None,
    as_text: bool = False,
    unbound_inputs_col_name: str = "unbound_inputs",
    clear_devices: bool = False,
    saver_def: Any = None,
    clear_extraneous_savers: bool = False,
    strip_default_attrs: bool = False,
    save_debug_info: bool = False,
    **kwargs: Any,
) -> tuple[Any, dict[str, Any]]:
    """Return a `MetaGraphDef` of a graph, or of a scope, and its global variables by their names in there.

    Args:
        filename: where to write it, too.
        graph_def: the nodes, if they are not those of the graph.
        graph: the graph, by default the default graph.
        export_scope: only what is in this scope, whose name is left out; inputs from outside get the names
            "$unbound_inputs_…".
        as_text: True to write it as text.
        unbound_inputs_col_name: the collection in which those names are.
        clear_devices: True to leave out the devices of nodes.
        saver_def: the `SaverDef` of its checkpoints.
        clear_extraneous_savers: True to leave out the nodes of all other savers.
        strip_default_attrs: True to leave out attributes that are as by default.
        save_debug_info: accepted; where a node was made is not written.
        **kwargs: `meta_info_def` and `collection_list`, see `create_meta_graph_def`.

    Raises:
        ImportError: if the package tensorboard is not installed.
    """
    graph = graph or get_default_graph()
    whole = graph_def if graph_def is not None else graph.as_graph_def(add_shapes=True)
    excluded = _nodes_of_other_savers(whole, saver_def) if clear_extraneous_savers else set()
    part = _Part(export_scope or "", excluded)
    if export_scope or excluded or clear_devices:
        whole = part.of(whole, clear_devices)
    if save_debug_info:
        logging.warning("Where the nodes of a graph were made is not written.")
    found = create_meta_graph_def(
        graph_def=whole,
        graph=graph,
        export_scope=export_scope,
        exclude_nodes=excluded,
        clear_extraneous_savers=clear_extraneous_savers,
        saver_def=saver_def,
        strip_default_attrs=strip_default_attrs,
        **kwargs,
    )
    if part.unbound and unbound_inputs_col_name:
        names = [name.encode() for name in part.unbound]
        found.collection_def[unbound_inputs_col_name].bytes_list.value[:] = names
    if filename:
        folder, name = os.path.split(os.fspath(filename))
        write_graph(found, folder, name, as_text=as_text)
    variables = graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope=export_scope)
    return found, {without_scope(v.name, export_scope): v for v in variables if part.has(v)}


def create_meta_graph_def(
    meta_info_def: Any = None,
    graph_def: Any = None,
    saver_def: Any = None,
    collection_list: Iterable[str] | None = None,
    graph: Graph | None = None,
    export_scope: str | None = None,
    exclude_nodes: Iterable[str] | None = None,
    clear_extraneous_savers: bool = False,
    strip_default_attrs: bool = False,
) -> Any:
    """Return a `MetaGraphDef`, made of its parts.

    Args:
        meta_info_def: a `MetaGraphDef.MetaInfoDef` with what is to be said of it besides.
        graph_def: the nodes, by default those of the graph.
        saver_def: the `SaverDef` of its checkpoints.
        collection_list: the names of the collections that it has, by default all.
        graph: the graph, by default the default graph.
        export_scope: the scope to leave out of names; items outside of it are left out.
        exclude_nodes: names of nodes that are in no collection.
        clear_extraneous_savers: True to have this saver only in the collection of savers.
        strip_default_attrs: True to leave out attributes that are as by default.

    Raises:
        TypeError: if an argument is of another type.
        ImportError: if the package tensorboard is not installed.
    """
    if graph is not None and not isinstance(graph, Graph):
        raise TypeError(f"graph must be of type Graph, not {type(graph)}")
    for name, value in (("MetaInfoDef", meta_info_def), ("GraphDef", graph_def)):
        kind = getattr(getattr(value, "DESCRIPTOR", None), "name", "")
        if value is not None and kind != name:
            argument = "meta_info_def" if name == "MetaInfoDef" else "graph_def"
            raise TypeError(f"{argument} must be of type {name}, not {type(value)}")
    graph = graph or get_default_graph()
    found = protos.MetaGraphDef()
    info = found.meta_info_def
    if meta_info_def is not None:
        info.MergeFromString(meta_info_def.SerializeToString())
    info.tensorflow_version, info.tensorflow_git_version = VERSION, "unknown"
    nodes = graph_def if graph_def is not None else graph.as_graph_def(add_shapes=True)
    found.graph_def.MergeFromString(nodes.SerializeToString())
    if not info.stripped_op_list.op:
        info.stripped_op_list.CopyFrom(stripped_op_list_for_graph(found.graph_def))
    if strip_default_attrs:
        strip_graph_default_valued_attrs(found)
    if saver_def is not None:
        found.saver_def.CopyFrom(saver_message(saver_def))
    part = _Part(export_scope or "", set(exclude_nodes or ()))
    for key in sorted(graph.get_all_collection_keys(), key=str) if collection_list is None else collection_list:
        if clear_extraneous_savers and key == GraphKeys.SAVERS:
            if saver_def is not None:
                found.collection_def[key].bytes_list.value.append(found.saver_def.SerializeToString())
        else:
            _add_collection(found, key, [item for item in graph.get_collection(key) if part.has(item)], export_scope)
    return found


def saver_message(saver_def: Any) -> Any:
    """Return a `SaverDef` as a message.

    Raises:
        TypeError: if it is none.
    """
    if hasattr(saver_def, "SerializeToString"):
        return protos.SaverDef.FromString(saver_def.SerializeToString())
    try:
        return protos.SaverDef(**vars(saver_def))
    except (TypeError, ValueError):
        raise TypeError(f"saver_def must be of type SaverDef, not {type(saver_def)}") from None


class _Part:
    """What is exported of a graph.

    Args:
        scope: the scope in which it is, "" for all.
        excluded: names of nodes that are left out.

    Attributes:
        unbound: the names that inputs from outside have got.
    """

    def __init__(self, scope: str, excluded: set[str]):
        self._scope, self._excluded = scope, excluded
        self.unbound: list[str] = []

    def has(self, item: Any) -> bool:
        """Return True if a node, given by its name, or an item of a collection is part of it."""
        name = item if isinstance(item, str) else getattr(item, "name", None)
        if not isinstance(name, str):
            return True
        return name not in self._excluded and node_of(name) not in self._excluded and name.startswith(self._scope)

    def of(self, graph_def: Any, clear_devices: bool) -> Any:
        """Return the part of a `GraphDef`."""
        found = protos.GraphDef(versions=graph_def.versions, library=graph_def.library)
        for node in graph_def.node:
            if self.has(node.name):
                new = found.node.add()
                new.CopyFrom(node)
                if clear_devices:
                    new.device = ""
                if self._scope:
                    self._move(new)
        return found

    def _move(self, node: Any) -> None:
        """Leave the scope out of the names in a node."""
        node.name = without_scope(node.name, self._scope)
        node.input[:] = [self._input(name) for name in node.input]
        if "_class" in node.attr:
            places = node.attr["_class"].list.s
            places[:] = [
                without_scope(place.decode(), self._scope).encode()
                for place in places
                if place.decode().partition("@")[2].startswith(self._scope)
            ]

    def _input(self, name: str) -> str:
        if name.lstrip("^").startswith(self._scope):
            return without_scope(name, self._scope)
        name = re.sub(r"^(\^?)", lambda mark: mark[1] + _UNBOUND, name)
        self.unbound.append(name)
        return name


def _nodes_of_other_savers(graph_def: Any, saver_def: Any) -> set[str]:
    """Return the names of the nodes in the scopes of savers other than one."""
    names = {node.name for node in graph_def.node}
    scopes = {node.name.rpartition("/")[0] for node in graph_def.node if node.op in _SAVER_OPS}
    kept = () if saver_def is None else (saver_def.save_tensor_name, saver_def.restore_op_name)
    scopes = scopes - names - {node_of(name).rpartition("/")[0] for name in kept} - {""}
    return {name for name in names if any(name.startswith(f"{scope}/") for scope in scopes)}


def _add_collection(found: Any, key: Any, items: list, scope: str | None) -> None:
    """Add a collection to a `MetaGraphDef`; one with items that cannot be written is left out."""
    if not isinstance(key, (str, bytes)):
        logging.warning("Only collections with string type keys will be serialized. This key has %s", type(key))
        return
    if not items:
        return
    try:
        codec = codec_of(key if isinstance(key, str) else key.decode())
        if codec is None:
            _add_values(found.collection_def[key], items, scope)
        else:
            _add_messages(found.collection_def[key], items, scope, codec.to_proto)
    except Exception as error:
        logging.warning(
            "Issue encountered when serializing %s.\nType is unsupported, or the types of the items don't match field "
            "type in CollectionDef. Note this is a warning and probably safe to ignore.\n%s",
            key,
            error,
        )
        found.collection_def.pop(key, None)


def _add_messages(content: Any, items: list, scope: str | None, to_proto: Callable) -> None:
    for item in items:
        message = to_proto(item, scope)
        if message is not None:
            content.bytes_list.value.append(message.SerializeToString(deterministic=True))


def _add_values(content: Any, items: list, scope: str | None) -> None:
    """Add items that are no messages: names, numbers, or nodes, as the first of them is."""
    if isinstance(items[0], (str, bytes)):
        content.bytes_list.value.extend(item.encode() if isinstance(item, str) else item for item in items)
    elif isinstance(items[0], int):
        content.int64_list.value.extend(items)
    elif isinstance(items[0], float):
        content.float_list.value.extend(items)
    elif getattr(getattr(items[0], "DESCRIPTOR", None), "full_name", "") == "google.protobuf.Any":
        content.any_list.value.extend(items)
    else:
        names = [item.name for item in items]
        content.node_list.value.extend(without_scope(name, scope) for name in names if name.startswith(scope or ""))
