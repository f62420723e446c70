"""Tracebacks without the frames of this package: the user reads the own program and the message.

Nothing happens to an error on its way: `except` clauses, debuggers, pytest and logging see every frame. Only where an
error that nobody caught is shown (by `sys.excepthook`, by `threading.excepthook`, by IPython) it is shown shorter: the
hook that was there before is called, with our frames left out for as long as it runs.
"""

from __future__ import annotations

import builtins
import functools
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, TracebackType
from typing import Any

import numpy as np

from minigraph.graph.provenance import is_ours

__all__ = ["set_traceback", "trimmed", "install"]

_full = False
_GROUP: Any = getattr(builtins, "BaseExceptionGroup", ())  # Python 3.11 and later
_LIBRARY = (os.path.dirname(os.__file__) + os.sep, os.path.dirname(np.__file__) + os.sep, "<frozen ")


def set_traceback(full: bool = False) -> None:
    """Set whether the tracebacks of uncaught errors show the frames inside MiniGraph.

    Args:
        full: True shows all frames; False, as from the start, only those of the user's program.

    Example:
        >>> tf.set_traceback(full=True)
        >>> tf.set_traceback()
    """
    global _full
    _full = full


def trimmed(traceback: TracebackType | None) -> TracebackType | None:
    """Return a copy of a traceback without the frames of this package and of what it called in libraries.

    Functions of the user's that the package called (an initializer, a `py_func`) stay. A traceback with no frame
    outside the package is given as it is.

    Example:
        >>> try:
        ...     with tf.Graph().as_default():
        ...         tf.reshape([1.0, 2.0], [3])
        ... except ValueError as error:
        ...     print(error.__traceback__.tb_next is None, trimmed(error.__traceback__).tb_next is None)
        False True
    """
    result = None
    for each in reversed(_of_the_user(traceback)):
        result = TracebackType(result, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return result or traceback


def _of_the_user(traceback: TracebackType | None) -> list[TracebackType]:
    """Return the parts of a traceback that are not ours, nor of what we called, nor of what the user called to call
    us.
    """
    found: list[TracebackType] = []
    hidden = False
    while traceback is not None:
        code = traceback.tb_frame.f_code
        ours = is_ours(code)
        if ours:
            while len(found) > 1 and _is_library(found[-1].tb_frame.f_code):
                found.pop()
        hidden = ours or hidden and _is_library(code)
        if not hidden:
            found.append(traceback)
        traceback = traceback.tb_next
    return found


def _is_library(code: CodeType) -> bool:
    name = code.co_filename
    return name.startswith(_LIBRARY[1:]) or name.startswith(_LIBRARY[0]) and "-packages" + os.sep not in name


@contextmanager
def _shortened(error: BaseException, traceback: TracebackType | None) -> Iterator[TracebackType | None]:
    """Trim the traceback of an error, and those of the errors that led to it; return them back at the end.

    An error that was raised and handled inside the package, while it looked something up, led to nothing.
    """
    whole: dict[int, tuple] = {}
    todo: list[Any] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in whole:
            whole[id(each)] = each, each.__traceback__, each.__suppress_context__
            todo += [each.__cause__, each.__context__]
            todo += each.exceptions if isinstance(each, _GROUP) else []
    for each, _, suppressed in whole.values():
        before = getattr(each.__context__, "__traceback__", None)
        each.__suppress_context__ = suppressed or before is not None and not _of_the_user(before)
    for each, own, _ in whole.values():
        each.__traceback__ = trimmed(traceback if each is error else own)
    try:
        yield error.__traceback__
    finally:
        for each, own, suppressed in whole.values():
            each.__traceback__, each.__suppress_context__ = own, suppressed


def install() -> None:
    """Show uncaught errors without our frames from here on, in threads and in IPython too.

    May be called again: what is installed already stays as it is.

    Example:
        >>> import sys
        >>> hook = sys.excepthook
        >>> install()
        >>> sys.excepthook is hook
        True
    """
    for owner, name, make in (sys, "excepthook", _excepthook), (threading, "excepthook", _thread_hook):
        previous = getattr(owner, name)
        if not hasattr(previous, "_minigraph"):
            _replace(owner, name, make(previous))
    install_in_ipython()


def install_in_ipython() -> None:
    """Install it in IPython, if that has been imported; that may happen after this package."""
    shell = getattr(sys.modules.get("IPython.core.interactiveshell"), "InteractiveShell", None)
    if shell is not None and not hasattr(shell.showtraceback, "_minigraph"):
        _replace(shell, "showtraceback", _ipython_hook(shell.showtraceback))


def _replace(owner: Any, name: str, hook: Any) -> None:
    hook._minigraph = True
    setattr(owner, name, hook)


def _excepthook(previous: Any) -> Any:
    def excepthook(kind: Any, error: Any, traceback: Any) -> None:
        if _full or error is None:
            return previous(kind, error, traceback)
        with _shortened(error, traceback) as short:
            previous(kind, error, short)

    return excepthook


def _thread_hook(previous: Any) -> Any:
    def excepthook(args: Any) -> None:
        if _full or args.exc_value is None:
            return previous(args)
        with _shortened(args.exc_value, args.exc_traceback) as short:
            previous(threading.ExceptHookArgs((args.exc_type, args.exc_value, short, args.thread)))

    return excepthook


def _ipython_hook(previous: Any) -> Any:
    @functools.wraps(previous)
    def showtraceback(self: Any, exc_tuple: Any = None, *args: Any, **options: Any) -> None:
        kind, error, traceback = exc_tuple or sys.exc_info()
        if _full or error is None:
            return previous(self, exc_tuple, *args, **options)
        with _shortened(error, traceback) as short:
            previous(self, (kind, error, short), *args, **options)
        sys.last_traceback = traceback  # %debug looks there, and may look into all of it

    return showtraceback
