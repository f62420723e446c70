"""The declared inputs and outputs of an operation, parsed."""

from __future__ import annotations

import functools
from typing import NamedTuple

from minigraph.graph import dtypes

__all__ = ["InputSpec", "parse_spec"]


class InputSpec(NamedTuple):
    """One declared input, parsed."""

    name: str
    type: str  # a type attribute, or "" where `dtype` is fixed
    dtype: dtypes.DType | None  # the fixed type
    is_list: bool
    is_ref: bool
    is_heterogeneous: bool  # True for a list in which each tensor has its own type
    number: str  # the attribute that holds the length of a list


@functools.cache
def parse_spec(text: str) -> InputSpec:
    """Parse a declaration such as "*values: T"; the docstring of `opdef` has their forms."""
    name, _, kind = (part.strip() for part in text.partition(":"))
    number, star, name = (part.strip() for part in name.rpartition("*"))
    kind = kind or "T"
    is_ref, is_mixed, kind = "&" in kind, kind.startswith("*"), kind.lstrip("&*")
    fixed = dtypes.named(kind)  # a name that is not a dtype is a type attribute
    return InputSpec(name, "" if fixed else kind, fixed, bool(star), is_ref, is_mixed, number or "N")
