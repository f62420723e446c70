"""The elements of a tensor as TF1's messages show them."""

import builtins
from typing import Any

import numpy as np

__all__: list[str] = []


def summary(value: Any, count: int) -> str:
    """Format the first `count` elements (all for a negative number) as TF1 does: `1 2...`, `[1 2][3 4]`."""
    value = np.asarray(value)
    shown = [_shown(v, value.dtype) for v in value.reshape(-1)[: count if count >= 0 else value.size]]
    more = "..." if len(shown) < value.size else ""
    return _in_brackets(shown, value.shape) + more


def _shown(element: Any, dtype: Any) -> str:
    if isinstance(element, bytes):
        return element.decode(errors="replace")
    if dtype.kind == "b":
        return str(int(element))
    if dtype.kind != "f":
        return str(element)
    short, exact = (15, 17) if dtype.itemsize == 8 else (6, 9)
    text = f"{element:.{short}g}"
    return text if dtype.type(text) == element or element != element else f"{element:.{exact}g}"


def _in_brackets(shown: list, shape: Any) -> str:
    """Join elements, each inner axis in brackets."""
    if len(shape) < 2:
        return " ".join(shown)
    size = int(np.prod(shape[1:]))
    rows = [shown[i : i + size] for i in builtins.range(0, len(shown), max(size, 1))]
    return "".join(f"[{_in_brackets(row, shape[1:])}]" for row in rows)
