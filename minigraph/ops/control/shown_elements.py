"""The elements of a tensor as TF1's messages show them."""

import builtins
from typing import Any

import numpy as np

__all__: list[str] = []

_ESCAPED = {
    ord(c): shown for c, shown in {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "'": r"\'", "\\": r"\\"}.items()
}


def summary(value: Any, count: int) -> str:
    """Format the first `count` elements (all for a negative number) as TF1 does: `1 2...`, `[1 2][3 4]`."""
    value = np.asarray(value)
    shown = [_shown(v, value.dtype) for v in value.reshape(-1)[: count if count >= 0 else value.size]]
    more = "..." if len(shown) < value.size else ""
    return _in_brackets(shown, value.shape) + more


def table(value: Any, count: int) -> str:
    """Format an array in brackets, a row to a line, with the first and last `count` parts of each axis (all if < 0)."""
    value = np.asarray(value)
    if value.dtype.kind == "c":
        return "[?]"  # as in TF1
    flat = [_quoted(v, value.dtype) for v in value.reshape(-1)]
    cells = np.array([*flat, None], object)[:-1].reshape(value.shape)
    return _in_rows(cells, 0, min(value.size, count) if count >= 0 else value.size)


def _in_rows(cells: Any, depth: int, count: int) -> str:
    if not isinstance(cells, np.ndarray) or not cells.ndim:
        return str(cells)
    between = " " if cells.ndim == 1 else "\n" * (cells.ndim - 1) + " " * (depth + 1)
    first = [_in_rows(part, depth + 1, count) for part in cells[:count]]
    last = [_in_rows(part, depth + 1, count) for part in cells[max(count, len(cells) - count) :]]
    text = between.join(first)
    if len(cells) > 2 * count:
        text += between + "..."
    return f"[{text}{''.join(between + part for part in last)}]"


def _quoted(element: Any, dtype: Any) -> str:
    if not isinstance(element, bytes):
        return _shown(element, dtype)
    return '"' + "".join(_ESCAPED.get(c) or (chr(c) if 32 <= c < 127 else f"\\{c:03o}") for c in element) + '"'


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
