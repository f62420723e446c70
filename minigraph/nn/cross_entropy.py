"""Element-wise losses of logits."""

from __future__ import annotations

import math
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import constant, filled_like, shape_ops, where
from minigraph.ops.math import arithmetic, comparison, exponential, signs
from minigraph.ops.nn import activations
from minigraph.ops.nn.logits_checks import check_arguments

__all__ = ["sigmoid_cross_entropy_with_logits", "weighted_cross_entropy_with_logits", "log_poisson_loss"]


def _pair(labels: Any, logits: Any, names: tuple = ("logits", "labels")) -> tuple[Any, Any]:
    logits, labels = convert_to_tensor(logits, name=names[0]), convert_to_tensor(labels, name=names[1])
    try:
        labels.shape.merge_with(logits.shape)
    except ValueError:
        raise ValueError(
            f"{names[0]} and {names[1]} must have the same shape ({logits.shape} vs {labels.shape})"
        ) from None
    return labels, logits


def sigmoid_cross_entropy_with_logits(
    _sentinel: Any = None, labels: Any = None, logits: Any = None, name: str | None = None
) -> Tensor:
    """Compute the cross-entropy of labels and the sigmoid of logits, without overflow.

    It is for classes that are not mutually exclusive.

    Args:
        _sentinel: prevents positional arguments.
        labels: probabilities.
        logits: a tensor of that shape and type, before any sigmoid.
        name: the name of the node.

    Raises:
        ValueError: if the arguments are given by position, one is missing, or the shapes differ.

    Example:
        >>> print(tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[1000.0]).eval())
        [0.]
    """
    check_arguments("sigmoid_cross_entropy_with_logits", _sentinel, labels, logits)
    with atomic_scope(name, "logistic_loss", [logits, labels]) as scope:
        labels, logits = _pair(labels, logits)
        zeros = filled_like.zeros_like(logits, dtype=logits.dtype)
        positive = logits >= zeros
        upper = where.where(positive, logits, zeros)
        negative = where.where(positive, -logits, logits)
        return arithmetic.add(upper - logits * labels, exponential.log1p(exponential.exp(negative)), name=scope)


def weighted_cross_entropy_with_logits(
    labels: Any = None, logits: Any = None, pos_weight: Any = None, name: str | None = None, targets: Any = None
) -> Tensor:
    """Compute the sigmoid cross-entropy with the errors on positive labels weighted by `pos_weight`.

    Args:
        labels: probabilities.
        logits: a tensor of that shape and type, before any sigmoid.
        pos_weight: above 1, there are fewer false negatives; below 1, fewer false positives.
        name: the name of the node.
        targets: the older name of `labels`.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> loss = tf.nn.weighted_cross_entropy_with_logits([1.0], [0.0], 2.0)
        >>> print(sess.run(loss).round(4).tolist())
        [1.38...]
    """
    labels = shape_ops.either("labels", labels, "targets", targets)
    with atomic_scope(name, "logistic_loss", [logits, labels]) as scope:
        labels, logits = _pair(labels, logits)
        weight = 1 + (pos_weight - 1) * labels
        linear = (1 - labels) * logits
        rest = exponential.log1p(exponential.exp(-signs.abs(logits))) + activations.relu(-logits)
        return arithmetic.add(linear, weight * rest, name=scope)


def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: str | None = None) -> Tensor:
    """Compute the negative log likelihood of counts under Poisson distributions: exp(c) - c * targets.

    Args:
        targets: counts.
        log_input: c, the logarithm of the expected counts; a tensor of that shape and type.
        compute_full_loss: add Stirling's approximation of log(targets!).
        name: the name scope.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> print(tf.nn.log_poisson_loss([1.0], [0.0]).eval())
        [1.]
    """
    with atomic_scope(name, "log_poisson_loss", [log_input, targets]):
        targets, log_input = _pair(targets, log_input, ("log_input", "targets"))
        result: Any = exponential.exp(log_input) - log_input * targets
        if compute_full_loss:
            half = constant.constant(0.5, dtype=targets.dtype)
            two_pi = constant.constant(2 * math.pi, dtype=targets.dtype)
            stirling = targets * exponential.log(targets) - targets + half * exponential.log(two_pi * targets)
            zeros, ones = filled_like.zeros_like(targets), filled_like.ones_like(targets)
            small = comparison.logical_and(targets >= zeros, targets <= ones)
            result += where.where(small, zeros, stirling)
        return result
