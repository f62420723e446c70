"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile

__all__ = ["folder_of", "replace"]


def folder_of(path: str) -> str:
    """Return the folder that a file is or will be in; FileNotFoundError where there is none."""
    folder, name = os.path.split(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"there is no folder {folder!r} to write {name!r} to")
    return folder


def replace(path: str, data: bytes) -> None:
    """Write a file beside its place first, so that an old one stays whole if the disk is full.

    Args:
        path: the file.
        data: what it shall hold.

    Raises:
        FileNotFoundError: if there is no such folder.
        OSError: if it can't be written; the message says which file, and that nothing was lost.
    """
    folder = folder_of(path)
    try:
        _write(path, folder, data)
    except OSError as error:
        whole = "; the old file is as it was" if os.path.isfile(path) else ""
        raise OSError(
            error.errno,
            f"{error.strerror or error}: could not write {os.path.basename(path)!r} to the folder {folder!r}{whole}",
        ) from error


def _write(path: str, folder: str, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=".minigraph-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(path))
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def _mode(path: str) -> int:
    """Return the permissions of the old file, or those that a new one gets."""
    if os.path.exists(path):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
