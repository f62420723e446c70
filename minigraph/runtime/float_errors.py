"""Floating point errors pass in a run, as in TF1: what `np.errstate` does, in a quarter of its time.

`quiet()` lets them pass and returns a token; `loud(token)` sets the user's way with them again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["loud", "quiet"]

try:
    from numpy._core.umath import _extobj_contextvar, _make_extobj

    quiet: Callable = functools.partial(_extobj_contextvar.set, _make_extobj(all="ignore"))
    loud: Callable = _extobj_contextvar.reset
except Exception:  # another numpy
    quiet = functools.partial(np.seterr, all="ignore")

    def loud(token: Any) -> None:
        np.seterr(**token)
