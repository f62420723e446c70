"""What is written to a stream of the process, by C code too."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["captured_writes"]


class CapturedWrites:
    """What was written to a stream.

    Args:
        path: the file to which it goes.
    """

    def __init__(self, path: str):
        self._path = path

    def contents(self) -> str:
        """Return the text that has been written so far."""
        with open(self._path, encoding="utf-8") as file:
            return file.read()


@contextmanager
def captured_writes(stream: Any, folder: str) -> Iterator[CapturedWrites]:
    """Send what is written to a stream, one with a file descriptor, into a file of a folder."""
    stream.flush()
    descriptor = stream.fileno()
    before = os.dup(descriptor)
    file, path = tempfile.mkstemp(dir=folder)
    os.dup2(file, descriptor)
    try:
        yield CapturedWrites(path)
    finally:
        stream.flush()
        os.dup2(before, descriptor)
        for each in file, before:
            os.close(each)
