"""What reaches a run from outside: Ctrl-C, the end of its session. (A deadline: `deadlines.py`.)

Ctrl-C is taken when the run ends, as it is around TF1's run, which is C++: a step is whole. Nothing is done for that in
a run but to look, at its end, into the list `news`. All else is done where a signal comes: the handler finds out by the
stack whether the main thread is in a run: a frame of `enter` (see `fast_call`) or `whole` whose `running` is true.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from minigraph.graph import errors
from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.limits import ends_of_waits, limits
from minigraph.graph.resource import Resource
from minigraph.runtime import tuning
from minigraph.runtime.failures import cancelled

__all__ = ["ENTRY", "cancel_runs", "install", "news", "taken", "whole"]

ENTRY = "<minigraph entry>"  # the file name of the functions `enter`
_HALF_DONE = (
    "The run was interrupted before its end, by a second Ctrl-C: the step may be half done (weights, slots "
    "and global step may disagree)."
)

news: list[Any] = []  # what runs must hear of when they end: times of Ctrl-C, and sessions that are closing


def whole(session: Any, run: Callable, *args: Any) -> Any:
    """Call `run(*args)` as one run of a session: Ctrl-C is taken when it ends."""
    running = True  # noqa: F841 (the handler looks at it)
    try:
        return run(*args)
    finally:
        running = False  # noqa: F841
        if news:
            taken(session)


def _runs(frame: FrameType | None) -> Iterator[Any]:
    """Yield the sessions that are in a run somewhere up the stack, innermost first."""
    while frame is not None:
        code = frame.f_code
        if code is whole.__code__ or code.co_filename == ENTRY and code.co_name == "enter":
            known = frame.f_locals
            if known.get("running"):
                yield known["session"] if "session" in known else frame.f_globals["session"]
        frame = frame.f_back


def taken(session: Any) -> None:
    """Raise what must be raised where a run has ended and there is news.

    KeyboardInterrupt at the end of the main thread's outermost run, if Ctrl-C came meanwhile; CancelledError if the
    session was closed under the run.
    """
    if threading.current_thread() is threading.main_thread():
        _take_interrupt(session)
    if session is not None and session._closed:
        if not _is_run_elsewhere(session):
            _forget(session)
        if not isinstance(sys.exc_info()[1], errors.CancelledError):  # one that waited has been cancelled already
            raise cancelled()


def _is_run_in(frame: FrameType | None, session: Any) -> bool:
    return any(each is session for each in _runs(frame))


# Ctrl-C


def install(cell: Any = None) -> None:
    """Take Ctrl-C over where Python's own handler is in force; a handler of the user's is left alone.

    A shell such as IPython or Jupyter sets the handler anew around each cell, so there it is done for each cell too.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    shell = getattr(sys.modules.get("IPython.core.interactiveshell"), "InteractiveShell", None)
    if shell is not None and shell.initialized():
        events = shell.instance().events
        if install not in events.callbacks["pre_run_cell"]:
            events.register("pre_run_cell", install)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _on_interrupt)


def _interrupts() -> list[float]:
    return [each for each in news if isinstance(each, float)]


def _forget(*known: Any) -> None:
    news[:] = [each for each in news if each not in known]


def _on_interrupt(number: int, frame: FrameType | None) -> None:
    """Handle SIGINT; Python calls it in the main thread."""
    if not any(True for _ in _runs(frame)):
        _forget(*_interrupts())
        signal.default_int_handler(number, frame)
    before, now = _interrupts(), time.monotonic()
    if before and now - before[-1] < tuning.AGAIN:
        return
    news.append(now)
    if before:
        raise KeyboardInterrupt(_HALF_DONE)


def _take_interrupt(session: Any) -> None:
    """Raise at the end of the outermost run what came in it. After a run that was torn the lock is let go."""
    came = _interrupts()
    if len(came) > 1 and session is not None:
        _release(session._lock)
    if came and not any(True for _ in _runs(sys._getframe(2))):
        _forget(*came)
        if len(came) == 1:
            raise KeyboardInterrupt


def _end_wait() -> None:
    """Raise KeyboardInterrupt in a wait of the main thread if Ctrl-C came: a run that waits never gets to its end."""
    if news and threading.current_thread() is threading.main_thread() and _interrupts():
        raise KeyboardInterrupt


ends_of_waits.append(_end_wait)


def _release(lock: Any) -> None:
    """Release a lock as often as this thread has acquired it: the error may have come between that and its `try`."""
    with contextlib.suppress(RuntimeError):  # it is not ours any more
        while True:
            lock.release()


# Sessions that are closed


def cancel_runs(session: Any) -> None:
    """End the runs of a session that has been closed, and wait for those of other threads to notice."""
    for state in list(session._state.values()):
        if isinstance(state, Resource):
            state.release()

    def cancel() -> None:
        if _is_run_in(sys._getframe(1), session):
            raise cancelled()

    if not any(_is_run_in(frame, session) for frame in _frames().values()):
        return
    news.append(session)
    limits.append(cancel)
    try:
        while _is_run_elsewhere(session):
            time.sleep(0.001)
    finally:
        limits.remove(cancel)
        if not _is_run_in(sys._getframe(1), session):
            _forget(session)


def _frames() -> dict[int, FrameType]:
    """Return the current frame of each thread."""
    with gc_paused():  # Python 3.11 would hang if it freed a `threading.local` meanwhile
        return sys._current_frames()


def _is_run_elsewhere(session: Any) -> bool:
    """Return True if another thread runs the session."""
    here = threading.get_ident()
    return any(_is_run_in(frame, session) for thread, frame in _frames().items() if thread != here)
