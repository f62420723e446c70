"""The score of a sequence of tags in a linear chain, and its log-likelihood among all sequences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops import namespace as ops
from minigraph.rnn.cells_base import RNNCell
from minigraph.rnn.dynamic_rnn import dynamic_rnn
from minigraph.variables.get_variable import get_variable

__all__ = [
    "CrfForwardRnnCell",
    "TransitionCell",
    "crf_binary_score",
    "crf_log_likelihood",
    "crf_log_norm",
    "crf_multitag_sequence_score",
    "crf_sequence_score",
    "crf_unary_score",
    "for_one_step_or_more",
    "steps_less_one",
]


def for_one_step_or_more(inputs: Any, of_one: Callable, of_more: Callable) -> Any:
    """Return what one of two functions gives: for sequences of one step, or longer ones; a conditional if unknown."""
    with get_default_graph().atomic():
        steps = inputs.shape[1].value or ops.shape(inputs)[1]
        return ops.smart_cond(ops.equal(steps, 1), of_one, of_more)


def steps_less_one(lengths: Any) -> Any:
    """Return lengths less one, at least 0."""
    return ops.maximum(ops.constant(0, dtype=lengths.dtype), lengths - 1)


def _zero_without_steps(values: Any, lengths: Any) -> Tensor:
    return ops.where(ops.less_equal(lengths, 0), ops.zeros_like(values), values)


def crf_sequence_score(inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Tensor:
    """Return the score of each sequence of tags, not normalized.

    Args:
        inputs: the scores of tags, of shape [batch, time, tags].
        tag_indices: the tags, integers of shape [batch, time].
        sequence_lengths: the true lengths, integers of shape [batch].
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Returns:
        A vector of `batch` scores.

    Example:
        >>> inputs, tags = tf.constant([[[1.0, 2.0], [3.0, 4.0]]]), tf.constant([[0, 1]])
        >>> transitions = tf.constant([[0.0, 0.5], [0.0, 0.0]])
        >>> score = tf.contrib.crf.crf_sequence_score(inputs, tags, tf.constant([2]), transitions)
        >>> print(sess.run(score))  # 1 + 4 + 0.5
        [5.5]
    """

    def of_one() -> Any:
        batch = ops.shape(inputs, out_type=tag_indices.dtype)[0]
        rows = ops.reshape(ops.range(batch, dtype=tag_indices.dtype), [-1, 1])
        found = ops.gather_nd(ops.squeeze(inputs, [1]), ops.concat([rows, tag_indices], axis=1))
        return _zero_without_steps(found, sequence_lengths)

    def of_more() -> Any:
        unary = crf_unary_score(tag_indices, sequence_lengths, inputs)
        return unary + crf_binary_score(tag_indices, sequence_lengths, transition_params)

    return for_one_step_or_more(inputs, of_one, of_more)


def crf_multitag_sequence_score(inputs: Any, tag_bitmap: Any, sequence_lengths: Any, transition_params: Any) -> Tensor:
    """Return the logarithm of the summed exponentials of the scores of all sequences that a mask allows.

    Args:
        inputs: the scores of tags, of shape [batch, time, tags].
        tag_bitmap: which tags are allowed, booleans of the same shape.
        sequence_lengths: the true lengths, integers of shape [batch].
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Returns:
        A vector of `batch` scores.

    Example:
        >>> inputs, allowed = tf.zeros([1, 2, 2]), tf.constant([[[True, False], [True, True]]])
        >>> score = tf.contrib.crf.crf_multitag_sequence_score(inputs, allowed, tf.constant([2]), tf.zeros([2, 2]))
        >>> print(sess.run(tf.exp(score)))
        [2.]
    """

    def filtered() -> Any:
        return ops.where(tag_bitmap, inputs, ops.fill(ops.shape(inputs), float("-inf")))

    return for_one_step_or_more(
        inputs,
        lambda: ops.reduce_logsumexp(filtered(), axis=[1, 2], keepdims=False),
        lambda: crf_log_norm(filtered(), sequence_lengths, transition_params),
    )


def crf_log_norm(inputs: Any, sequence_lengths: Any, transition_params: Any) -> Tensor:
    """Return the logarithm of the normalization: of the summed exponentials of the scores of all sequences of tags.

    Args:
        inputs: the scores of tags, of shape [batch, time, tags].
        sequence_lengths: the true lengths, integers of shape [batch].
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Returns:
        A vector of `batch` numbers.

    Example:
        >>> norm = tf.contrib.crf.crf_log_norm(tf.zeros([1, 3, 2]), tf.constant([3]), tf.zeros([2, 2]))
        >>> print(sess.run(tf.exp(norm)).round(3))  # 2 ** 3 sequences
        [8.]
    """
    with get_default_graph().atomic():
        first = ops.squeeze(ops.slice(inputs, [0, 0, 0], [-1, 1, -1]), [1])

        def of_one() -> Any:
            return _zero_without_steps(ops.reduce_logsumexp(first, [1]), sequence_lengths)

        def of_more() -> Any:
            rest = ops.slice(inputs, [0, 1, 0], [-1, -1, -1])
            cell = CrfForwardRnnCell(transition_params)
            lengths = steps_less_one(sequence_lengths)
            _, alphas = dynamic_rnn(cell, rest, lengths, initial_state=first, dtype=dtypes.float32)
            return _zero_without_steps(ops.reduce_logsumexp(alphas, [1]), sequence_lengths)

        return for_one_step_or_more(inputs, of_one, of_more)


def crf_log_likelihood(inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any = None) -> tuple:
    """Return the log-likelihood of each sequence of tags, and the scores of transitions.

    Args:
        inputs: the scores of tags, of shape [batch, time, tags]; `tags` must be known.
        tag_indices: the tags, integers of shape [batch, time].
        sequence_lengths: the true lengths, integers of shape [batch].
        transition_params: the scores of a tag after another, of shape [tags, tags]; by default a variable
            "transitions".

    Returns:
        A vector of `batch` log-likelihoods; the transitions.

    Example:
        >>> likelihood, transitions = tf.contrib.crf.crf_log_likelihood(
        ...     tf.zeros([1, 2, 3]), tf.constant([[0, 1]]), tf.constant([2]), tf.zeros([3, 3]))
        >>> print(sess.run(tf.exp(likelihood)).round(4))
        [0.1111]
    """
    with get_default_graph().atomic():
        tags = inputs.shape[2].value
        if transition_params is None:
            transition_params = get_variable("transitions", [tags, tags])
        scores = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
        return scores - crf_log_norm(inputs, sequence_lengths, transition_params), transition_params


def crf_unary_score(tag_indices: Any, sequence_lengths: Any, inputs: Any) -> Tensor:
    """Return the sum of the scores of the tags of each sequence.

    Args:
        tag_indices: the tags, integers of shape [batch, time].
        sequence_lengths: the true lengths, integers of shape [batch].
        inputs: the scores of tags, of shape [batch, time, tags].

    Returns:
        A vector of `batch` scores.

    Example:
        >>> inputs = tf.constant([[[1.0, 2.0], [3.0, 4.0]]])
        >>> print(sess.run(tf.contrib.crf.crf_unary_score(tf.constant([[0, 1]]), tf.constant([2]), inputs)))
        [5.]
    """
    with get_default_graph().atomic():
        batch, steps, tags = (ops.shape(inputs)[i] for i in range(3))
        flat = ops.reshape(inputs, [-1])
        offsets: Any = ops.expand_dims(ops.range(batch) * steps * tags, 1)
        offsets += ops.expand_dims(ops.range(steps) * tags, 0)
        if tag_indices.dtype == dtypes.int64:
            offsets = ops.cast(offsets, dtypes.int64)
        positions = ops.reshape(offsets + tag_indices, [-1])
        scores: Any = ops.reshape(ops.gather(flat, positions), [batch, steps])
        return ops.reduce_sum(scores * _inside(tag_indices, sequence_lengths), 1)


def crf_binary_score(tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Tensor:
    """Return the sum of the scores of the transitions of each sequence.

    Args:
        tag_indices: the tags, integers of shape [batch, time].
        sequence_lengths: the true lengths, integers of shape [batch].
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Returns:
        A vector of `batch` scores.

    Example:
        >>> transitions = tf.constant([[0.0, 0.5], [0.25, 0.0]])
        >>> print(sess.run(tf.contrib.crf.crf_binary_score(tf.constant([[0, 1, 0]]), tf.constant([3]), transitions)))
        [0.75]
    """
    with get_default_graph().atomic():
        transition_params = convert_to_tensor(transition_params)
        tags = transition_params.shape[0]
        count = ops.shape(tag_indices)[1] - 1
        before: Any = ops.slice(tag_indices, [0, 0], [-1, count])
        after = ops.slice(tag_indices, [0, 1], [-1, count])
        positions = before * tags + after
        scores: Any = ops.gather(ops.reshape(transition_params, [-1]), positions)
        inside = ops.slice(_inside(tag_indices, sequence_lengths), [0, 1], [-1, -1])
        return ops.reduce_sum(scores * inside, 1)


def _inside(tag_indices: Any, lengths: Any) -> Tensor:
    """Return 1.0 for the steps of a sequence, and 0.0 after them."""
    return ops.sequence_mask(lengths, maxlen=ops.shape(tag_indices)[1], dtype=dtypes.float32)


class TransitionCell(RNNCell):
    """Base: a cell whose state is a number for each tag, and that knows the scores of a tag after another."""

    def __init__(self, transition_params: Any):
        super().__init__()
        transition_params = convert_to_tensor(transition_params)
        self._transition_params: Any = ops.expand_dims(transition_params, 0)
        self._num_tags = transition_params.shape[0].value

    @property
    def state_size(self) -> Any:
        return self._num_tags

    @property
    def output_size(self) -> Any:
        return self._num_tags


class CrfForwardRnnCell(TransitionCell):
    """The forward algorithm as a cell: its state is, for each tag, the logarithm of the sum over what leads there.

    Args:
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Example:
        >>> cell = tf.contrib.crf.CrfForwardRnnCell(tf.zeros([2, 2]))
        >>> _, state = cell(tf.zeros([1, 2]), tf.zeros([1, 2]))
        >>> print(sess.run(tf.exp(state)))
        [[2. 2.]]
    """

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple:
        """Return the new state twice: as the output and as the state."""
        with get_default_graph().atomic():
            scores = ops.expand_dims(state, 2) + self._transition_params
            alphas = inputs + ops.reduce_logsumexp(scores, [1])
            return alphas, alphas
