"""Files that are there whole or not at all: written under another name, forced to the disk, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from typing import Any

__all__ = ["link", "put", "sync_folder", "temporary"]


def temporary(path: str) -> str:
    """Return the name under which this process writes a file until it is whole."""
    return f"{path}.tempstate{os.getpid()}"


def put(path: str, parts: Iterable[Any]) -> None:
    """Write a file: it has its old content, or all of the new one, whenever the process or the machine stops.

    Args:
        path: its name.
        parts: bytes, one after the other.

    Raises:
        OSError: if it cannot be written; nothing is left of the attempt.
    """
    beside = temporary(path)
    try:
        with open(beside, "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(beside)
        raise


def link(path: str, name: str) -> None:
    """Give a file a second name, or make a copy where the file system has no links; replace what has that name."""
    beside = temporary(name)
    with contextlib.suppress(OSError):
        os.remove(beside)
    try:
        os.link(path, beside)
    except OSError:
        shutil.copyfile(path, beside)
    os.replace(beside, name)


def sync_folder(path: str) -> None:
    """Force the names in the folder of a file to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
