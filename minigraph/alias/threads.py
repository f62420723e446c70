"""How many threads numpy's matrix products have while a command runs a script."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["one_blas_thread"]

_ASKED_BY = "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"
# numpy's own wheels prefix the names of OpenBLAS and build it with wide integers; distributions do not.
_NAMES = [(f"{prefix}openblas_{{}}_num_threads{suffix}") for prefix in ("scipy_", "") for suffix in ("64_", "_64", "")]


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let numpy's OpenBLAS work in the thread that calls it, unless the environment says how many it shall have.

    The products of a training step are small and follow each other closely. OpenBLAS splits each among all cores, and a
    thread that waits for its part spins: on a machine with other work, that is most of the time that a program takes.

    Example:
        >>> with one_blas_thread():
        ...     product = np.ones([8, 8]) @ np.ones([8, 8])
    """
    found = None if any(name in os.environ for name in _ASKED_BY) else _openblas()
    if found is None:
        yield
        return
    get, put = found
    before = get()
    put(1)
    try:
        yield
    finally:
        put(before)


def _openblas() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """Return what asks for and sets the number of threads; None for another BLAS, or where it cannot be found."""
    try:
        core = np._core if hasattr(np, "_core") else np.core
        library = ctypes.CDLL(core._multiarray_umath.__file__)
    except (AttributeError, OSError):
        return None
    for name in _NAMES:
        if hasattr(library, name.format("set")) and hasattr(library, name.format("get")):
            return getattr(library, name.format("get")), getattr(library, name.format("set"))
    return None
