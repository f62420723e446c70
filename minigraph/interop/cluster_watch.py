"""Which tasks of a cluster answer: TensorFlow's errors name none, and a session may wait for one for ever."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
import time
from collections.abc import Iterator

__all__ = ["ClusterWatch", "watch_of", "watches"]

_logger = logging.getLogger("tensorflow")
_PERIOD = 1.0  # seconds between two looks
_PATIENCE = 1.0  # seconds that a task may take to accept a connection
_LATE = 10.0  # seconds after which it is told that a session still waits for a task

watches: dict[str, ClusterWatch] = {}  # by the targets of the servers of this program


class ClusterWatch:
    """The tasks of a cluster, and which of them take connections.

    Args:
        addresses: a dict from names such as "/job:ps/task:0" to addresses, "host:port".

    Example:
        >>> with socket.create_server(("127.0.0.1", 0)) as there:
        ...     port = there.getsockname()[1]
        ...     watch = ClusterWatch({"/job:ps/task:0": f"127.0.0.1:{port}"})
        ...     print(watch.silent())
        []
        >>> watch.silent() == [f"/job:ps/task:0 (127.0.0.1:{port})"]
        True
    """

    def __init__(self, addresses: dict[str, str]):
        self._addresses = addresses
        self._answers: dict[str, bool] = {}  # what was told last; nothing of those that have not been there yet
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def silent(self) -> list[str]:
        """Return the tasks that do not answer now, each with its address."""
        answering = _answering(set(self._addresses.values()))
        return [self._named(task) for task, address in self._addresses.items() if address not in answering]

    def _named(self, task: str) -> str:
        return f"{task} ({self._addresses[task]})"

    def start(self) -> None:
        """Watch from now on, and log what changes."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="ClusterWatch", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while True:
            self._look()
            time.sleep(_PERIOD)

    def _look(self) -> None:
        silent = set(self.silent())
        for task in self._addresses:
            answers, before = self._named(task) not in silent, self._answers.get(task)
            if before and not answers:
                _logger.warning("The task %s does not answer any more.", self._named(task))
            elif before is False and answers:
                _logger.warning("The task %s answers again.", self._named(task))
            if answers or before is not None:
                self._answers[task] = answers

    @contextlib.contextmanager
    def telling_of_waits(self) -> Iterator[None]:
        """Return a context manager: if its block takes long, it is logged which tasks do not answer."""
        over = threading.Event()

        def tell() -> None:
            while not over.wait(_LATE):
                if silent := self.silent():
                    _logger.warning("The session waits for %s.", " and ".join(silent))

        threading.Thread(target=tell, daemon=True).start()
        try:
            yield
        finally:
            over.set()


def watch_of(target: str) -> ClusterWatch | None:
    """Return what watches the cluster of a session's target, or else the server; None if the target is no address."""
    protocol, _, address = target.partition("://")
    return watches.get(target) or (ClusterWatch({"the server": address}) if address else None)


def _answering(addresses: set[str]) -> set[str]:
    """Return those addresses that take a connection; all are asked at once, however many they are."""
    found = set()
    with selectors.DefaultSelector() as waiting, contextlib.ExitStack() as opened:
        for address in addresses:
            with contextlib.suppress(OSError, ValueError):  # no such host, no number
                asked = opened.enter_context(_asked(address))
                waiting.register(asked, selectors.EVENT_WRITE, address)
        end = time.monotonic() + _PATIENCE
        while waiting.get_map() and (left := end - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                asked = waiting.unregister(key.fileobj).fileobj  # type: ignore[assignment]
                if asked.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                    found.add(key.data)
    return found


def _asked(address: str) -> socket.socket:
    """Return a socket that is about to be connected."""
    host, _, port = address.rpartition(":")
    family, kind, protocol, _, place = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
    asked = socket.socket(family, kind, protocol)
    asked.setblocking(False)
    asked.connect_ex(place)
    return asked
