"""Mechanisms of attention: how well each step of a memory fits a query."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.layers.base import Layer
from minigraph.layers.dense_layer import Dense
from minigraph.ops.arrays import concat, expand_dims, fill, filled_like, one_hot, reshape, shape_ops, size_ops, where
from minigraph.ops.control import assertions
from minigraph.ops.linalg import matmul
from minigraph.ops.math import hyperbolic, powers, reciprocal, reduce_max_min, reductions
from minigraph.ops.nn import softmax
from minigraph.ops.rows.sequence_mask import sequence_mask
from minigraph.rnn.sizes import zero_tensors
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import constant_initializer, ones_initializer, zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["AttentionMechanism", "BahdanauAttention", "LuongAttention", "hardmax"]


class AttentionMechanism:
    """The base of mechanisms; a subclass is a function of a query and a state that returns weights and a new state.

    Example:
        >>> attention = tf.contrib.seq2seq.LuongAttention(4, tf.ones([2, 7, 3]))
        >>> isinstance(attention, tf.contrib.seq2seq.AttentionMechanism), attention.alignments_size
        (True, 7)
    """

    @property
    def alignments_size(self) -> Any:
        """The number of weights."""
        raise NotImplementedError

    @property
    def state_size(self) -> Any:
        """The size of the state."""
        raise NotImplementedError


class _Attention(AttentionMechanism):
    """Base: a memory, its keys, and a function that makes weights of scores.

    Args:
        query_layer: a layer for the queries, or None.
        memory_layer: a layer that makes keys of the memory.
        memory: a tensor of shape [batch, time, depth].
        memory_sequence_length: the number of steps of each memory; the others get no weight.
        probability_fn: a function of scores.
        score_mask_value: the score of steps that are not there, by default -inf.
        custom_key_value_fn: a function of keys and values that returns others.
        name: the name scope.
    """

    def __init__(
        self,
        query_layer: Layer | None,
        memory_layer: Layer,
        memory: Any,
        memory_sequence_length: Any,
        probability_fn: Callable | None,
        score_mask_value: Any,
        custom_key_value_fn: Callable | None,
        name: str | None,
    ):
        self._query_layer, self._memory_layer = query_layer, memory_layer
        self.dtype = memory_layer.dtype
        self._function = probability_fn or softmax.softmax
        if not callable(self._function):
            raise TypeError(f"probability_fn must be callable, saw type: {type(probability_fn).__name__}")
        self._lengths = memory_sequence_length
        self._missing = dtypes.as_dtype(self.dtype).as_numpy_dtype(-np.inf)
        if score_mask_value is not None:
            self._missing = score_mask_value
        with atomic_scope(name, "BaseAttentionMechanismInit", nest.flatten(memory)):
            self._values = _masked_memory(memory, memory_sequence_length)
            self._keys = memory_layer(self._values)
            if custom_key_value_fn is not None:
                self._keys, self._values = custom_key_value_fn(self._keys, self._values)
            batch, steps = self._keys.shape.as_list()[:2]
            self._batch_size = batch or shape_ops.shape(self._keys)[0]
            self._alignments_size = steps or shape_ops.shape(self._keys)[1]

    memory_layer = property(lambda self: self._memory_layer, doc="The layer that makes keys of the memory.")
    query_layer = property(lambda self: self._query_layer, doc="The layer for the queries, or None.")
    values = property(lambda self: self._values, doc="The memory.")
    keys = property(lambda self: self._keys, doc="What queries are compared with.")
    batch_size = property(lambda self: self._batch_size, doc="The number of sequences.")

    @property
    def alignments_size(self) -> Any:
        """The number of steps of the memory."""
        return self._alignments_size

    @property
    def state_size(self) -> Any:
        """The number of steps of the memory: the state is the weights."""
        return self._alignments_size

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Tensor:
        """Return the weights before the first step: zeros."""
        return zero_tensors(self._alignments_size, batch_size, dtype)

    def initial_state(self, batch_size: Any, dtype: Any) -> Tensor:
        """Return the state before the first step: zeros."""
        return self.initial_alignments(batch_size, dtype)

    def __call__(self, query: Any, state: Any) -> tuple:
        """Return the weights for a query of shape [batch, depth], and the new state."""
        with get_default_graph().atomic():
            weights = self._function(self._masked(self._scores(query)))
            return weights, weights

    def _scores(self, query: Any) -> Tensor:
        raise NotImplementedError

    def _masked(self, scores: Tensor) -> Tensor:
        if self._lengths is None:
            return scores
        words = "All values in memory_sequence_length must be greater than zero."
        with control_dependencies([assertions.assert_positive(self._lengths, message=words)]):
            mask = sequence_mask(self._lengths, maxlen=shape_ops.shape(scores)[1])
        return where.where(mask, scores, self._missing * filled_like.ones_like(scores))


def _masked_memory(memory: Any, lengths: Any) -> Any:
    """Return the memory with zeros for the steps that are not there."""
    memory = convert_to_tensor(memory, name="memory")
    if lengths is not None:
        lengths = convert_to_tensor(lengths, name="memory_sequence_length")
    if not memory.shape[2:].is_fully_defined():
        raise ValueError(
            f"Expected memory {memory.name} to have fully defined inner dims, but saw shape: {memory.shape}"
        )
    if lengths is None:
        return memory
    mask = sequence_mask(lengths, maxlen=shape_ops.shape(memory)[1], dtype=memory.dtype)
    ndims = memory.shape.ndims if memory.shape.ndims is not None else size_ops.rank(memory)
    ones = fill.ones(ndims - 2, dtypes.int32)
    return memory * reshape.reshape(mask, concat.concat((shape_ops.shape(mask), ones), 0))


class LuongAttention(_Attention):
    """Attention by the product of query and keys.

    Source: Luong et al., Effective approaches to attention-based neural machine translation (2015).

    Args:
        num_units: the depth of keys and queries.
        memory: the steps to look at, a tensor of shape [batch, time, depth].
        memory_sequence_length: the number of steps of each memory, or None.
        scale: multiply the scores by a variable.
        probability_fn: makes weights of scores, by default softmax.
        score_mask_value: the score of steps that are not there, by default -inf.
        dtype: the type of the variables, by default float32.
        custom_key_value_fn: a function of keys and values that returns others.
        name: the name scope.

    Raises:
        ValueError: if the depth of the memory is not known; in a call, if the query has another depth than the keys.

    Example:
        >>> attention = tf.contrib.seq2seq.LuongAttention(4, tf.ones([2, 7, 3]))
        >>> weights, _ = attention(tf.ones([2, 4]), None)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(weights.shape, sess.run(tf.reduce_sum(weights, 1)))
        (2, 7) [1. 1.]
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        probability_fn: Callable | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable | None = None,
        name: str = "LuongAttention",
    ):
        layer = Dense(num_units, name="memory_layer", use_bias=False, dtype=dtype or dtypes.float32)
        super().__init__(
            None, layer, memory, memory_sequence_length, probability_fn, score_mask_value, custom_key_value_fn, name
        )
        self._scale = scale

    def _scores(self, query: Any) -> Tensor:
        with variable_scope(None, "luong_attention", [query]):
            factor = None
            if self._scale:
                factor = get_variable("attention_g", [], query.dtype, ones_initializer)
            depth, units = query.shape[-1], self._keys.shape[-1]
            if depth != units:
                raise ValueError(
                    "Incompatible or unknown inner dimensions between query and keys.  "
                    f"Query ({query}) has units: {depth}.  Keys ({self._keys}) have units: {units}.  "
                    f"Perhaps you need to set num_units to the keys' dimension ({units})?"
                )
            scores: Any = matmul.matmul(expand_dims.expand_dims(query, 1), self._keys, transpose_b=True)
            scores = expand_dims.squeeze(scores, [1])
            return scores if factor is None else factor * scores


class BahdanauAttention(_Attention):
    """Attention by a layer of tanh over the sum of query and keys.

    Source: Bahdanau et al., Neural machine translation by jointly learning to align and translate (2014).

    Args:
        num_units: the size of that layer.
        memory: the steps to look at, a tensor of shape [batch, time, depth].
        memory_sequence_length: the number of steps of each memory, or None.
        normalize: normalize the weights of that layer, and add a bias.
        probability_fn: makes weights of scores, by default softmax.
        score_mask_value: the score of steps that are not there, by default -inf.
        dtype: the type of the variables, by default float32.
        custom_key_value_fn: a function of keys and values that returns others.
        name: the name scope.

    Raises:
        ValueError: if the depth of the memory is not known.

    Example:
        >>> attention = tf.contrib.seq2seq.BahdanauAttention(4, tf.ones([2, 7, 3]), [7, 5])
        >>> weights, _ = attention(tf.ones([2, 6]), None)
        >>> sess.run(tf.global_variables_initializer())
        >>> print((sess.run(weights) > 0).sum(axis=1))
        [7 5]
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        probability_fn: Callable | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable | None = None,
        name: str = "BahdanauAttention",
    ):
        query_layer, layer = (
            Dense(num_units, name=each, use_bias=False, dtype=dtype or dtypes.float32)
            for each in ("query_layer", "memory_layer")
        )
        super().__init__(
            query_layer,
            layer,
            memory,
            memory_sequence_length,
            probability_fn,
            score_mask_value,
            custom_key_value_fn,
            name,
        )
        self._num_units, self._normalize = num_units, normalize

    def _scores(self, query: Any) -> Tensor:
        with variable_scope(None, "bahdanau_attention", [query]):
            query_layer: Any = self._query_layer
            processed = query_layer(query)
            vector: Any = get_variable("attention_v", [self._num_units], query.dtype)
            if not self._normalize:
                processed = expand_dims.expand_dims(processed, 1)
                return reductions.reduce_sum(vector * hyperbolic.tanh(self._keys + processed), [2])
            initializer = constant_initializer(math.sqrt(1.0 / self._num_units))
            factor = get_variable("attention_g", [], query.dtype, initializer)
            bias = get_variable("attention_b", [self._num_units], query.dtype, zeros_initializer())
            processed = expand_dims.expand_dims(processed, 1)
            scaled = factor * vector
            scaled = scaled * reciprocal.rsqrt(reductions.reduce_sum(powers.square(vector)))
            return reductions.reduce_sum(scaled * hyperbolic.tanh(self._keys + processed + bias), [2])


def hardmax(logits: Any, name: str | None = None) -> Tensor:
    """Return 1 for the largest logit of each row, and 0 for the others.

    Args:
        logits: a tensor; the classes lie along its last axis.
        name: the name scope.

    Example:
        >>> print(sess.run(tf.contrib.seq2seq.hardmax([[0.1, 0.9, 0.3]])))
        [[0. 1. 0.]]
    """
    with atomic_scope(name, "Hardmax", [logits]):
        logits = convert_to_tensor(logits, name="logits")
        static = logits.shape[-1].value
        depth = shape_ops.shape(logits)[-1] if static is None else static
        return one_hot.one_hot(reduce_max_min.argmax(logits, -1), depth, dtype=logits.dtype)
