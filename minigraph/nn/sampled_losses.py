"""Losses over very many classes, computed with the true ones and a sample of the others."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.cross_entropy import sigmoid_cross_entropy_with_logits
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import (
    cast,
    concat,
    expand_dims,
    fill,
    filled_like,
    reshape,
    shape_ops,
    slices,
    stack,
    stop_gradient,
)
from minigraph.ops.linalg import matmul
from minigraph.ops.math import arithmetic, exponential
from minigraph.ops.nn import softmax_cross_entropy
from minigraph.ops.random import candidates
from minigraph.ops.rows import sparse_to_dense
from minigraph.variables.partitioned import PartitionedVariable

__all__ = ["nce_loss", "sampled_softmax_loss"]


def nce_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: Any = None,
    remove_accidental_hits: bool = False,
    partition_strategy: str = "mod",
    name: str | None = "nce_loss",
) -> Tensor:
    """Compute the loss of noise-contrastive estimation: true classes are told from a sample of all.

    Args:
        weights: a table with a row for each class, or a list of its parts.
        biases: a number for each class, or a list of parts.
        labels: the true classes, integers of shape (batch, num_true).
        inputs: of shape (batch, length of a row).
        num_sampled: the number of classes to draw for the batch.
        num_classes: the number of classes.
        num_true: the number of true classes of an example.
        sampled_values: the three results of a candidate sampler; by default of `log_uniform_candidate_sampler`, which
            expects the classes sorted by decreasing frequency.
        remove_accidental_hits: leave out drawn classes that are true ones of the example.
        partition_strategy: how the rows are distributed over the parts; see `embedding_lookup`.
        name: the name scope.

    Returns:
        A vector with the loss of each example.

    Example:
        >>> loss = tf.nn.nce_loss(tf.zeros([9, 2]), tf.zeros([9]), [[4], [0]], tf.ones([2, 2]), 3, 9)
        >>> print(loss.name, loss.shape)
        Reshape:0 (2,)
    """
    with get_default_graph().atomic():
        logits, targets = _sampled_logits(
            weights,
            biases,
            labels,
            inputs,
            num_sampled,
            num_classes,
            num_true,
            sampled_values,
            remove_accidental_hits,
            partition_strategy,
            name,
        )
        return _sum_rows(sigmoid_cross_entropy_with_logits(labels=targets, logits=logits, name="sampled_losses"))


def sampled_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: Any = None,
    remove_accidental_hits: bool = True,
    partition_strategy: str = "mod",
    name: str | None = "sampled_softmax_loss",
    seed: int | None = None,
) -> Tensor:
    """Compute the cross-entropy of a softmax over the true classes and a sample of the others.

    It is for training; a model is judged by the softmax of all classes. The arguments are those of `nce_loss`.

    Args:
        weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, partition_strategy, name:
            as for `nce_loss`.
        remove_accidental_hits: leave out drawn classes that are true ones of the example.
        seed: the seed of the sampler.

    Returns:
        A vector with the loss of each example.

    Example:
        >>> loss = tf.nn.sampled_softmax_loss(tf.zeros([9, 2]), tf.zeros([9]), [[4], [0]], tf.ones([2, 2]), 3, 9)
        >>> print(loss.shape)
        (2,)
    """
    with get_default_graph().atomic():
        logits, targets = _sampled_logits(
            weights,
            biases,
            labels,
            inputs,
            num_sampled,
            num_classes,
            num_true,
            sampled_values,
            remove_accidental_hits,
            partition_strategy,
            name,
            seed,
        )
        targets = stop_gradient.stop_gradient(targets, name="labels_stop_gradient")
        return softmax_cross_entropy.softmax_cross_entropy_with_logits_v2(labels=targets, logits=logits)


def _sampled_logits(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int,
    sampled_values: Any,
    remove_accidental_hits: bool,
    partition_strategy: str,
    name: str | None,
    seed: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Return logits and labels of shape (batch, num_true + num_sampled), the true classes first."""
    weights = list(weights) if isinstance(weights, (list, PartitionedVariable)) else [weights]
    with atomic_scope(name, "compute_sampled_logits", [*weights, biases, inputs, labels]):
        if getattr(labels, "dtype", None) != dtypes.int64:
            labels = cast.cast(labels, dtypes.int64)
        flat = reshape.reshape(labels, [-1])
        if sampled_values is None:
            sampled_values = candidates.log_uniform_candidate_sampler(
                labels, num_true, num_sampled, True, num_classes, seed=seed
            )
        sampled, true_count, sampled_count = [stop_gradient.stop_gradient(values) for values in sampled_values]
        sampled = cast.cast(sampled, dtypes.int64)
        ids = concat.concat([flat, sampled], 0)
        true_rows, sampled_rows = _rows(weights, ids, flat, partition_strategy, inputs.dtype)
        sampled_logits = matmul.matmul(inputs, sampled_rows, transpose_b=True)
        true_biases, sampled_biases = _elements(biases, ids, flat, partition_strategy, inputs.dtype)
        true_logits: Any = _products(inputs, true_rows, num_true)
        true_biases = reshape.reshape(true_biases, [-1, num_true])
        true_logits += true_biases
        sampled_logits += sampled_biases
        if remove_accidental_hits:
            sampled_logits += _removal(labels, sampled, num_true, num_sampled, sampled_logits.dtype)
        true_logits -= exponential.log(true_count)
        sampled_logits -= exponential.log(sampled_count)
        logits = concat.concat([true_logits, sampled_logits], 1)
        ones: Any = filled_like.ones_like(true_logits)
        targets = concat.concat([ones / num_true, filled_like.zeros_like(sampled_logits)], 1)
        return logits, targets


def _rows(weights: Any, ids: Tensor, flat: Tensor, strategy: str, dtype: Any) -> tuple[Any, Any]:
    """Return the rows of the true and of the sampled classes."""
    rows = _of_type(embedding_lookup(weights, ids, strategy), dtype)
    count: Any = shape_ops.shape(flat)
    true = slices.slice(rows, [0, 0], stack.stack([count[0], -1]))
    count = shape_ops.shape(flat)
    return true, slices.slice(rows, stack.stack([count[0], 0]), [-1, -1])


def _elements(biases: Any, ids: Tensor, flat: Tensor, strategy: str, dtype: Any) -> tuple[Any, Any]:
    """Return the biases of the true and of the sampled classes."""
    found = _of_type(embedding_lookup(biases, ids, strategy), dtype)
    true = slices.slice(found, [0], shape_ops.shape(flat))
    return true, slices.slice(found, shape_ops.shape(flat), [-1])


def _of_type(values: Tensor, dtype: Any) -> Tensor:
    return values if values.dtype == dtype else cast.cast(values, dtype)


def _products(inputs: Any, rows: Tensor, num_true: int) -> Tensor:
    """Return the products of each input with the rows of its true classes."""
    size: Any = shape_ops.shape(rows)
    width = size[1:2]
    shape = concat.concat([[-1, num_true], width], 0)
    products = arithmetic.multiply(expand_dims.expand_dims(inputs, 1), reshape.reshape(rows, shape))
    flat = reshape.reshape(products, concat.concat([[-1], width], 0))
    return reshape.reshape(_sum_rows(flat), [-1, num_true])


def _removal(labels: Any, sampled: Tensor, num_true: int, num_sampled: int, dtype: Any) -> Tensor:
    """Return what is added to the logits of the sampled classes, to remove those that are true ones of the example."""
    indices, ids, weights = candidates.compute_accidental_hits(labels, sampled, num_true=num_true)
    rows = reshape.reshape(indices, [-1, 1])
    columns = reshape.reshape(cast.cast(ids, dtypes.int32), [-1, 1])
    places = concat.concat([rows, columns], 1, "sparse_indices")
    count: Any = shape_ops.shape(labels)
    sizes = concat.concat([count[:1], expand_dims.expand_dims(num_sampled, 0)], 0)
    return sparse_to_dense.sparse_to_dense(
        places, sizes, _of_type(weights, dtype), default_value=0.0, validate_indices=False
    )


def _sum_rows(x: Tensor) -> Tensor:
    """Return the sum of each row, as a product with ones, whose gradient is cheap."""
    sizes: Any = shape_ops.shape(x)
    ones = fill.ones(stack.stack([sizes[1], 1]), x.dtype)
    return reshape.reshape(matmul.matmul(x, ones), [-1])
