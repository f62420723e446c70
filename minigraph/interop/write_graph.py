"""Graphs and other messages as files, whole or not there."""

from __future__ import annotations

import os
from typing import Any

from minigraph.checkpoints.files import put
from minigraph.graph.graph import Graph

__all__ = ["write_graph"]


def write_graph(graph_or_graph_def: Any, logdir: Any, name: Any, as_text: bool = True) -> str:
    """Write a graph to a file, and return the file's path.

    Whenever the process stops, the file is whole, or as it was before.

    Args:
        graph_or_graph_def: a graph, or a message such as a `GraphDef`.
        logdir: the folder; it is made if there is none.
        name: the name of the file in it.
        as_text: False for the bytes of the message, which `tf.import_graph_def` and other programs read.

    Raises:
        OSError: if the file cannot be written.
        ImportError: for bytes, if the package tensorboard is not installed.

    Example:
        >>> import os, tempfile
        >>> x = tf.constant(1.0, name="x")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = tf.train.write_graph(tf.get_default_graph(), folder, "graph.pbtxt")
        ...     print(os.path.basename(path), os.listdir(folder))
        graph.pbtxt ['graph.pbtxt']
    """
    message = graph_or_graph_def
    if isinstance(message, Graph):
        message = message.as_graph_def()
    content = str(message).encode() if as_text else message.SerializeToString(deterministic=True)
    folder = os.fspath(logdir)
    if folder:
        os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, os.fspath(name))
    put(path, [content])
    return path
