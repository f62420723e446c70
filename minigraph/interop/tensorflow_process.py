"""The process in which TensorFlow runs, as the program sees it: started at first use, one for all sessions and servers.

TensorFlow is not imported here: it may be absent, be installed for another Python (set MINIGRAPH_TENSORFLOW_PYTHON), or
have lent its name to MiniGraph. See `worker/` for what runs there.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.machinery
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.dtypes import as_dtype
from minigraph.interop.worker import worker_wire as wire

__all__ = ["Failure", "check_installed", "tensorflow_process"]

_WORKER = Path(wire.__file__).parent
_PYTHON = "MINIGRAPH_TENSORFLOW_PYTHON"
_START = 180.0  # seconds that TensorFlow may take to be imported; it takes two or three
_KINDS = {kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")}


class Failure(Exception):
    """What TensorFlow has raised: its code (0 for what is no OpError), message, and the name of the node, if any."""

    def __init__(self, code: int, message: str, node: str):
        super().__init__(message)
        self.code, self.message, self.node = code, message, node


def check_installed(need: str) -> None:
    """Raise ImportError if there is no TensorFlow; `need` is the first sentence."""
    if os.environ.get(_PYTHON):
        return
    if importlib.machinery.PathFinder.find_spec("tensorflow") is None:  # not the name that MiniGraph may have taken
        raise ImportError(
            f"{need}, which is not installed: pip install 'minigraph[tensorflow]'\n"
            f"If another Python has it, set {_PYTHON} to the path of that Python."
        )


class TensorFlowProcess:
    """A process with TensorFlow. A request takes a connection of its own, so that one that waits holds up no other.

    Attributes:
        version: the version of TensorFlow.
    """

    def __init__(self) -> None:
        self._token, self._idle, self._lock = secrets.token_bytes(16), list[socket.socket](), threading.Lock()
        self._folder = os.getcwd()
        other = os.environ.get(_PYTHON)
        python = other or sys.executable
        environment = {"TF_CPP_MIN_LOG_LEVEL": "2", "TF_ENABLE_ONEDNN_OPTS": "0", **os.environ}
        if other:  # paths of this Python's packages are not its
            environment.pop("PYTHONPATH", None)
        with socket.create_server(("127.0.0.1", 0)) as door:
            try:
                self._process = subprocess.Popen([python, str(_WORKER)], stdin=subprocess.PIPE, env=environment)
            except OSError as error:
                raise _cannot_be("started", python, error.strerror) from None
            self._write(f"{self._token.hex()} {door.getsockname()[1]}\n".encode())
            try:
                self._port = self._opened(door, python)
            except BaseException:
                self._process.kill()
                self.end()
                raise
        self.version: str = self.ask("hello")[0]

    def _write(self, line: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended: `_opened` says so
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def _opened(self, door: socket.socket, python: str) -> int:
        """Return the port at which the process answers, once it has TensorFlow."""
        door.settimeout(0.2)
        for _ in range(int(_START / 0.2)):
            try:
                connection, _ = door.accept()
            except TimeoutError:
                if self._process.poll() is None:
                    continue
                break
            with connection:
                connection.settimeout(_START)
                if bytes(wire.exactly(connection, bytearray(len(self._token)))) != self._token:
                    continue
                (answer, told), _ = wire.receive(connection)
                if answer == "ready":
                    return told
                raise _cannot_be("imported", python, told)
        raise _cannot_be("imported", python, "the process ended, or took too long")

    @property
    def is_alive(self) -> bool:
        """True until the process has ended."""
        return self._process.poll() is None

    def ask(self, what: str, *args: Any, arrays: Iterable = ()) -> tuple[Any, list[np.ndarray]]:
        """Make a request; return the answer, and the arrays that came with it.

        Raises:
            Failure: for an error of TensorFlow's.
            errors.UnavailableError: if the process has ended.
        """
        if os.getcwd() != self._folder:
            self._folder = os.getcwd()
            self.ask("chdir", self._folder)
        connection = self._connection()
        try:
            wire.send(connection, (what, *args), arrays)
            (how, *told), values = wire.receive(connection, _dtype_named)
        except (EOFError, OSError):
            connection.close()
            raise self._gone() from None
        except BaseException:  # Ctrl-C, a deadline: what would still come must not be taken for the next answer
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
        if how == "failed":
            raise Failure(*told)
        return told[0], values

    def _connection(self) -> socket.socket:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        try:
            connection = socket.create_connection(("127.0.0.1", self._port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(self._token)
        except OSError:
            raise self._gone() from None
        return connection

    def _gone(self) -> errors.OpError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        status = self._process.poll()
        text = "Socket closed\nThe process of TensorFlow has ended"
        text += f" (status {status})" if status is not None else ""
        return errors.UnavailableError(
            None, None, f"{text}, and with it the variables of its sessions: make a new session, restore a checkpoint."
        )

    def end(self) -> None:
        """End the process."""
        for connection in self._idle:
            connection.close()
        with contextlib.suppress(BrokenPipeError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _cannot_be(what: str, python: str, why: str | None) -> ImportError:
    text = f"TensorFlow cannot be {what} with {python!r}: {why}"
    if _PYTHON in os.environ:
        text += f"\n{_PYTHON} must be the path of a Python in which this works: {python} -c 'import tensorflow'"
    return ImportError(text)


def _dtype_named(name: str) -> Any:
    return as_dtype(name).as_numpy_dtype


def error_of(failure: Failure) -> Exception:
    """Return the error of MiniGraph's that stands for a failure."""
    kind = _KINDS.get(failure.code)
    return RuntimeError(failure.message) if kind is None else kind(None, None, failure.message)


_started: TensorFlowProcess | None = None
_starting = threading.Lock()


def tensorflow_process() -> TensorFlowProcess:
    """Return the process with TensorFlow; it is started where none is alive.

    Raises:
        ImportError: if TensorFlow is not there, or cannot be imported.
    """
    global _started
    check_installed('The engine "tensorflow" needs TensorFlow')
    with _starting:
        if _started is None or not _started.is_alive:
            _started = TensorFlowProcess()
            atexit.register(_started.end)
        return _started
