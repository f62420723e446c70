"""Connectionist temporal classification: the most probable labels, by the best path or by a beam search."""

from __future__ import annotations

import heapq
import itertools
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.graph.type_lists import types
from minigraph.ops.rows.sparse_parts import sparse_parts

__all__ = ["ctc_beam_search_decoder", "ctc_beam_search_decoder_v2", "ctc_greedy_decoder"]

_KINDS = TensorShape.of((None, 2)), TensorShape.of((None,)), TensorShape.of((2,))


class _Decoder(OpDef):
    """Base: the labels of each example, as the parts of sparse matrices."""

    inputs = ("inputs: T", "sequence_length: int32")
    allowed = {"T": types("float32 float64")}

    def dtype(self, inputs, lengths):
        kinds = dtypes.int64, dtypes.int64, dtypes.int64
        return (*[kind for kind in kinds for _ in range(self._paths())], inputs)

    def shape(self, inputs, lengths):
        count = merge_sizes(with_rank(inputs, 3).tuple[1], with_rank(lengths, 1).tuple[0])
        return (*[kind for kind in _KINDS for _ in range(self._paths())], TensorShape.of((count, self._paths())))

    def _paths(self) -> int:
        return 1

    def kernel(self, xp, inputs, lengths):
        steps = len(inputs)
        for i, length in enumerate(lengths.tolist()):
            if length > steps:
                raise errors.FailedPreconditionError(None, None, f"sequence_length({i}) <= {steps}")
        found = [self._decoded(inputs[:length, i], i) for i, length in enumerate(lengths.tolist())]
        scores = np.array([[score for _, score in paths] for paths in found], inputs.dtype)
        parts = [sparse_parts([paths[k][0] for paths in found]) for k in range(self._paths())]
        return (*[part[j] for j in range(3) for part in parts], scores.reshape(len(found), self._paths()))

    def _decoded(self, logits: np.ndarray, example: int) -> list[tuple[list[int], float]]:
        """Return the paths of an example, each with its score."""
        raise NotImplementedError

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class CTCGreedyDecoder(_Decoder):
    """The most probable class of each step, without blanks."""

    outputs = ("decoded_indices: int64", "decoded_values: int64", "decoded_shape: int64", "log_probability: T")

    merge_repeated: bool = False

    def _decoded(self, logits, example):
        best = logits.argmax(axis=1).tolist()
        blank = logits.shape[1] - 1
        labels = [
            label
            for before, label in zip([None, *best], best)
            if label != blank and not (self.merge_repeated and label == before)
        ]
        return [(labels, -float(logits.max(axis=1).sum()))]


class CTCBeamSearchDecoder(_Decoder):
    """The most probable labels that a beam search finds."""

    outputs = (
        "top_paths * decoded_indices: int64",
        "top_paths * decoded_values: int64",
        "top_paths * decoded_shape: int64",
        "log_probability: T",
    )

    beam_width: int
    top_paths: int
    merge_repeated: bool = True

    minimum = {"beam_width": 1, "top_paths": 1}

    def _paths(self):
        return self.top_paths

    def _decoded(self, logits, example):
        shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
        leaves = _search(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), self.beam_width)
        demand(self.top_paths <= self.beam_width, "requested more paths than the beam width.")
        demand(self.top_paths <= len(leaves), "Less leaves in the beam search than requested.")
        return [(leaf.labels(self.merge_repeated), leaf.total) for leaf in leaves[: self.top_paths]]


class _Leaf:
    """A prefix: the logarithms of its probabilities to end in a blank and in its label, after a step and before it."""

    __slots__ = ("parent", "label", "children", "blank", "ending", "total", "old_blank", "old_total")

    def __init__(self, parent: _Leaf | None = None, label: int = -1):
        self.parent, self.label = parent, label
        self.children: dict[int, _Leaf] = {}
        self.old_blank = self.old_total = -np.inf
        self.drop()

    def drop(self) -> None:
        """Take the prefix out of the beam."""
        self.blank = self.ending = self.total = -np.inf

    def labels(self, merges: bool) -> list[int]:
        """Return the labels of the prefix, equal ones in a row as one if `merges` is True."""
        found: list[int] = []
        leaf, before = self, -1
        while leaf.parent is not None:
            if not merges or leaf.label != before:
                found.append(leaf.label)
            leaf, before = leaf.parent, leaf.label
        return found[::-1]


def _search(log_y: np.ndarray, width: int) -> list[_Leaf]:
    """Return the leaves of a beam search, the most probable first."""
    root = _Leaf()
    root.blank = root.total = 0.0
    leaves, ties = [root], itertools.count()
    for row in log_y.tolist():
        for leaf in leaves:
            leaf.old_blank, leaf.old_total = leaf.blank, leaf.total
        for leaf in leaves:
            _advance(leaf, row)
        heap = [(leaf.total, -next(ties), leaf) for leaf in leaves]
        heapq.heapify(heap)
        for leaf in leaves:
            if leaf.old_total > _least(heap, width):
                _grow(leaf, row, heap, width, ties)
        leaves = [entry[2] for entry in sorted(heap, key=lambda entry: entry[:2], reverse=True)]
    return leaves


def _advance(leaf: _Leaf, row: list[float]) -> None:
    """Give a leaf the probabilities after a further step."""
    parent = leaf.parent
    if parent is not None:
        if parent.total != -np.inf:
            before = parent.old_blank if leaf.label == parent.label else parent.old_total
            leaf.ending = np.logaddexp(leaf.ending, before)
        leaf.ending += row[leaf.label]
    leaf.blank = leaf.old_total + row[-1]
    leaf.total = float(np.logaddexp(leaf.blank, leaf.ending))


def _grow(leaf: _Leaf, row: list[float], heap: list, width: int, ties: Any) -> None:
    """Add the leaves with one more label that are probable enough."""
    for label, score in enumerate(row[:-1]):
        child = leaf.children.get(label)
        if child is not None and child.total != -np.inf:
            continue
        total = score + (leaf.old_blank if label == leaf.label else leaf.old_total)
        if total > _least(heap, width):
            child = leaf.children.setdefault(label, _Leaf(leaf, label))
            child.blank, child.ending, child.total = -np.inf, total, total
            entry = total, -next(ties), child
            if len(heap) == width:
                heapq.heappushpop(heap, entry)[2].drop()
            else:
                heapq.heappush(heap, entry)
        elif child is not None:  # it has been dropped, perhaps just now: it does not grow any more, as in TF1
            child.old_blank = child.old_total = -np.inf


def _least(heap: list, width: int) -> float:
    """Return the probability that a leaf must exceed to be in the beam."""
    return heap[0][0] if len(heap) == width else -np.inf


def ctc_greedy_decoder(
    inputs: Any, sequence_length: Any, merge_repeated: bool = True
) -> tuple[list[SparseTensor], Tensor]:
    """Return the labels of the most probable path of each example.

    Args:
        inputs: the logits, of shape (steps, batch, classes); the last class is the blank.
        sequence_length: the number of steps of each example, int32.
        merge_repeated: equal labels in a row are one, unless a blank is between them.

    Returns:
        A list of one sparse int64 matrix, with the labels of an example in its row; and the negated sum of the largest
        logits, of shape (batch, 1).

    Example:
        >>> logits = tf.constant([[[5.0, 0.0]], [[5.0, 0.0]], [[0.0, 5.0]], [[5.0, 0.0]]])
        >>> print(sess.run(tf.nn.ctc_greedy_decoder(logits, [4]))[0][0].values)
        [0 0]
    """
    return _decoder(CTCGreedyDecoder(merge_repeated), inputs, sequence_length)


def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1, merge_repeated: bool = True
) -> tuple[list[SparseTensor], Tensor]:
    """Return the most probable labels of each example that a beam search finds.

    Args:
        inputs: the logits, of shape (steps, batch, classes); the last class is the blank.
        sequence_length: the number of steps of each example, int32.
        beam_width: the number of prefixes that are kept.
        top_paths: the number of results, the most probable first.
        merge_repeated: make equal labels in a row of a result one; `ctc_beam_search_decoder_v2` does not.

    Returns:
        A list of `top_paths` sparse int64 matrices, with the labels of an example in its row; and the logarithms of
        their probabilities, of shape (batch, top_paths).

    Raises:
        InvalidArgumentError: in a run, if there are fewer results than `top_paths`.

    Example:
        >>> found, score = tf.nn.ctc_beam_search_decoder(tf.zeros([2, 1, 2]), [2])
        >>> print(sess.run([found[0].values, score]))
        [array([0]), array([[-0.2876821]], dtype=float32)]
    """
    return _decoder(CTCBeamSearchDecoder(beam_width, top_paths, merge_repeated), inputs, sequence_length)


def ctc_beam_search_decoder_v2(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1
) -> tuple[list[SparseTensor], Tensor]:
    """Return the most probable labels, equal ones in a row included; see `ctc_beam_search_decoder`."""
    return ctc_beam_search_decoder(inputs, sequence_length, beam_width, top_paths, merge_repeated=False)


def _decoder(definition: _Decoder, inputs: Any, lengths: Any) -> tuple[list[SparseTensor], Tensor]:
    with get_default_graph().atomic():
        *parts, scores = apply(definition, inputs, lengths)
        count = len(parts) // 3
        return [SparseTensor(*parts[i::count]) for i in range(count)], scores
