"""`export_meta_graph`: a graph with its collections, for `import_meta_graph`, here and in TensorFlow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph.graph import Graph
from minigraph.interop.export_meta_graph import export_scoped_meta_graph
from minigraph.train import saver as _saver  # noqa: F401  (it says how savers are written)

__all__ = ["export_meta_graph"]


def export_meta_graph(
    filename: Any = None,
    meta_info_def: Any = None,
    graph_def: Any = None,
    saver_def: Any = None,
    collection_list: Iterable[str] | None = None,
    as_text: bool = False,
    graph: Graph | None = None,
    export_scope: str | None = None,
    clear_devices: bool = False,
    clear_extraneous_savers: bool = False,
    strip_default_attrs: bool = False,
    save_debug_info: bool = False,
    **kwargs: Any,
) -> Any:
    """Return a graph with its collections as a `MetaGraphDef` message, and write it to a file if one is named.

    `tf.train.import_meta_graph` makes the graph of it again, here or in TensorFlow: nodes, variables, queue runners and
    what else is in collections. An item that has no form in a file, such as a Python object, is left out with its
    collection, and a warning says so.

    Args:
        filename: the path of the file.
        meta_info_def: a `MetaGraphDef.MetaInfoDef` with what is to be said of it besides.
        graph_def: the nodes, if they are not those of the graph.
        saver_def: the `SaverDef` of its checkpoints.
        collection_list: the names of the collections that it has, by default all.
        as_text: True to write it as text.
        graph: the graph, by default the default graph.
        export_scope: only what is in this scope, whose name is left out.
        clear_devices: True to leave out the devices of nodes.
        clear_extraneous_savers: True to leave out the nodes of all other savers.
        strip_default_attrs: True to leave out attributes that are as by default.
        save_debug_info: accepted; where a node was made is not written.

    Raises:
        ImportError: if the package tensorboard is not installed.
        TypeError: if an argument is of another type.
        OSError: if the file cannot be written.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
        >>> w = tf.get_variable("w", [2, 1])
        >>> tf.add_to_collection("outputs", tf.matmul(x, w, name="y"))
        >>> graph = tf.train.export_meta_graph()
        >>> sorted(graph.collection_def), list(graph.collection_def["outputs"].node_list.value)
        (['outputs', 'trainable_variables', 'variables'], ['y:0'])
    """
    return export_scoped_meta_graph(
        filename=filename,
        meta_info_def=meta_info_def,
        graph_def=graph_def,
        saver_def=saver_def,
        collection_list=collection_list,
        as_text=as_text,
        graph=graph,
        export_scope=export_scope,
        clear_devices=clear_devices,
        clear_extraneous_savers=clear_extraneous_savers,
        strip_default_attrs=strip_default_attrs,
        save_debug_info=save_debug_info,
        **kwargs,
    )[0]
