"""What hooks write for TensorBoard: rates and marks of a session, where its package is installed."""

from __future__ import annotations

import os
from typing import Any

from minigraph import logging
from minigraph.graph import protos
from minigraph.graph.graph import Graph
from minigraph.summary.writer import FileWriter, FileWriterCache

__all__ = ["add_scalar", "mark", "writer_of", "write_graph"]


def writer_of(folder: str) -> FileWriter | None:
    """Return the writer of a folder; None, with a message, if TensorBoard is not installed."""
    try:
        return FileWriterCache.get(folder)
    except ImportError as error:
        logging.log_first_n(logging.WARN, f"No event files are written. {error}", 1)
        return None


def mark(writer: FileWriter | None, status: str, step: Any = None, path: str = "") -> None:
    """Write that a session starts ("START"), stops ("STOP") or saves ("CHECKPOINT"), if there is a writer."""
    if writer is not None:
        log = protos.SessionLog(status=getattr(protos.SessionLog, status), checkpoint_path=path)
        writer.add_session_log(log, step)


def add_scalar(writer: FileWriter | None, tag: str, value: float, step: int) -> None:
    """Write a number, if there is a writer."""
    if writer is not None:
        writer.add_summary(protos.Summary(value=[{"tag": tag, "simple_value": value}]), step)


def write_graph(graph: Graph, folder: str) -> None:
    """Write a graph as text to the file `graph.pbtxt` in a folder, which is made if need be."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "graph.pbtxt"), "w", encoding="utf-8") as file:
        file.write(str(graph.as_graph_def(add_shapes=True)))
