"""`expect_list`: the check of arguments that must be lists of tensors."""

from __future__ import annotations

from typing import Any

__all__ = ["expect_list"]


def expect_list(values: Any, argument: str, op_name: str) -> Any:
    """Return `values`, which must be a list or tuple; a tensor does not count as one, even where it could be unstacked.

    Example:
        >>> expect_list(3, "values", "pack")
        Traceback (most recent call last):
        ...
        TypeError: Expected list for 'values' argument to 'pack' Op, not 3.
    """
    if not isinstance(values, (list, tuple)):
        raise TypeError(f"Expected list for '{argument}' argument to '{op_name}' Op, not {values!r}.")
    return values
