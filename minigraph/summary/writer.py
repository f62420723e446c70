"""`FileWriter`: summaries and graphs into event files, as TensorBoard's own messages."""

from __future__ import annotations

import threading
import time
from typing import Any

from minigraph.graph import protos
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.warn import warn
from minigraph.summary.event_file import EventFile

__all__ = ["FileWriter", "FileWriterCache"]


def _event(**fields: Any) -> Any:
    """Return an `Event` message with the current time."""
    Event = protos.tensorboard("compat.proto.event_pb2", "Event files need TensorBoard's writer").Event
    return Event(wall_time=time.time(), **fields)


class FileWriter:
    """Write summaries and graphs to an event file in a folder, for TensorBoard.

    Args:
        logdir: the folder; it is made.
        graph: a graph to write at once.
        max_queue, flush_secs: accepted, as in TF1: each event is written at once.
        graph_def: accepted, as in TF1, with a warning: give `graph`.
        filename_suffix: the end of the file's name.
        session: accepted, as in TF1.

    Raises:
        ImportError: if TensorBoard is not installed.
        OSError: if the file cannot be made.

    Example:
        >>> import os, tempfile
        >>> graph = tf.get_default_graph()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     tf.constant(1.0)
        ...     with tf.summary.FileWriter(folder, graph):
        ...         pass
        ...     os.listdir(folder)[0][:20]
        <tf.Tensor 'Const:0' shape=() dtype=float32>
        'events.out.tfevents.'
    """

    def __init__(
        self,
        logdir: Any,
        graph: Any = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        graph_def: Any = None,
        filename_suffix: str | None = None,
        session: Any = None,
    ):
        self._options = str(logdir), filename_suffix or ""
        self._closed = False
        self._plugin_tags: set[str] = set()  # whose metadata are in the file, which says them once
        self._run_tags: set[str] = set()
        self._open()
        if graph_def is not None:
            warn("FileWriter: pass graph, a tf.Graph, in the place of graph_def", DeprecationWarning)
        given = graph if graph is not None else graph_def
        if given is not None:
            self.add_graph(given)

    def _open(self) -> None:
        self._plugin_tags.clear()
        self._file = EventFile(*self._options, _event(file_version="brain.Event:2"))

    def get_logdir(self) -> str:
        """Return the folder."""
        return self._options[0]

    def _add(self, global_step: Any, **fields: Any) -> None:
        event = _event(**fields)
        if global_step is not None:
            event.step = int(global_step)
        self.add_event(event)

    def add_summary(self, summary: Any, global_step: Any = None) -> None:
        """Write a summary.

        Args:
            summary: the value of a summary tensor in a session (bytes), or a `Summary` message.
            global_step: the number under which it is shown.

        Raises:
            Exception: the DecodeError of protobuf, if the bytes are not a summary.
        """
        message = protos.Summary()
        if isinstance(summary, bytes):
            message.ParseFromString(summary)
        else:
            message.CopyFrom(summary)
        for value in message.value:
            if value.HasField("metadata"):  # of which plugin a tag is, the file says once
                if value.tag in self._plugin_tags:
                    value.ClearField("metadata")
                self._plugin_tags.add(value.tag)
        self._add(global_step, summary=message)

    def add_graph(self, graph: Any, global_step: Any = None, graph_def: Any = None) -> None:
        """Write a graph.

        Raises:
            TypeError: if it is not a graph.
            ValueError: if there are a graph and a definition.
        """
        if graph is not None and graph_def is not None:
            raise ValueError("Please pass only graph, or graph_def (deprecated), but not both.")
        given = graph if graph is not None else graph_def
        if not (isinstance(given, Graph) or hasattr(given, "node")):
            raise TypeError("The passed graph must be an instance of `Graph` or the deprecated `GraphDef`")
        definition = given.as_graph_def(add_shapes=True) if isinstance(given, Graph) else given
        self._add(global_step, graph_def=definition.SerializeToString())

    def add_meta_graph(self, meta_graph_def: Any, global_step: Any = None) -> None:
        """Write a `MetaGraphDef` message; TensorBoard shows its graph where the file has no other.

        Raises:
            TypeError: if it is something else.
        """
        if not isinstance(meta_graph_def, protos.MetaGraphDef):
            raise TypeError(f"meta_graph_def must be type MetaGraphDef, saw type: {type(meta_graph_def)}")
        self._add(global_step, meta_graph_def=meta_graph_def.SerializeToString())

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: Any = None) -> None:
        """Write the times and sizes of a traced run, by which TensorBoard colours the nodes of a graph.

        Args:
            run_metadata: the `RunMetadata` of the run, or TensorFlow's message of that name.
            tag: the name under which TensorBoard lists the run.
            global_step: the number of the step.

        Raises:
            ValueError: if a run has been written under this tag.

        Example:
            >>> import tempfile
            >>> y, run, full = tf.square(2.0), tf.RunMetadata(), tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
            >>> value = sess.run(y, options=full, run_metadata=run)
            >>> with tempfile.TemporaryDirectory() as folder, tf.summary.FileWriter(folder, y.graph) as writer:
            ...     writer.add_run_metadata(run, "step 100", 100)
        """
        if tag in self._run_tags:
            raise ValueError("The provided tag was already used for this event type")
        self._run_tags.add(tag)
        tagged = protos.TaggedRunMetadata(tag=tag, run_metadata=run_metadata.SerializeToString())
        self._add(global_step, tagged_run_metadata=tagged)

    def add_session_log(self, session_log: Any, global_step: Any = None) -> None:
        """Write a `SessionLog` message."""
        self._add(global_step, session_log=session_log)

    def add_event(self, event: Any) -> None:
        """Write an `Event` message; after `close` nothing is written, and a warning says so."""
        if self._closed:
            warn(
                "Attempting to use a closed FileWriter. The operation will be a noop unless the FileWriter is "
                "explicitly reopened.",
                UserWarning,
            )
            return
        self._file.add(event)

    def flush(self) -> None:
        """Write the events that a full disk has delayed.

        Raises:
            ResourceExhaustedError: if the disk is still full.
        """
        if not self._closed:
            self._file.flush()

    def close(self) -> None:
        """Write the delayed events and close the file.

        Raises:
            ResourceExhaustedError: if the disk is full; the writer stays open.
        """
        if not self._closed:
            self._file.close()
            self._closed = True

    def reopen(self) -> None:
        """Go on after `close`, in a new file."""
        if self._closed:
            self._open()
            self._closed = False

    def __enter__(self) -> FileWriter:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


class FileWriterCache:
    """One `FileWriter` for each folder."""

    _cache: dict[str, FileWriter] = {}
    _lock = threading.RLock()

    @staticmethod
    def clear() -> None:
        """Close and forget them all."""
        with FileWriterCache._lock:
            for writer in FileWriterCache._cache.values():
                writer.close()
            FileWriterCache._cache.clear()

    @staticmethod
    def get(logdir: Any) -> FileWriter:
        """Return the writer of a folder; a new one, with the default graph, where there is none."""
        with FileWriterCache._lock:
            key = str(logdir)
            if key not in FileWriterCache._cache:
                FileWriterCache._cache[key] = FileWriter(logdir, graph=get_default_graph())
            return FileWriterCache._cache[key]
