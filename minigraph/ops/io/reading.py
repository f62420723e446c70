"""A reader in a session: it takes the names of files from a queue and returns one record after another.

Each kind of reader is a generator of the pairs (key, record) of a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from minigraph.graph.limits import wait
from minigraph.graph.resource import Resource
from minigraph.ops.io.disk import on_disk
from minigraph.records.tfrecord import read_records

__all__ = ["Reader", "fixed_length", "itself", "lines", "records", "whole"]


class Reader(Resource):
    """A reader; of several runs that read, one reads and the others wait.

    Args:
        name: the name of the node.
        open_file: returns the generator of (key, record) for the name of a file, both bytes.

    Attributes:
        produced: the number of records read.
        completed: the number of files that were read to their ends.
    """

    def __init__(self, name: str, open_file: Callable[[bytes], Iterator]):
        super().__init__(name)
        self._open_file = open_file
        self._changed = threading.Condition()
        self._busy = False
        self.reset()

    def __deepcopy__(self, memo: Any) -> Reader:
        """Return a reader of its own, which begins with the next file of the queue."""
        return Reader(self.name, self._open_file)

    def reset(self) -> None:
        """Begin anew, with the next file of the queue."""
        self._current: Any = None
        self.produced = self.completed = 0

    def release(self) -> None:
        """Close the file."""
        current, self._current = self._current, None
        if current is not None and not self._busy:
            current.close()

    def read(self, queue: Any) -> tuple[bytes, bytes]:
        """Return the next record and its key; wait for a file if there is none.

        Args:
            queue: the queue of names.

        Raises:
            errors.OutOfRangeError: if the queue is closed and empty, and its files are read.
            errors.NotFoundError: if there is no such file.
        """
        self._begin()
        try:
            return self._some(queue, 1)[0]
        finally:
            self._end()

    def read_up_to(self, queue: Any, count: int) -> list[tuple[bytes, bytes]]:
        """Return the next records of one file, at most `count` and at least one; arguments and errors as for `read`."""
        self._begin()
        try:
            return self._some(queue, count)
        finally:
            self._end()

    def _begin(self) -> None:
        with self._changed:
            wait(self._changed, lambda: not self._busy)
            self._busy = True

    def _end(self) -> None:
        with self._changed:
            self._busy = False
            self._changed.notify()

    def _some(self, queue: Any, count: int) -> list[tuple[bytes, bytes]]:
        found: list[tuple[bytes, bytes]] = []
        while not found and count > 0:
            if self._current is None:
                self._current = self._open_file(queue.dequeue()[0].item())
            current = self._current
            while len(found) < count and self._current is not None:
                pair = on_disk(self._next, current)
                if pair is None:
                    self._current = None
                    self.completed += 1
                else:
                    found.append(pair)
        self.produced += len(found)
        return found

    def _next(self, current: Iterator) -> Any:
        try:
            return next(current, None)
        except BaseException:
            self._current = None
            raise


def lines(skip_header_lines: int) -> Callable[[bytes], Iterator]:
    """Return the reader of lines, without those at the beginning of each file that are to be skipped."""

    def read(name: bytes) -> Iterator:
        with open(name.decode(), "rb") as file:
            for number, line in enumerate(file, 1):
                if number > skip_header_lines:
                    yield b"%b:%d" % (name, number), line.rstrip(b"\n").replace(b"\r", b"")

    return read


def whole(name: bytes) -> Iterator:
    """Read a file as one record."""
    with open(name.decode(), "rb") as file:
        yield name, file.read()


def itself(name: bytes) -> Iterator:
    """Return the name itself."""
    yield name, name


def records(compression_type: str) -> Callable[[bytes], Iterator]:
    """Return the reader of TensorFlow's files of records."""

    def read(name: bytes) -> Iterator:
        with open(name.decode(), "rb") as file:
            at = 0
            for record in read_records(file, compression_type):
                yield b"%b:%d" % (name, at), record
                at += len(record) + 16

    return read


def fixed_length(
    record_bytes: int, header_bytes: int, footer_bytes: int, hop_bytes: int
) -> Callable[[bytes], Iterator]:
    """Return the reader of records of one size, which begin each `hop_bytes`, by default one after the other."""

    def read(name: bytes) -> Iterator:
        with open(name.decode(), "rb") as file:
            data = file.read()
        starts = range(header_bytes, len(data) - footer_bytes - record_bytes + 1, hop_bytes or record_bytes)
        for number, start in enumerate(starts):
            yield b"%b:%d" % (name, number), data[start : start + record_bytes]

    return read
