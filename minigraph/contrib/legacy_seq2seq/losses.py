"""Losses of sequences of classes, and models in several lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, reshape, shape_ops
from minigraph.ops.math import add_n, reductions
from minigraph.ops.nn.softmax_cross_entropy import sparse_softmax_cross_entropy_with_logits
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["model_with_buckets", "sequence_loss", "sequence_loss_by_example"]


def sequence_loss_by_example(
    logits: list,
    targets: list,
    weights: list,
    average_across_timesteps: bool = True,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> Tensor:
    """Return the weighted cross-entropy of each sequence of a batch.

    Args:
        logits: a list of tensors of shape [batch, classes], one for each step.
        targets: a list of the right classes, integers of shape [batch].
        weights: a list of floats of shape [batch].
        average_across_timesteps: divide by the sum of a sequence's weights.
        softmax_loss_function: a function of `labels` and `logits`, by default the sparse softmax cross-entropy.
        name: the name scope.

    Returns:
        A vector of size [batch].

    Raises:
        ValueError: if the lists differ in length.

    Example:
        >>> loss = tf.contrib.legacy_seq2seq.sequence_loss_by_example(
        ...     [tf.zeros([2, 4])] * 3, [tf.constant([0, 1])] * 3, [tf.ones([2])] * 3)
        >>> print(sess.run(loss))
        [1.3862944 1.3862944]
    """
    if len(targets) != len(logits) or len(weights) != len(logits):
        raise ValueError(
            f"Lengths of logits, weights, and targets must be the same {len(logits)}, {len(weights)}, {len(targets)}."
        )
    with atomic_scope(name, "sequence_loss_by_example", logits + targets + weights):
        losses = []
        for logit, target, weight in zip(logits, targets, weights):
            if softmax_loss_function is None:
                target = reshape.reshape(target, [-1])
            function = softmax_loss_function or sparse_softmax_cross_entropy_with_logits
            loss: Any = function(labels=target, logits=logit)
            losses.append(loss * weight)
        total: Any = add_n.add_n(losses)
        if average_across_timesteps:
            size: Any = add_n.add_n(weights)
            total = total / (size + 1e-12)  # where all weights are 0
        return total


def sequence_loss(
    logits: list,
    targets: list,
    weights: list,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> Tensor:
    """Return the sum of `sequence_loss_by_example` over the batch, divided by its size if asked for.

    Args:
        logits, targets, weights, average_across_timesteps, softmax_loss_function: as for `sequence_loss_by_example`.
        average_across_batch: divide by the size of the batch.
        name: the name scope.

    Returns:
        A scalar.

    Raises:
        ValueError: if the lists differ in length.

    Example:
        >>> loss = tf.contrib.legacy_seq2seq.sequence_loss(
        ...     [tf.zeros([2, 4])] * 3, [tf.constant([0, 1])] * 3, [tf.ones([2])] * 3, average_across_batch=False)
        >>> print(sess.run(loss))
        2.7725887
    """
    with atomic_scope(name, "sequence_loss", logits + targets + weights):
        losses = sequence_loss_by_example(logits, targets, weights, average_across_timesteps, softmax_loss_function)
        cost: Any = reductions.reduce_sum(losses)
        if average_across_batch:
            return cost / cast.cast(shape_ops.shape(targets[0])[0], cost.dtype)
        return cost


def model_with_buckets(
    encoder_inputs: list,
    decoder_inputs: list,
    targets: list,
    weights: list,
    buckets: list,
    seq2seq: Callable,
    softmax_loss_function: Callable | None = None,
    per_example_loss: bool = False,
    name: str | None = None,
) -> tuple:
    """Build a model once for each pair of lengths, with shared variables.

    Args:
        encoder_inputs, decoder_inputs: lists of tensors, the inputs of the longest model.
        targets, weights: lists of tensors, for the losses.
        buckets: pairs (number of encoder inputs, number of decoder inputs), the longest last.
        seq2seq: a function of encoder and decoder inputs that returns a list of outputs and a state.
        softmax_loss_function: as for `sequence_loss_by_example`.
        per_example_loss: return a loss for each sequence, not their mean.
        name: the name scope.

    Returns:
        The list of the models' outputs, and the list of their losses.

    Raises:
        ValueError: if a list is shorter than the last bucket.

    Example:
        >>> legacy = tf.contrib.legacy_seq2seq
        >>> inputs, targets = [tf.ones([2, 4])] * 3, [tf.constant([0, 1])] * 3
        >>> outputs, losses = legacy.model_with_buckets(
        ...     inputs, inputs, targets, [tf.ones([2])] * 3, [(1, 2), (3, 3)],
        ...     lambda x, y: legacy.basic_rnn_seq2seq(x, y, tf.nn.rnn_cell.GRUCell(5)))
        >>> print([len(each) for each in outputs], [loss.shape.ndims for loss in losses])
        [2, 3] [0, 0]
    """
    lengths = ("encoder_inputs", encoder_inputs, 0), ("targets", targets, 1), ("weights", weights, 1)
    for what, given, side in lengths:
        if len(given) < buckets[-1][side]:
            raise ValueError(
                f"Length of {what} ({len(given)}) must be at least that of last bucket ({buckets[-1][side]})."
            )
    loss_function = sequence_loss_by_example if per_example_loss else sequence_loss
    outputs, losses = [], []
    with atomic_scope(name, "model_with_buckets", encoder_inputs + decoder_inputs + targets + weights):
        for i, (inputs, steps) in enumerate(buckets):
            with variable_scope(get_variable_scope(), reuse=True if i else None):
                found, _ = seq2seq(encoder_inputs[:inputs], decoder_inputs[:steps])
                outputs.append(found)
                losses.append(
                    loss_function(found, targets[:steps], weights[:steps], softmax_loss_function=softmax_loss_function)
                )
    return outputs, losses
