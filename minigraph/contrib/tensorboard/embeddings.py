"""Embeddings for TensorBoard's projector: its configuration, and the vectors as tab-separated values."""

from __future__ import annotations

import os
import urllib.parse
from typing import Any

import numpy as np

from minigraph.checkpoints.reader import CheckpointReader
from minigraph.checkpoints.state import checkpoint_exists, latest_checkpoint
from minigraph.graph import protos
from minigraph.graph.default import get_default_graph
from minigraph.graph.session_for import get_default_session
from minigraph.train.saver import after_saving

__all__ = ["visualize_embeddings"]

_MOST_ROWS = 100_000  # that TensorBoard shows


def visualize_embeddings(summary_writer: Any, config: Any) -> None:
    """Write what TensorBoard's projector needs to show embeddings, into the folder of a writer.

    TensorBoard reads vectors from checkpoints only if TensorFlow is installed. So from each checkpoint, the
    latest one in the folder and those that are saved later, the vectors are also written as tab-separated values beside
    the configuration, which then names these files.

    Args:
        summary_writer: a `FileWriter`.
        config: a `ProjectorConfig`, whose `embeddings` name variables, and files with labels and images.

    Raises:
        ValueError: if the writer has no folder.
        ImportError: if the package tensorboard is not installed.

    Example:
        >>> import os, tempfile
        >>> from minigraph.contrib.tensorboard.plugins import projector
        >>> folder, words = tempfile.mkdtemp(), tf.Variable(tf.zeros([3, 2]), name="words")
        >>> config = projector.ProjectorConfig()
        >>> config.embeddings.add(tensor_name=words.name).metadata_path = "labels.tsv"
        >>> with tf.summary.FileWriter(folder) as writer:
        ...     projector.visualize_embeddings(writer, config)
        >>> sess.run(words.initializer)
        >>> path = tf.train.Saver().save(sess, folder + "/model.ckpt")
        >>> with open(folder + "/words.tsv") as file:
        ...     print(file.readlines())
        ['0\\t0\\n', '0\\t0\\n', '0\\t0\\n']
    """
    folder = summary_writer.get_logdir()
    if folder is None:
        raise ValueError("Summary writer must have a logdir")
    written = protos.ProjectorConfig()
    written.CopyFrom(config)
    _write_config(folder, written)
    path = config.model_checkpoint_path or latest_checkpoint(folder)
    if path and checkpoint_exists(path):
        _write_vectors(folder, written, path)
    session = get_default_session()
    graph = get_default_graph() if session is None else session.graph
    after_saving(graph, lambda path: _write_vectors(folder, written, path))


def _write_config(folder: str, config: Any) -> None:
    from google.protobuf import text_format

    os.makedirs(folder, exist_ok=True)
    _replace(os.path.join(folder, "projector_config.pbtxt"), [text_format.MessageToString(config)])


def _write_vectors(folder: str, config: Any, checkpoint: str) -> None:
    """Write the vectors that a checkpoint holds, and the configuration with the names of their files."""
    reader = CheckpointReader(checkpoint)
    shapes = reader.get_variable_to_shape_map()
    for embedding in config.embeddings:
        name = embedding.tensor_name.removesuffix(":0")
        file = urllib.parse.quote(name, safe="") + ".tsv"
        if embedding.tensor_path in ("", file) and len(shapes.get(name, ())) == 2:
            _replace(os.path.join(folder, file), _lines(reader.get_tensor(name)[:_MOST_ROWS]))
            embedding.tensor_path = file
    _write_config(folder, config)


def _lines(vectors: np.ndarray) -> list[str]:
    """Return a line for each vector: nine digits, which tell each number of 32 bits from all others."""
    form = "\t".join(["%.9g"] * vectors.shape[1]) + "\n"
    return [form % tuple(vector) for vector in vectors.tolist()]


def _replace(path: str, texts: list[str]) -> None:
    """Write a file under another name first: TensorBoard may read it at any time."""
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        file.writelines(texts)
    os.replace(f"{path}.part", path)
