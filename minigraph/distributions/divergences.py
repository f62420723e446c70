"""Kullback-Leibler divergences between distributions, by a register of pairs of types."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import identity
from minigraph.ops.control.assertions import Assert
from minigraph.ops.math import comparison, reduce_max_min, rounding

__all__ = ["RegisterKL", "cross_entropy", "kl_divergence"]

_DIVERGENCES: dict[tuple[type, type], Callable] = {}


class RegisterKL:
    """Register a function that computes the divergence between two types of distributions.

    Args:
        dist_cls_a, dist_cls_b: the types; the function is used for their subclasses too.

    Raises:
        TypeError: when it is called with what is not a function.
        ValueError: when it is called for a pair that has one already.

    Example:
        >>> class Mine(tf.distributions.Normal): pass
        >>> @tf.distributions.RegisterKL(Mine, Mine)
        ... def kl(a, b, name=None):
        ...     return tf.abs(a.loc - b.loc, name=name)
        >>> print(tf.distributions.kl_divergence(Mine(0.0, 1.0), Mine(3.0, 1.0)).eval())
        3.0
    """

    def __init__(self, dist_cls_a: type, dist_cls_b: type):
        self._key = dist_cls_a, dist_cls_b

    def __call__(self, kl_fn: Callable) -> Callable:
        if not callable(kl_fn):
            raise TypeError(f"kl_fn must be callable, received: {kl_fn}")
        if self._key in _DIVERGENCES:
            a, b = self._key
            there = _DIVERGENCES[self._key]
            raise ValueError(f"KL({a.__name__} || {b.__name__}) has already been registered to: {there}")
        _DIVERGENCES[self._key] = kl_fn
        return kl_fn


def _registered(type_a: type, type_b: type) -> Callable | None:
    """Return the function registered for the nearest bases of two types."""
    pairs = [
        (i + j, i, _DIVERGENCES[a, b])
        for i, a in enumerate(inspect.getmro(type_a))
        for j, b in enumerate(inspect.getmro(type_b))
        if (a, b) in _DIVERGENCES
    ]
    return min(pairs, key=lambda pair: pair[:2])[2] if pairs else None


def kl_divergence(
    distribution_a: Any, distribution_b: Any, allow_nan_stats: bool = True, name: str | None = None
) -> Tensor:
    """Return the Kullback-Leibler divergence KL(a || b): the mean of log a - log b over samples of a.

    Args:
        distribution_a, distribution_b: two distributions, for whose types it is known.
        allow_nan_stats: if False, fail in a run that gives NaN.
        name: the name scope inside "KullbackLeibler".

    Returns:
        A tensor of the batch shape, the two broadcast.

    Raises:
        NotImplementedError: if it is not known for these types; see `tf.distributions.RegisterKL`.

    Example:
        >>> normal = tf.distributions.Normal
        >>> print(tf.distributions.kl_divergence(normal(1.0, 1.0), normal(0.0, 1.0)).eval())
        0.5
    """
    function = _registered(type(distribution_a), type(distribution_b))
    if function is None:
        raise NotImplementedError(
            "No KL(distribution_a || distribution_b) registered for distribution_a type "
            f"{type(distribution_a).__name__} and distribution_b type {type(distribution_b).__name__}"
        )
    with atomic_scope("KullbackLeibler"):
        found = function(distribution_a, distribution_b, name=name)
        if allow_nan_stats:
            return found
        found = identity.identity(found, name="kl")
        is_number = comparison.logical_not(reduce_max_min.reduce_any(rounding.is_nan(found)))
        told = (
            f"KL calculation between {distribution_a.name} and {distribution_b.name} returned NaN values (and was "
            "called with allow_nan_stats=False). Values:"
        )
        with control_dependencies([Assert(is_number, [told, found])]):
            return identity.identity(found, name="checked_kl")


def cross_entropy(ref: Any, other: Any, allow_nan_stats: bool = True, name: str | None = None) -> Tensor:
    """Return the cross entropy of two distributions: the entropy of the first, and its divergence to the other."""
    with atomic_scope(name, "cross_entropy"):
        return ref.entropy() + kl_divergence(ref, other, allow_nan_stats=allow_nan_stats)
