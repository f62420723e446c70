"""`tf.gfile`: files and folders, with TensorFlow's names and errors."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.compat.texts import as_bytes, as_text, path_to_str
from minigraph.graph import errors

__all__ = [
    "Copy",
    "DeleteRecursively",
    "Exists",
    "FastGFile",
    "GFile",
    "Glob",
    "IsDirectory",
    "ListDirectory",
    "MakeDirs",
    "MkDir",
    "Open",
    "Remove",
    "Rename",
    "Stat",
    "Walk",
]


@contextmanager
def _as_op_errors() -> Iterator[None]:
    """Raise TF1's errors in place of the system's."""
    try:
        yield
    except FileNotFoundError as error:
        raise errors.NotFoundError(None, None, f"{error.filename}; {error.strerror}") from None
    except FileExistsError as error:
        raise errors.AlreadyExistsError(None, None, f"{error.filename}; {error.strerror}") from None
    except PermissionError as error:
        raise errors.PermissionDeniedError(None, None, f"{error.filename}; {error.strerror}") from None
    except (IsADirectoryError, NotADirectoryError) as error:
        raise errors.FailedPreconditionError(None, None, f"{error.filename}; {error.strerror}") from None
    except OSError as error:
        raise errors.UnknownError(None, None, f"{error.filename}; {error.strerror}") from None


class GFile:
    """A file; it is opened when it is first read or written.

    Args:
        name: its name.
        mode: "r", "w", "a", with "b" for bytes and "+" for both.

    Raises:
        errors.OpError: where Python's `open` raises an OSError; `NotFoundError` if a file to read is not there.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with tf.gfile.GFile(folder + "/words.txt", "w") as file:
        ...         file.write("one\\ntwo\\n")
        ...     tf.gfile.GFile(folder + "/words.txt").readlines(), tf.gfile.ListDirectory(folder)
        (['one\\n', 'two\\n'], ['words.txt'])
    """

    def __init__(self, name: Any, mode: str = "r"):
        if mode not in ("r", "w", "a", "r+", "w+", "a+", "rb", "wb", "ab", "rb+", "wb+", "ab+", "r+b", "w+b", "a+b"):
            raise errors.InvalidArgumentError(None, None, f"mode is not 'r' or 'w' or 'a': {mode!r}")
        self._name, self._mode = path_to_str(name), mode
        self._file: Any = None

    @property
    def name(self) -> Any:
        """The name of the file."""
        return self._name

    @property
    def mode(self) -> str:
        """The mode."""
        return self._mode

    def _opened(self) -> Any:
        if self._file is None:
            with _as_op_errors():
                encoding = None if "b" in self._mode else "utf-8"
                self._file = open(self._name, self._mode, encoding=encoding, newline=None if "b" in self._mode else "")
        return self._file

    def read(self, n: int = -1) -> Any:
        """Return the next `n` bytes or characters, by default all that is left."""
        return self._opened().read(n)

    def readline(self) -> Any:
        """Return the next line, with its end."""
        return self._opened().readline()

    def readlines(self) -> list:
        """Return the lines that are left, with their ends."""
        return self._opened().readlines()

    def write(self, file_content: Any) -> None:
        """Write a text, or bytes."""
        text = as_bytes(file_content) if "b" in self._mode else as_text(file_content)
        with _as_op_errors():
            self._opened().write(text)

    def seek(self, offset: int | None = None, whence: int = 0, position: int | None = None) -> None:
        """Go to a position; from the start (0), the current one (1) or the end (2)."""
        self._opened().seek(position if offset is None else offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._opened().tell()

    def size(self) -> int:
        """Return the number of bytes of the file."""
        return Stat(self._name).st_size

    def flush(self) -> None:
        """Write out what was written."""
        if self._file is not None:
            with _as_op_errors():
                self._file.flush()

    def close(self) -> None:
        """Close it."""
        if self._file is not None:
            with _as_op_errors():
                self._file.close()
            self._file = None

    def __del__(self) -> None:
        if self.__dict__.get("_file") is not None:  # programs leave it to the collector, as TF1 lets them
            self._file.close()

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def __iter__(self) -> Iterator:
        return iter(self._opened())

    def __next__(self) -> Any:
        line = self.readline()
        if not line:
            raise StopIteration
        return line


FastGFile = Open = GFile


def Exists(filename: Any) -> bool:
    """Return True if there is a file or a folder of that name."""
    return os.path.exists(path_to_str(filename))


def IsDirectory(dirname: Any) -> bool:
    """Return True if there is a folder of that name."""
    return os.path.isdir(path_to_str(dirname))


def ListDirectory(dirname: Any) -> list[str]:
    """Return the names of what is in a folder; NotFoundError if there is none of that name."""
    if not IsDirectory(dirname):
        raise errors.NotFoundError(None, None, "Could not find directory")
    with _as_op_errors():
        return os.listdir(path_to_str(dirname))


def Glob(filename: Any) -> list[str]:
    """Return the names of the files that fit a pattern, or several, such as `"data/*.csv"`."""
    patterns = [filename] if isinstance(filename, (str, bytes, os.PathLike)) else filename
    return sorted(name for pattern in patterns for name in glob.glob(as_text(path_to_str(pattern))))


def MkDir(dirname: Any) -> None:
    """Make a folder; NotFoundError if the one around it is not there, AlreadyExistsError if it is there."""
    with _as_op_errors():
        os.mkdir(path_to_str(dirname))


def MakeDirs(dirname: Any) -> None:
    """Make a folder and those around it, as far as they are not there."""
    with _as_op_errors():
        os.makedirs(path_to_str(dirname), exist_ok=True)


def Remove(filename: Any) -> None:
    """Remove a file; NotFoundError if there is none."""
    with _as_op_errors():
        os.remove(path_to_str(filename))


def DeleteRecursively(dirname: Any) -> None:
    """Remove a folder with all that is in it; NotFoundError if there is none."""
    with _as_op_errors():
        shutil.rmtree(path_to_str(dirname))


def _check_free(path: Any, overwrite: bool) -> None:
    if not overwrite and Exists(path):
        raise errors.AlreadyExistsError(None, None, "file already exists")


def Copy(oldpath: Any, newpath: Any, overwrite: bool = False) -> None:
    """Copy a file; AlreadyExistsError if there is one of the new name, unless `overwrite`."""
    _check_free(newpath, overwrite)
    with _as_op_errors():
        shutil.copyfile(path_to_str(oldpath), path_to_str(newpath))


def Rename(oldname: Any, newname: Any, overwrite: bool = False) -> None:
    """Give a file another name; AlreadyExistsError if there is one of that name, unless `overwrite`."""
    _check_free(newname, overwrite)
    with _as_op_errors():
        os.replace(path_to_str(oldname), path_to_str(newname))


def Stat(filename: Any) -> os.stat_result:
    """Return size and times of a file; NotFoundError if there is none."""
    with _as_op_errors():
        return os.stat(path_to_str(filename))


def Walk(top: Any, in_order: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (folder, names of its folders, names of its files) for a folder and all in it."""
    yield from os.walk(path_to_str(top), topdown=in_order)
