"""Tracebacks without the frames of this package: the user sees user code and the message.

The errors themselves are not changed: `except` clauses, debuggers, pytest and logging see every frame. Only when an
uncaught error is shown (by `sys.excepthook`, `threading.excepthook` or IPython) is it shortened: the previous hook is
called, with our frames removed for as long as it runs.
"""

from __future__ import annotations

import builtins
import functools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from traceback import print_exception
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
        full: True shows all frames; False, the default, only those of user code.

    Example:
        >>> tf.set_traceback(full=True)
        >>> tf.set_traceback()
    """
    global _full
    _full = full


def trimmed(traceback: TracebackType | None) -> TracebackType | None:
    """Return a copy of a traceback without the frames of this package and of the libraries that it called.

    User functions that the package called (an initializer, a `py_func`) stay. A traceback with no frame
    outside the package is returned unchanged.

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
    """Return the entries of a traceback except ours, those of code that we called, and the user's path to us."""
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


def _with_causes(error: BaseException) -> list[tuple]:
    """Return an error and what caused it, each with its traceback and with True if it hides its context."""
    found: dict[int, tuple] = {}
    todo: list[Any] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in found:
            found[id(each)] = each, each.__traceback__, each.__suppress_context__
            todo += [each.__cause__, each.__context__]
            todo += each.exceptions if isinstance(each, _GROUP) else []
    return list(found.values())


@contextmanager
def _shortened(error: BaseException, traceback: TracebackType | None) -> Iterator[TracebackType | None]:
    """Trim the traceback of an error and of the errors that caused it; restore them at the end.

    An error that was raised and handled inside the package, during a lookup, did not cause anything.
    """
    whole = _with_causes(error)
    for each, _, suppressed in whole:
        before = getattr(each.__context__, "__traceback__", None)
        each.__suppress_context__ = suppressed or before is not None and not _of_the_user(before)
    for each, own, _ in whole:
        each.__traceback__ = trimmed(traceback if each is error else own)
    try:
        yield error.__traceback__
    finally:
        for each, own, suppressed in whole:
            each.__traceback__, each.__suppress_context__ = own, suppressed


def install() -> None:
    """Hide our frames in uncaught errors from here on, in threads and in IPython too.

    It may be called again: what is already installed stays.

    Example:
        >>> import sys
        >>> hook = sys.excepthook
        >>> install()
        >>> sys.excepthook is hook
        True
    """
    _replace(sys, "excepthook", _excepthook)
    _replace(threading, "excepthook", _thread_hook)
    install_in_ipython()


def install_in_ipython() -> None:
    """Install the hook in IPython, if that has been imported, which may happen after this package."""
    shell = getattr(sys.modules.get("IPython.core.interactiveshell"), "InteractiveShell", None)
    if shell is not None:
        _replace(shell, "showtraceback", _ipython_hook)


def _replace(owner: Any, name: str, make: Callable) -> None:
    """Put a hook around the present one, unless that is ours already."""
    previous = getattr(owner, name)
    if not hasattr(previous, "_minigraph"):
        setattr(owner, name, make(previous))
        getattr(owner, name)._minigraph = True


def _excepthook(previous: Any) -> Any:
    if previous is sys.__excepthook__:
        previous = print_exception  # which knows the lines of code that is in no file, such as a notebook's cells

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
        sys.last_traceback = traceback  # %debug looks there, and may see every frame

    return showtraceback
