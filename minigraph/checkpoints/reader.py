"""Reading checkpoints of either version: their names, types, shapes and values."""

from __future__ import annotations

import glob
import os
from typing import Any

import numpy as np

from minigraph.checkpoints.bundle import Bundle
from minigraph.checkpoints.state import latest_checkpoint
from minigraph.checkpoints.version1 import Tables
from minigraph.graph import errors
from minigraph.graph.c_names import C_NAMES
from minigraph.graph.dtypes import DType

__all__ = ["CheckpointReader", "NewCheckpointReader", "list_variables", "load_checkpoint", "load_variable"]


class CheckpointReader:
    """A checkpoint, opened to be read, without a graph.

    Args:
        filepattern: the prefix of its files, as `Saver.save` returns it; or a file of version 1.

    Raises:
        NotFoundError: if there is no such checkpoint.
        DataLossError: if it is damaged, or something else.

    Example:
        >>> import tempfile
        >>> v = tf.Variable([1.0, 2.0], name="v")
        >>> sess.run(v.initializer)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = tf.train.Saver().save(sess, folder + "/model")
        ...     reader = tf.train.NewCheckpointReader(path)
        ...     print(reader.get_variable_to_shape_map(), reader.get_tensor("v"))
        {'v': [2]} [1. 2.]
    """

    def __init__(self, filepattern: Any):
        path = os.fspath(filepattern)
        path = path.decode() if isinstance(path, bytes) else path
        self._file: Bundle | Tables
        if os.path.exists(f"{path}.index"):
            self._file = Bundle(path)
            return
        paths = sorted(each for each in glob.glob(path) if os.path.isfile(each))
        if not paths:
            raise errors.NotFoundError(
                None, None, f"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {path}"
            )
        self._file = Tables(paths)

    def has_tensor(self, tensor_str: str) -> bool:
        """Return True if it has a value of that name."""
        return tensor_str in self._file.names

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """Return the shapes by names."""
        return {name: list(self._file.record(name).shape) for name in self._file.names}

    def get_variable_to_dtype_map(self) -> dict[str, DType]:
        """Return the types by names."""
        return {name: self._file.record(name).dtype for name in self._file.names}

    def get_tensor(self, tensor_str: str) -> np.ndarray:
        """Return a value.

        Raises:
            NotFoundError: if there is none of that name.
            DataLossError: if its data are damaged.
        """
        value = self._file.read(tensor_str)
        return value if value.ndim else value[()]

    def debug_string(self) -> bytes:
        """Return a line for each value: name, type, shape."""
        lines = []
        for name in self._file.names:
            found = self._file.record(name)
            kind = C_NAMES.get(found.dtype.name, found.dtype.name)
            lines.append(f"{name} (DT_{kind.upper()}) [{','.join(map(str, found.shape))}]\n")
        return "".join(lines).encode()


def NewCheckpointReader(filepattern: Any) -> CheckpointReader:
    """Return a `CheckpointReader` for the files with a prefix; errors and an example stand there."""
    return CheckpointReader(filepattern)


def load_checkpoint(ckpt_dir_or_file: Any) -> CheckpointReader:
    """Return a `CheckpointReader` for the latest checkpoint in a folder, or for one with that prefix.

    Raises:
        ValueError: if the folder has none.
        NotFoundError: if there is no such checkpoint.
    """
    path = os.fspath(ckpt_dir_or_file)
    if not os.path.isdir(path):
        return CheckpointReader(path)
    latest = latest_checkpoint(path)
    if latest is None:
        raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
    return CheckpointReader(latest)


def load_variable(ckpt_dir_or_file: Any, name: str) -> np.ndarray:
    """Return a value of a checkpoint.

    Args:
        ckpt_dir_or_file: a folder, for its latest checkpoint, or the prefix of one.
        name: the name of the variable, with or without ":0".

    Raises:
        NotFoundError: if there is no such value.
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """Return the name and shape of each value of a checkpoint, sorted by name; errors as for `load_checkpoint`."""
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())
