"""Floating point errors pass in a run, as in TF1: what `np.errstate` does, in a quarter of its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["loud", "quiet"]

try:
    from numpy._core.umath import _extobj_contextvar, _make_extobj

    _IGNORE = _make_extobj(all="ignore")

    def quiet() -> Any:
        """Let floating point errors pass, as TF1 does; return what `loud` needs."""
        return _extobj_contextvar.set(_IGNORE)

    loud: Callable = _extobj_contextvar.reset
except Exception:  # another numpy

    def quiet() -> Any:
        """Let floating point errors pass, as TF1 does; return what `loud` needs."""
        return np.seterr(all="ignore")

    def loud(token: Any) -> None:
        """Set the user's way with floating point errors again."""
        np.seterr(**token)
