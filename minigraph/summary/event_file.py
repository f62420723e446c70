"""An event file: its records are written one by one, and a full disk only delays them."""

from __future__ import annotations

import collections
import errno
import io
import itertools
import os
import socket
import threading
import time
from typing import Any

from minigraph.graph import errors
from minigraph.graph.protos import tensorboard
from minigraph.graph.warn import warn

__all__ = ["EventFile"]

_numbers = itertools.count()  # of the files of this process; of the same width, since readers sort by name
_MOST_BYTES = 1 << 26  # of records that wait for room on the disk; the oldest are given up
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class EventFile:
    """A new event file in a folder.

    Each record is written at once. One that cannot be written waits, with those that come after it, and is tried again
    with each of them and by `flush`.

    Args:
        folder: the folder; it is made.
        suffix: the end of the file's name.
        event: the message that stands first.
    """

    def __init__(self, folder: str, suffix: str, event: Any):
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(
            folder,
            f"events.out.tfevents.{int(time.time()):010d}.{socket.gethostname()}."
            f"{os.getpid()}.{next(_numbers):05d}{suffix}",
        )
        self._lock = threading.Lock()
        self._waiting: collections.deque[bytes] = collections.deque()
        self._size = 0  # of what is written whole
        self._lost = 0
        self._is_told = False
        self._file = open(self.path, "wb", buffering=0)
        self.add(event)

    def add(self, event: Any) -> None:
        """Write a message; warn once if that is not possible now."""
        record = _record(event)
        with self._lock:
            self._waiting.append(record)
            error = self._write()
            waiting = sum(map(len, self._waiting)) if error else 0
            while waiting > _MOST_BYTES:
                waiting -= len(self._waiting.popleft())
                self._lost += 1
        if error is not None and not self._is_told:
            self._is_told = True
            warn(f"{self.path} cannot be written now: {error.strerror}. Its events wait until it can.")

    def flush(self) -> None:
        """Write the records that wait.

        Raises:
            errors.ResourceExhaustedError: if the disk is full; what waits still waits.
            OSError: if it cannot be written for another reason.
        """
        with self._lock:
            error = self._write()
            if error is None:
                self._is_told = False
                return
            waiting = len(self._waiting)
        if error.errno not in _FULL:
            raise error
        lost = f", {self._lost} were given up" if self._lost else ""
        raise errors.ResourceExhaustedError(
            None,
            None,
            f"{self.path}; {error.strerror}\n{waiting} events wait for room on the disk{lost}. Make room "
            "and call flush() or close() again.",
        )

    def close(self) -> None:
        """Write the records that wait and close the file; if that fails, raise as `flush` does and leave it open."""
        self.flush()
        self._file.close()

    def _write(self) -> OSError | None:
        """Write the records that wait; cut off one that was only partly written, so that the file stays readable."""
        while self._waiting:
            record = self._waiting[0]
            try:
                done = self._file.write(record)
                while done < len(record):
                    done += self._file.write(record[done:])
            except OSError as error:
                try:
                    self._file.seek(self._size)
                    self._file.truncate()
                except OSError:  # the next record that fits overwrites it
                    pass
                return error
            self._size += len(record)
            self._waiting.popleft()
        return None


def _record(event: Any) -> bytes:
    text = io.BytesIO()
    tensorboard("summary.writer.record_writer").RecordWriter(text).write(event.SerializeToString())
    return text.getvalue()
