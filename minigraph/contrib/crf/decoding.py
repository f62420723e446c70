"""The best sequence of tags of a linear chain, by the Viterbi algorithm: in numpy, and in the graph."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.contrib.crf.likelihood import TransitionCell, for_one_step_or_more, steps_less_one
from minigraph.graph import dtypes
from minigraph.graph.default import get_default_graph
from minigraph.ops import namespace as ops
from minigraph.rnn.cells_base import RNNCell
from minigraph.rnn.dynamic_rnn import dynamic_rnn

__all__ = ["CrfDecodeBackwardRnnCell", "CrfDecodeForwardRnnCell", "crf_decode", "viterbi_decode"]


def viterbi_decode(score: Any, transition_params: Any) -> tuple:
    """Return the best sequence of tags for one sequence of scores, in numpy, outside the graph.

    Args:
        score: an array of shape [time, tags], the scores of tags.
        transition_params: an array of shape [tags, tags], the scores of a tag after another.

    Returns:
        The tags, a list of `time` integers; their score.

    Example:
        >>> import numpy as np
        >>> tags, score = tf.contrib.crf.viterbi_decode(np.array([[1.0, 0.0], [0.0, 0.1]]), np.eye(2))
        >>> print([int(tag) for tag in tags], score)
        [0, 0] 2.0
    """
    best = np.zeros_like(score)
    back = np.zeros_like(score, dtype=np.int32)
    best[0] = score[0]
    for step in range(1, score.shape[0]):
        through = best[step - 1][:, None] + transition_params
        best[step] = score[step] + np.max(through, 0)
        back[step] = np.argmax(through, 0)
    tags = [np.argmax(best[-1])]
    for pointers in back[:0:-1]:
        tags.append(pointers[tags[-1]])
    return tags[::-1], np.max(best[-1])


class CrfDecodeForwardRnnCell(TransitionCell):
    """A step of the Viterbi algorithm: the score of the best sequence to each tag, and the tag before it there.

    Args:
        transition_params: the scores of a tag after another, of shape [tags, tags].

    Example:
        >>> cell = tf.contrib.crf.CrfDecodeForwardRnnCell(tf.constant([[0.0, 1.0], [2.0, 0.0]]))
        >>> print(*[found.tolist() for found in sess.run(cell(tf.zeros([1, 2]), tf.zeros([1, 2])))])
        [[1, 0]] [[2.0, 1.0]]
    """

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple:
        """Return, for each tag, the tag before it, and the score."""
        with get_default_graph().atomic():
            scores = ops.expand_dims(state, 2) + self._transition_params
            new_state = inputs + ops.reduce_max(scores, [1])
            pointers = ops.argmax(scores, 1)
            return ops.cast(pointers, dtypes.int32), new_state


class CrfDecodeBackwardRnnCell(RNNCell):
    """A step back along the best sequence: the tag that the pointer of the tag after it names.

    Args:
        num_tags: the number of tags.

    Example:
        >>> cell = tf.contrib.crf.CrfDecodeBackwardRnnCell(3)
        >>> print(sess.run(cell(tf.constant([[2, 0, 1]]), tf.constant([[1]])))[0])
        [[0]]
    """

    def __init__(self, num_tags: int):
        super().__init__()
        self._num_tags = num_tags

    @property
    def state_size(self) -> Any:
        return 1

    @property
    def output_size(self) -> Any:
        return 1

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple:
        """Return the tags twice: as the output and as the state."""
        with get_default_graph().atomic():
            state = ops.squeeze(state, axis=[1])
            rows = ops.range(ops.shape(inputs)[0])
            tags = ops.expand_dims(ops.gather_nd(inputs, ops.stack([rows, state], axis=1)), axis=-1)
            return tags, tags


def crf_decode(potentials: Any, transition_params: Any, sequence_length: Any) -> tuple:
    """Return the best sequence of tags of each sequence of a batch.

    Args:
        potentials: the scores of tags, of shape [batch, time, tags].
        transition_params: the scores of a tag after another, of shape [tags, tags].
        sequence_length: the true lengths, integers of shape [batch].

    Returns:
        The tags, int32 of shape [batch, time], zeros behind the end of a sequence; their scores, of shape [batch].

    Example:
        >>> potentials = tf.constant([[[1.0, 0.0], [0.0, 0.1]]])
        >>> tags, score = tf.contrib.crf.crf_decode(potentials, tf.eye(2), tf.constant([2]))
        >>> print(*sess.run([tags, score]))
        [[0 0]] [2.]
    """

    def of_one() -> tuple:
        scores = ops.squeeze(potentials, [1])
        tags = ops.expand_dims(ops.argmax(scores, axis=1), 1)
        best = ops.reduce_max(scores, axis=1)
        return ops.cast(tags, dtypes.int32), best

    def of_more() -> tuple:
        cell = CrfDecodeForwardRnnCell(transition_params)
        first = ops.squeeze(ops.slice(potentials, [0, 0, 0], [-1, 1, -1]), axis=[1])
        rest = ops.slice(potentials, [0, 1, 0], [-1, -1, -1])
        lengths = steps_less_one(sequence_length)
        pointers, last = dynamic_rnn(cell, rest, lengths, initial_state=first, dtype=dtypes.int32)
        pointers = ops.reverse_sequence(pointers, lengths, seq_dim=1)
        back = CrfDecodeBackwardRnnCell(potentials.shape[2].value)
        end = ops.expand_dims(ops.cast(ops.argmax(last, axis=1), dtypes.int32), axis=-1)
        tags, _ = dynamic_rnn(back, pointers, lengths, initial_state=end, dtype=dtypes.int32)
        tags = ops.concat([end, ops.squeeze(tags, axis=[2])], axis=1)
        tags = ops.reverse_sequence(tags, sequence_length, seq_dim=1)
        return tags, ops.reduce_max(last, axis=1)

    return for_one_step_or_more(potentials, of_one, of_more)
