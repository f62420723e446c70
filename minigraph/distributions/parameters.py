"""Parameters of distributions: logits and probabilities, and what is checked of them in a run."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, constant, shape_ops
from minigraph.ops.control import assertions, group, rank_assertions
from minigraph.ops.control.float_assertions import assert_near
from minigraph.ops.math import exponential, reductions, sigmoid, special
from minigraph.ops.nn import softmax

__all__ = ["logits_and_probs", "log_combinations", "new_seed", "whole_and_not_negative"]

_WHOLE = {dtypes.float16: dtypes.int16, dtypes.float32: dtypes.int32, dtypes.float64: dtypes.int64}


def new_seed(seed: int | None, salt: str) -> int | None:
    """Return a seed made of another and of a word, for the second of two draws; None for None.

    Example:
        >>> new_seed(1, "beta")
        1201315590
    """
    if seed is None:
        return None
    return int(hashlib.md5((str(seed) + salt).encode("utf-8")).hexdigest()[:8], 16) & 0x7FFFFFFF


def logits_and_probs(
    logits: Any, probs: Any, classes: bool = False, validate_args: bool = False, name: str = "get_logits_and_probs"
) -> tuple[Tensor, Tensor]:
    """Return logits and probabilities, of which one is given, as tensors.

    Args:
        logits, probs: one of them, the other None.
        classes: the last axis is one of classes, whose probabilities sum to 1.
        validate_args: check in a run that the probabilities are some.
        name: the name scope.

    Raises:
        ValueError: if none or both are given; with `validate_args`, for fewer than two classes.
        TypeError: if they are not floats.

    Example:
        >>> logits, probs = logits_and_probs([0.0, 0.0], None, classes=True)
        >>> print(probs.eval())
        [0.5 0.5]
    """
    with atomic_scope(name, values=[probs, logits]):
        if (probs is None) == (logits is None):
            raise ValueError("Must pass probs or logits, but not both.")
        if probs is None:
            logits = _float(logits, "logits")
            if not classes:
                return logits, sigmoid.sigmoid(logits, name="probs")
            if validate_args:
                logits = enough_classes(logits)
            return logits, softmax.softmax(logits, name="probs")
        probs = _float(probs, "probs")
        if validate_args:
            probs = _validated(probs, classes)
        with atomic_scope("logits"):
            if classes:
                return exponential.log(probs), probs
            return exponential.log(probs) - exponential.log1p(-1.0 * probs), probs


def _float(value: Any, name: str) -> Tensor:
    value = convert_to_tensor(value, name=name)
    if not value.dtype.is_floating:
        raise TypeError(f"{name} must having floating type.")
    return value


def _validated(probs: Tensor, classes: bool) -> Tensor:
    with atomic_scope("validate_probs"):
        one = constant.constant(1.0, probs.dtype.base_dtype)
        checks = [assertions.assert_non_negative(probs)]
        if classes:
            probs = enough_classes(probs)
            total = reductions.reduce_sum(probs, -1)
            checks.append(assert_near(total, one, message="probs does not sum to 1."))
        else:
            message = "probs has components greater than 1."
            checks.append(assertions.assert_less_equal(probs, one, message=message))
        return group.with_dependencies(checks, probs)


def enough_classes(parameter: Any, name: str = "embed_check_categorical_event_shape") -> Tensor:
    """Return a tensor whose last axis, of classes, has two elements or more, which is checked at once if it is known.

    Raises:
        ValueError: if it has not, or no axis.
    """
    few = "A categorical-distribution parameter must have at least 2 events."
    flat = "A categorical-distribution parameter must have at least 1 dimension."
    with atomic_scope(name, values=[parameter]):
        x = convert_to_tensor(parameter, name="categorical_param")
        if x.shape.ndims == 0:
            raise ValueError(flat)
        most = 2 ** (np.finfo(x.dtype.as_numpy_dtype).nmant + 1)
        size = None if x.shape.ndims is None else x.shape.as_list()[-1]
        if size is not None:
            if size < 2:
                raise ValueError(few)
            return x
        count = shape_ops.shape(x, name="x_shape")[-1]
        precise = f"Number of classes exceeds `dtype` precision, i.e., {x.dtype.name} dtype cannot exceed {most} shape."
        checks = [
            rank_assertions.assert_rank_at_least(x, 1, message=flat),
            assertions.assert_greater_equal(shape_ops.shape(x)[-1], 2, message=few),
            assertions.assert_less_equal(count, most, message=precise),
        ]
        return group.with_dependencies(checks, x)


def _assert_whole(x: Tensor, kind: DType, message: str) -> Any:
    with atomic_scope("assert_integer_form", values=[x]):
        rounded = cast.cast(cast.cast(x, kind), x.dtype.base_dtype)
        return assertions.assert_equal(x, rounded, message=message, name="assert_integer_form")


def whole_and_not_negative(x: Any, kind: DType | None = None, words: tuple[str, str] | None = None) -> Tensor:
    """Return a tensor of which is checked in a run that its elements are whole numbers of 0 or more.

    Args:
        x: the tensor.
        kind: an integer or boolean type into which they must fit; by default that of the float's size.
        words: the messages for negative elements and for fractions.
    """
    scope = "embed_check_nonnegative_integer_form" if kind is None else "embed_check_casting_closed"
    with atomic_scope(scope, values=[x]):
        x = convert_to_tensor(x, name="x")
        negative, broken = words or (f"'{x}' must be non-negative.", f"'{x}' cannot contain fractional components.")
        checks = [assertions.assert_non_negative(x, message=negative)]
        if x.dtype.is_floating:
            checks.append(_assert_whole(x, kind or _WHOLE[x.dtype.base_dtype], broken))
        elif kind is not None:
            most = 1 if kind == dtypes.bool_ else np.iinfo(kind.as_numpy_dtype).max
            if np.iinfo(x.dtype.as_numpy_dtype).max > most:
                checks.append(assertions.assert_less_equal(x, most, message=f"Elements cannot exceed {most}."))
        return group.with_dependencies(checks, x)


def castable(x: Any, kind: DType) -> Tensor:
    """Return a tensor of which is checked in a run that its elements are numbers of 0 or more of an integer type."""
    return whole_and_not_negative(
        x, kind, ("Elements must be non-negative.", f"Elements must be {kind.name}-equivalent.")
    )


def log_combinations(n: Any, counts: Any, name: str = "log_combinations") -> Tensor:
    """Return the logarithm of the number of sequences of n elements that have these counts (along the last axis).

    Example:
        >>> print(tf.exp(log_combinations(3.0, [1.0, 2.0])).eval().round(3))
        3.0
    """
    with atomic_scope(name, values=[n, counts]):
        n, counts = convert_to_tensor(n, name="n"), convert_to_tensor(counts, name="counts")
        total = special.lgamma(n + 1)
        return total - reductions.reduce_sum(special.lgamma(counts + 1), axis=[-1])
