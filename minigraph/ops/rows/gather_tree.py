"""`gather_tree`: the sequences of a beam search, from the ids and parents of its steps."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import brackets

__all__ = ["gather_tree"]


class GatherTree(OpDef):
    """The sequence that ends in each beam, read from its last step backwards."""

    inputs = ("step_ids: T", "parent_ids: T", "max_sequence_lengths: int32", "end_token: T")
    allowed = {"T": (dtypes.int32,)}
    gradient = no_gradient

    def shape(self, step_ids, parent_ids, max_sequence_lengths, end_token):
        merge_sizes(with_rank(step_ids, 3).tuple[1], with_rank(max_sequence_lengths, 1).tuple[0])
        with_rank(end_token, 0)
        return step_ids.merge_with(with_rank(parent_ids, 3))

    def kernel(self, xp, step_ids, parent_ids, max_sequence_lengths, end_token):
        ids, parents = np.asarray(step_ids), np.asarray(parent_ids)
        lengths = np.asarray(max_sequence_lengths)
        demand(ids.ndim == 3, f"step_ids must be a 3-tensor, saw shape: {brackets(ids.shape)}")
        demand(
            parents.shape == ids.shape,
            f"parent_ids shape must match step_ids shape, but saw shapes: {brackets(parents.shape)} vs. "
            f"{brackets(ids.shape)}",
        )
        steps, batch, beams = ids.shape
        result = np.full(ids.shape, end_token, ids.dtype)
        rows = np.arange(batch)[:, None]
        lengths = np.minimum(lengths, steps)
        at = np.tile(np.arange(beams), (batch, 1))  # which beam of the step a sequence came through
        for step in range(steps - 1, -1, -1):
            inside = lengths > step
            result[step][inside] = ids[step][rows, at][inside]
            parent = parents[step][rows, at]
            _check_parents(parent[inside] if step else parent[:0], beams)
            at = np.where(inside[:, None], parent, at) if step else at
        ended = np.cumsum(result == end_token, axis=0) > 0
        return np.where(ended, np.asarray(end_token, ids.dtype), result)


def _check_parents(parents: np.ndarray, beams: int) -> None:
    wrong = parents[(parents < 0) | (parents >= beams)]
    demand(not wrong.size, f"Saw invalid parent id {wrong[0] if wrong.size else ''}, which is not below {beams} beams")


def gather_tree(
    step_ids: Any, parent_ids: Any, max_sequence_lengths: Any, end_token: Any, name: str | None = None
) -> Tensor:
    """Return the sequence of ids that leads to each beam of the last step of a beam search.

    Args:
        step_ids: int32 ids of shape [time, batch, beams].
        parent_ids: the beam of the step before from which each came; of the same shape.
        max_sequence_lengths: int32, the length of the longest sequence of each search, of shape [batch].
        end_token: an int32 scalar. All ids after the first `end_token` of a sequence are `end_token` too.
        name: the name of the node.

    Returns:
        An int32 tensor of shape [time, batch, beams].

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, if a parent is not a beam.

    Example:
        >>> ids, parents = [[[1, 2]], [[3, 4]], [[5, 6]]], [[[0, 0]], [[1, 0]], [[1, 0]]]
        >>> print(sess.run(tf.contrib.seq2seq.gather_tree(ids, parents, [3], 0))[:, 0].T.tolist())
        [[1, 4, 5], [2, 3, 6]]
    """
    return apply(GatherTree(), step_ids, parent_ids, max_sequence_lengths, end_token, name=name)
