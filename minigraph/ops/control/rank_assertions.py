"""Assertions about the number of axes of a tensor."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import shape_ops, size_ops
from minigraph.ops.control import group
from minigraph.ops.control.assertions import Assert, assert_type
from minigraph.ops.math import comparison

__all__ = ["assert_rank", "assert_rank_at_least", "assert_rank_in"]


# For each function its words, how it compares static ranks, and the nodes of the comparison in a run.
_CHECKS: dict[str, tuple[str, Callable, Callable]] = {
    "assert_rank": ("", lambda a, b: a == b[0], lambda a, b: comparison.equal(a, b[0])),
    "assert_rank_at_least": ("at least", lambda a, b: a >= b[0], lambda a, b: comparison.greater_equal(a, b[0])),
    "assert_rank_in": (
        "in",
        lambda a, b: a in b,
        lambda a, b: functools.reduce(comparison.logical_or, [comparison.equal(rank, a) for rank in b]),
    ),
}


def _check_rank(
    opname: str, x: Any, ranks: list, data: Any, summarize: int | None, message: str | None, name: str | None
) -> Operation:
    words, holds, op = _CHECKS[opname]
    with get_default_graph().atomic(), atomic_scope(name, opname, [x, *ranks, *(data or [])]):
        x, ranks = convert_to_tensor(x, name="x"), [convert_to_tensor(rank, name="rank") for rank in ranks]
        message = message or ""
        if data is None:
            told = f"Tensor {x.name} must have rank {words}".rstrip()
            data = [message, told, *ranks, "Received shape: ", shape_ops.shape(x)]
        known = _static_ranks(ranks)
        unknown = [rank for rank, value in zip(ranks, known) if value is None]
        if x.shape.ndims is None or unknown:
            return Assert(_after_checks(op(size_ops.rank(x), ranks), unknown), data, summarize=summarize)
        if not holds(x.shape.ndims, known):
            raise ValueError(f"{message}.  {_violated(x, words, known)}")
        return group.no_op("static_checks_determined_all_ok")


def _static_ranks(ranks: list) -> list:
    """Return the values of ranks as far as they are known; raise an error for what is not a scalar of tf.int32."""
    for rank in ranks:
        assert_type(rank, dtypes.int32)
    known = [constant_value(rank) for rank in ranks]
    if any(v is not None and np.ndim(v) for v in known):
        raise ValueError("Rank must be a scalar.")
    return [None if v is None else int(v) for v in known]


def _violated(x: Tensor, words: str, ranks: list[int]) -> str:
    wanted = f"in {tuple(ranks)}" if words == "in" else f"{words} {ranks[0]}".lstrip()
    return f"Tensor {x.name} must have rank {wanted}.  Received rank {x.shape.ndims}, shape {x.shape}"


def _after_checks(condition: Tensor, ranks: list) -> Tensor:
    """Return a condition that waits for the check that ranks are scalars, so that a list is not taken for a rank."""
    for rank in ranks:
        told = ["Rank must be a scalar. Received rank: ", rank]
        condition = group.with_dependencies([assert_rank(rank, 0, data=told)], condition)
    return condition


def assert_rank(
    x: Any,
    rank: Any,
    data: Any = None,
    summarize: int | None = None,
    message: str | None = None,
    name: str | None = None,
) -> Operation:
    """Assert that a tensor has the given number of axes.

    Args:
        x: a tensor.
        rank: a scalar integer.
        data, summarize, message, name: as for `assert_equal`.

    Raises:
        ValueError: at once, if the static shape shows that it does not.

    Example:
        >>> tf.assert_rank(tf.zeros([2, 3], name="x"), 1)
        Traceback (most recent call last):
        ...
        ValueError: .  Tensor x:0 must have rank 1.  Received rank 2, shape (2, 3)
    """
    return _check_rank("assert_rank", x, [rank], data, summarize, message, name)


def assert_rank_at_least(
    x: Any,
    rank: Any,
    data: Any = None,
    summarize: int | None = None,
    message: str | None = None,
    name: str | None = None,
) -> Operation:
    """Assert that a tensor has at least the given number of axes; the arguments are those of `assert_rank`."""
    return _check_rank("assert_rank_at_least", x, [rank], data, summarize, message, name)


def assert_rank_in(
    x: Any,
    ranks: Any,
    data: Any = None,
    summarize: int | None = None,
    message: str | None = None,
    name: str | None = None,
) -> Operation:
    """Assert that a tensor's number of axes is one of several; `ranks` is a list of integers."""
    return _check_rank("assert_rank_in", x, list(ranks), data, summarize, message, name)
