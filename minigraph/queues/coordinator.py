"""`Coordinator`: has several threads stop together; `LooperThread`: a thread that does something again and again."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from minigraph.graph import errors

__all__ = ["Coordinator", "LooperThread"]


class Coordinator:
    """Have several threads stop together, and raise in the main thread what one of them failed with.

    Args:
        clean_stop_exception_types: errors that end the work as planned, by default `OutOfRangeError`.

    Example:
        >>> coord = tf.train.Coordinator()
        >>> def work():
        ...     while not coord.should_stop():
        ...         coord.request_stop()
        >>> thread = threading.Thread(target=work)
        >>> thread.start()
        >>> coord.join([thread])
        >>> coord.should_stop(), coord.joined
        (True, True)
    """

    def __init__(self, clean_stop_exception_types: Any = None):
        clean = (errors.OutOfRangeError,) if clean_stop_exception_types is None else clean_stop_exception_types
        self._clean_stop_exception_types = tuple(clean)
        self._lock = threading.Lock()
        self._stop_event = threading.Event()
        self._failure: BaseException | None = None
        self._joined = False
        self._registered_threads: set[threading.Thread] = set()

    def request_stop(self, ex: Any = None) -> None:
        """Ask the threads to stop.

        Args:
            ex: the exception for which, or the result of `sys.exc_info()`; `join` raises it, unless it is one that ends
                the work as planned. After a `join`, it is raised at once.
        """
        failure = self._failure_of(ex)
        with self._lock:
            if self._joined and failure is not None:
                raise failure
            if not self._stop_event.is_set():
                self._failure = self._failure or failure
                self._stop_event.set()

    def _failure_of(self, ex: Any) -> BaseException | None:
        """Return what `join` must raise for the argument of `request_stop`."""
        found = ex[1] if isinstance(ex, tuple) and len(ex) == 3 else ex
        if found is None and ex is None or isinstance(found, self._clean_stop_exception_types):
            return None
        if not isinstance(found, BaseException):
            return ValueError(f"ex must be a tuple or sys.exc_info must return the current exception: {ex}")
        return found

    def clear_stop(self) -> None:
        """Forget that a stop was requested: the coordinator can be used again."""
        with self._lock:
            self._joined = False
            self._failure = None
            self._stop_event.clear()

    def should_stop(self) -> bool:
        """Return True once a stop has been requested."""
        return self._stop_event.is_set()

    @contextlib.contextmanager
    def stop_on_exception(self) -> Iterator[None]:
        """Return a context manager that requests a stop for an exception in its block, and goes on after it."""
        try:
            yield
        except BaseException:
            self.request_stop(ex=sys.exc_info())

    def wait_for_stop(self, timeout: float | None = None) -> bool:
        """Wait until a stop is requested, at most `timeout` seconds; return True if it was."""
        return self._stop_event.wait(timeout)

    def register_thread(self, thread: threading.Thread) -> None:
        """Have `join` wait for a thread."""
        with self._lock:
            self._registered_threads.add(thread)

    def join(
        self,
        threads: Iterable[threading.Thread] | None = None,
        stop_grace_period_secs: float = 120,
        ignore_live_threads: bool = False,
    ) -> None:
        """Wait for threads to end.

        Args:
            threads: those to wait for, beside the registered ones.
            stop_grace_period_secs: how long to wait once a stop has been requested.
            ignore_live_threads: do not complain about those that are still alive then.

        Raises:
            RuntimeError: if threads are still alive.
            Exception: what a thread gave to `request_stop`.
        """
        with self._lock:
            waited = list(self._registered_threads.union(threads or ()))
        alive = self._wait_for(waited, stop_grace_period_secs)
        with self._lock:
            self._joined = True
            self._registered_threads = set()
        self.raise_requested_exception()
        if alive and not ignore_live_threads:
            raise RuntimeError(f"Coordinator stopped with threads still running: {' '.join(alive)}")

    def _wait_for(self, threads: list[threading.Thread], seconds: float) -> list[str]:
        """Wait for threads, at most so long after a stop; return the names of those that are alive then."""
        while any(thread.is_alive() for thread in threads) and not self.wait_for_stop(0.1):
            pass
        end = time.monotonic() + seconds
        for thread in threads:
            if thread.is_alive():
                thread.join(max(end - time.monotonic(), 0.0))
        return [thread.name for thread in threads if thread.is_alive()]

    @property
    def joined(self) -> bool:
        """True after a `join`."""
        return self._joined

    def raise_requested_exception(self) -> None:
        """Raise what a thread gave to `request_stop`, if it did."""
        if self._failure is not None:
            raise self._failure


class LooperThread(threading.Thread):
    """A thread that calls a function until its coordinator says stop; what the function raises stops all.

    Args:
        coord: the coordinator.
        timer_interval_secs: the seconds from one call to the next; None to call without a pause.
        target: the function; a class derived from this one may override `run_loop` instead.
        args, kwargs: the function's arguments.

    Raises:
        ValueError: if `coord` is not a `Coordinator`, or there are arguments and no function.

    Example:
        >>> coord = tf.train.Coordinator()
        >>> looper = tf.train.LooperThread.loop(coord, None, coord.request_stop)
        >>> coord.join()
        >>> looper.is_alive()
        False
    """

    def __init__(
        self,
        coord: Coordinator,
        timer_interval_secs: float | None,
        target: Callable | None = None,
        args: Any = None,
        kwargs: Any = None,
    ):
        if not isinstance(coord, Coordinator):
            raise ValueError(f"'coord' argument must be a Coordinator: {coord}")
        if target is None and (args or kwargs):
            raise ValueError("'args' and 'kwargs' argument require that you also pass 'target'")
        super().__init__(daemon=True)
        self._coord, self._timer_interval_secs = coord, timer_interval_secs
        self._looped = (target, args or (), kwargs or {})
        coord.register_thread(self)

    @staticmethod
    def loop(
        coord: Coordinator, timer_interval_secs: float | None, target: Callable, args: Any = None, kwargs: Any = None
    ) -> LooperThread:
        """Start a thread that calls `target`, and return it; the arguments are those of the class."""
        looper = LooperThread(coord, timer_interval_secs, target=target, args=args, kwargs=kwargs)
        looper.start()
        return looper

    def run(self) -> None:
        """Call `start_loop`, then `run_loop` until the coordinator says stop, then `stop_loop`."""
        with self._coord.stop_on_exception():
            self.start_loop()
            due = time.monotonic()
            while not self._coord.wait_for_stop(max(due - time.monotonic(), 0.0)):
                due += self._timer_interval_secs or 0.0
                self.run_loop()
            self.stop_loop()

    def start_loop(self) -> None:
        """Do what must be done once, before the first call."""

    def stop_loop(self) -> None:
        """Do what must be done once, after the last call."""

    def run_loop(self) -> None:
        """Call the function."""
        target, args, kwargs = self._looped
        if target is not None:
            target(*args, **kwargs)
