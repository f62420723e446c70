"""What event files and nodes hold, read back as messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph import protos
from minigraph.records.tfrecord import tf_record_iterator

__all__ = ["get_summary_description", "summary_iterator"]


def summary_iterator(path: Any) -> Iterator[Any]:
    """Yield the `Event` messages of an event file.

    Args:
        path: the file's name, as `tf.train.summary_iterator` takes it: one file, not a folder.

    Raises:
        NotFoundError: if there is no such file.
        DataLossError: if it is cut off or damaged; the events before have been yielded.
        ImportError: if the package tensorboard, which has the message, is not installed.

    Example:
        >>> import glob, tempfile
        >>> folder = tempfile.mkdtemp()
        >>> with tf.summary.FileWriter(folder) as writer:
        ...     writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="loss", simple_value=0.5)]), 10)
        >>> for event in tf.train.summary_iterator(glob.glob(folder + "/*")[0]):
        ...     print(event.step, [(value.tag, value.simple_value) for value in event.summary.value])
        0 []
        10 [('loss', 0.5)]
    """
    for record in tf_record_iterator(path):
        yield protos.Event.FromString(record)


def get_summary_description(node_def: Any) -> Any:
    """Return the `SummaryDescription` message in the attribute of a `TensorSummary` node.

    Raises:
        ValueError: if the node is of another type.
    """
    from google.protobuf import json_format

    if node_def.op != "TensorSummary":
        raise ValueError(f"Can't get_summary_description on {node_def.op}")
    return json_format.Parse(node_def.attr["description"].s.decode(), protos.SummaryDescription())
