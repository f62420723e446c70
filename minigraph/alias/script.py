"""A script that a command runs: its arguments, its end, and what is said of that."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from minigraph.alias.hints import hint
from minigraph.alias.modules import installed
from minigraph.alias.program import run_program
from minigraph.alias.threads import one_blas_thread
from minigraph.graph.observe import observing

__all__ = ["FAILED", "INTERRUPTED", "run_script", "say"]

FAILED, INTERRUPTED = 1, 130
_RUNNERS = (__file__, run_program.__code__.co_filename)  # whose frames are not the script's


class _FirstRun(BaseException):
    """End a script at its first `Session.run`. No Exception: the script's own `except Exception` must let it by."""


def run_script(script: str, args: list[str], no_run: bool | None, if_it_fails: Callable[[BaseException], str]) -> int:
    """Run a script as the command `python` would, where `import tensorflow` means MiniGraph.

    Args:
        script: its file.
        args: its arguments.
        no_run: True to end it at its first `Session.run`; None where that is no option.
        if_it_fails: gets the error, and returns what is said of what the command does then; "" for nothing.

    Returns:
        The status to exit with, as far as the script decides it: 0, or what it exits with.
    """
    argv, path = sys.argv, list(sys.path)
    sys.argv = [script, *args]
    sys.path[0:0] = [os.path.dirname(os.path.abspath(script))]
    try:
        with ExitStack() as around:
            around.enter_context(installed())
            around.enter_context(one_blas_thread())
            if no_run:
                around.enter_context(observing(on_run=_stop, on_setup=_stop))
            run_program(script)
    except _FirstRun:
        pass
    except SystemExit as end:
        return _status_of(end)
    except KeyboardInterrupt:
        say("interrupted: going on with what was built", 0)
        return INTERRUPTED
    except BaseException as error:
        _report(error)
        said = hint(error, script)
        if said:
            say(said, FAILED)
        meanwhile = if_it_fails(error)
        if meanwhile:
            otherwise = "; --no-run stops before anything runs" if no_run is False else ""
            say(f"the script failed: {meanwhile}{otherwise}", FAILED)
        return FAILED
    finally:
        sys.argv, sys.path[:] = argv, path
    return 0


def _stop(*args: Any, **kwargs: Any) -> None:
    raise _FirstRun


def _status_of(end: SystemExit) -> int:
    """Return what Python's own exit would give: text is printed and counts as 1."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1


def _report(error: BaseException) -> None:
    """Print the script's own traceback, without the frames that ran it."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in _RUNNERS:
        frames = frames.tb_next
    sys.excepthook(type(error), error, frames)


def say(message: str, status: int) -> int:
    """Print a line of the command's own; return the status."""
    print(f"minigraph: {message}", file=sys.stderr)
    return status
