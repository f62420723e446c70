"""Whole files in the graph: read one, write one, find those that match a pattern."""

from __future__ import annotations

import glob
import os
import re
from typing import Any

import numpy as np

from minigraph.graph.apply import apply, apply_op
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.io.disk import on_disk, text_of

_WILDCARD = re.compile(r"[*?\[\\]")

__all__ = ["matching_files", "read_file", "write_file"]


class ReadFile(OpDef):
    """The contents of a file."""

    inputs = ("filename: string",)
    outputs = ("contents: string",)
    side_effect = True  # a file may change from run to run

    def shape(self, filename):
        with_rank(filename, 0)
        return TensorShape.of(())

    def kernel(self, xp, filename):
        return np.array(on_disk(_contents, text_of(filename)), object)

    def gradient(self, tf, dy, y, filename):
        return None


class WriteFile(OpDef):
    """Write a file."""

    inputs = ("filename: string", "contents: string")
    outputs = ()
    side_effect = True

    def shape(self, filename, contents):
        with_rank(filename, 0)
        with_rank(contents, 0)
        return ()

    def kernel(self, xp, filename, contents):
        on_disk(_write, text_of(filename), np.asarray(contents).item())

    def gradient(self, tf, dy, y, filename, contents):
        return None, None


class MatchingFiles(OpDef):
    """The names of the files that match a pattern, or several."""

    inputs = ("pattern: string",)
    outputs = ("filenames: string",)
    side_effect = True

    def shape(self, pattern):
        if pattern.ndims not in (None, 0, 1):
            raise ValueError(f"Shape must be at most rank 1 but is rank {pattern.ndims}")
        return TensorShape.of((None,))

    def kernel(self, xp, pattern):
        found = [name for each in np.asarray(pattern, object).ravel() for name in _matching(text_of(each))]
        return np.array([*found, None], object)[:-1]

    def gradient(self, tf, dy, y, pattern):
        return None


def _contents(name: str) -> bytes:
    with open(name, "rb") as file:
        return file.read()


def _write(name: str, contents: bytes) -> None:
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as file:
        file.write(contents)


def _matching(pattern: str) -> list[bytes]:
    """Return the names that match, sorted; one without a folder is in "./", as in TF1.

    The folder before the first wildcard must exist.
    """
    on_disk(os.listdir, os.path.dirname(_WILDCARD.split(pattern)[0]) or ".")
    folder = "" if os.path.dirname(pattern) else "./"
    return [(folder + name).encode() for name in sorted(glob.glob(pattern))]


def read_file(filename: Any, name: str | None = None) -> Tensor:
    """Read a whole file when it runs.

    Args:
        filename: its name, a scalar string.
        name: the name of the node.

    Returns:
        The contents, a scalar string.

    Raises:
        NotFoundError: in a run, if there is no such file.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "words.txt")
        >>> sess.run(tf.write_file(path, "two words"))
        >>> sess.run(tf.read_file(path))
        b'two words'
    """
    return apply(ReadFile(), filename, name=name)


def write_file(filename: Any, contents: Any, name: str | None = None) -> Operation:
    """Write a file when it runs; folders that lack are made.

    Args:
        filename: its name, a scalar string.
        contents: what it will contain, a scalar string.
        name: the name of the node.
    """
    return apply_op(WriteFile(), filename, contents, name=name)


def matching_files(pattern: Any, name: str | None = None) -> Tensor:
    """Return the names of the files that match when it runs, sorted.

    Args:
        pattern: a pattern such as `"data/*.csv"`, or a vector of several, of type string.
        name: the name of the node.
    """
    return apply(MatchingFiles(), pattern, name=name)
