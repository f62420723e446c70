"""`EmbeddingWrapper`: a cell that takes ids."""

from __future__ import annotations

import math
from typing import Any

from minigraph.graph.scopes import device
from minigraph.nn.embedding import embedding_lookup
from minigraph.ops.arrays import reshape
from minigraph.rnn.cells_wrappers import CellWrapper
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.random import random_uniform_initializer
from minigraph.variables.scope import get_variable_scope

__all__ = ["EmbeddingWrapper"]


class EmbeddingWrapper(CellWrapper):
    """A cell that takes ids, and gives the cell inside the rows of a table.

    Args:
        cell: the cell.
        embedding_classes: the number of rows.
        embedding_size: the size of a row.
        initializer: of the table; by default that of the scope, else uniform with variance 1.
        reuse: share the variables of the scope.

    Raises:
        TypeError: if `cell` is not a cell.
        ValueError: if a size is not positive.

    Example:
        >>> cell = tf.contrib.rnn.EmbeddingWrapper(tf.nn.rnn_cell.GRUCell(3), 10, 5)
        >>> output, state = cell(tf.constant([4, 7]), cell.zero_state(2, tf.float32))
        >>> print(output.shape, tf.trainable_variables()[0].name)
        (2, 3) embedding_wrapper/embedding:0
    """

    def __init__(
        self, cell: Any, embedding_classes: int, embedding_size: int, initializer: Any = None, reuse: Any = None
    ):
        super().__init__(cell, _reuse=reuse)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError(
                f"Both embedding_classes and embedding_size must be > 0: {embedding_classes}, {embedding_size}."
            )
        self._shape, self._initializer = [embedding_classes, embedding_size], initializer

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        with device("/cpu:0"):
            default = random_uniform_initializer(-math.sqrt(3), math.sqrt(3))
            dtype = (state[0] if isinstance(state, tuple) else state).dtype
            initializer = self._initializer or get_variable_scope().initializer or default
            table = get_variable("embedding", self._shape, initializer=initializer, dtype=dtype)
            return self.cell(embedding_lookup(table, reshape.reshape(inputs, [-1])), state)
