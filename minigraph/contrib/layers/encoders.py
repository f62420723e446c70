"""Embeddings of sequences."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.model_variables import model_variable
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import concat, reshape, shape_ops, unique
from minigraph.ops.math import reductions
from minigraph.ops.rows import gather
from minigraph.variables.variable_scope import variable_scope

__all__ = ["embed_sequence", "embedding_lookup_unique"]


def embed_sequence(
    ids: Any,
    vocab_size: int | None = None,
    embed_dim: int | None = None,
    unique: bool = False,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    scope: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Return a row of a trained table for each id.

    Args:
        ids: integers, of shape (batch, steps).
        vocab_size: the number of rows.
        embed_dim: the length of a row.
        unique: look up each different id once.
        initializer, regularizer, trainable: of the variable "embeddings".
        scope: the name of the scope, by default "EmbedSequence".
        reuse: share the variable of the scope.

    Returns:
        A tensor of shape (batch, steps, embed_dim).

    Raises:
        ValueError: if a size is missing, and the variable is not shared.

    Example:
        >>> print(tf.contrib.layers.embed_sequence([[1, 2, 0]], 10, 4))
        Tensor("EmbedSequence/embedding_lookup/Identity:0", shape=(1, 3, 4), dtype=float32)
    """
    if not (reuse or (vocab_size and embed_dim)):
        raise ValueError(
            "Must specify vocab size and embedding dimension when not reusing. "
            f"Got vocab_size={vocab_size} and embed_dim={embed_dim}"
        )
    with get_default_graph().atomic(), variable_scope(scope, "EmbedSequence", [ids], reuse=reuse):
        shape = None if reuse and vocab_size is None or embed_dim is None else [vocab_size, embed_dim]
        table = model_variable(
            "embeddings", shape=shape, initializer=initializer, regularizer=regularizer, trainable=trainable
        )
        return embedding_lookup_unique(table, ids) if unique else embedding_lookup(table, ids)


def embedding_lookup_unique(params: Any, ids: Any, partition_strategy: str = "mod", name: str | None = None) -> Tensor:
    """Return the rows of a table at `ids`, looking up each different id once; see `tf.nn.embedding_lookup`.

    Example:
        >>> print(tf.contrib.layers.embedding_lookup_unique(tf.constant([[1.0], [2.0]]), [[1, 1, 0]]).eval().tolist())
        [[[2.0], [2.0], [1.0]]]
    """
    with get_default_graph().atomic(), atomic_scope(name, "EmbeddingLookupUnique", [params, ids]):
        ids = convert_to_tensor(ids)
        shape = shape_ops.shape(ids)
        flat = reshape.reshape(ids, reductions.reduce_prod(shape, keepdims=True))
        different, places = unique.unique(flat)
        rows = embedding_lookup(params, different, partition_strategy)
        found = gather.gather(rows, places)
        size: Any = shape_ops.shape(rows)
        found = reshape.reshape(found, concat.concat([shape, size[1:]], 0))
        found.set_shape(ids.shape.concatenate(rows.shape[1:]))
        return found
