"""`tf.contrib.seq2seq.sequence_loss`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, reshape, shape_ops
from minigraph.ops.math import moments, no_nan, reductions
from minigraph.ops.nn.softmax_cross_entropy import sparse_softmax_cross_entropy_with_logits

__all__ = ["sequence_loss"]


def sequence_loss(
    logits: Any,
    targets: Any,
    weights: Any,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> Tensor:
    """Return the weighted cross-entropy of sequences of classes.

    Args:
        logits: a tensor of shape [batch, steps, classes].
        targets: the right classes, integers of shape [batch, steps].
        weights: floats of shape [batch, steps], 0 for steps that do not count.
        average_across_timesteps, average_across_batch: sum along the steps, the batch, and divide by the sum of the
            weights.
        sum_over_timesteps, sum_over_batch: sum along the steps, the batch, and divide by the number of weights that are
            not 0.
        softmax_loss_function: a function of `labels` and `logits`, by default the sparse softmax cross-entropy.
        name: the name scope.

    Returns:
        A scalar, or a tensor with the axes that are neither summed nor averaged.

    Raises:
        ValueError: if a rank is wrong, or an axis is to be both summed and averaged.

    Example:
        >>> logits, targets = tf.zeros([2, 3, 4]), tf.zeros([2, 3], tf.int32)
        >>> print(sess.run(tf.contrib.seq2seq.sequence_loss(logits, targets, tf.ones([2, 3]))))
        1.3862944
    """
    averages, sums = (average_across_timesteps, average_across_batch), (sum_over_timesteps, sum_over_batch)
    _check(logits, targets, weights, averages, sums)
    with atomic_scope(name, "sequence_loss", [logits, targets, weights]):
        flat = reshape.reshape(logits, [-1, shape_ops.shape(logits)[2]])
        function = softmax_loss_function or sparse_softmax_cross_entropy_with_logits
        loss: Any = function(labels=reshape.reshape(targets, [-1]), logits=flat)
        loss = loss * reshape.reshape(weights, [-1])
        axis = None
        if not (all(averages) or all(sums)):
            loss = reshape.reshape(loss, shape_ops.shape(logits)[0:2])
            if not any(averages + sums):
                return loss
            axis = [0] if (averages if any(averages) else sums)[1] else [1]
        loss = reductions.reduce_sum(loss, axis=axis)
        if any(averages):
            return no_nan.div_no_nan(loss, reductions.reduce_sum(weights, axis=axis))
        return no_nan.div_no_nan(loss, cast.cast(moments.count_nonzero(weights, axis=axis), loss.dtype))


def _check(logits: Any, targets: Any, weights: Any, averages: tuple, sums: tuple) -> None:
    if len(logits.shape) != 3:
        raise ValueError("Logits must be a [batch_size x sequence_length x logits] tensor")
    for what, tensor in ("Targets", targets), ("Weights", weights):
        if len(tensor.shape) != 2:
            raise ValueError(f"{what} must be a [batch_size x sequence_length] tensor")
    for axis, average, total in zip(("timesteps", "batch"), averages, sums):
        if average and total:
            raise ValueError(
                f"average_across_{axis} and sum_over_{axis} cannot be set to True at same time.\n"
                f"Set average_across_{axis}=False."
            )
