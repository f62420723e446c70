"""Connectionist temporal classification: the loss of labels without alignment, and its gradient."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.graph.type_lists import types
from minigraph.ops.arrays import transpose
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.arrays.stop_gradient import PreventGradient

__all__ = ["ctc_loss"]

_FUSED = (
    "Currently there is no way to take the second  derivative of ctc_loss due to the fused implementation's "
    "interaction  with tf.gradients()"
)


class CTCLoss(OpDef):
    """The negative logarithm of the probability of labels, and its gradient.

    The states of an example are its labels with a blank before, between and after them. `alpha` is the logarithm of
    the probability to reach a state by a step, `beta` that to come to the end from it.
    """

    preprocess_collapse_repeated: bool = False
    ctc_merge_repeated: bool = True
    ignore_longer_outputs_than_inputs: bool = False

    inputs = ("inputs: T", "labels_indices: int64", "labels_values: int32", "sequence_length: int32")
    outputs = ("loss: T", "gradient: T")
    allowed = {"T": types("float32 float64")}

    def shape(self, inputs, indices, values, lengths):
        logits = with_rank(inputs, 3)
        merge_sizes(with_rank(indices, 2).tuple[0], with_rank(values, 1).tuple[0])
        count = merge_sizes(logits.tuple[1], with_rank(lengths, 1).tuple[0])
        return TensorShape.of((count,)), logits

    def kernel(self, xp, inputs, indices, values, lengths):
        steps, count, classes = inputs.shape
        for i, length in enumerate(lengths.tolist()):
            demand(length <= steps, f"sequence_length({i}) <= {steps}")
        labels = self._labels(indices, values, lengths, classes)
        shifted = inputs.astype(np.float64) - inputs.max(axis=2, keepdims=True)
        log_y = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
        states = np.full((count, 2 * max(map(len, labels), default=0) + 1), classes - 1)
        for row, each in zip(states, labels):
            row[1 : 2 * len(each) : 2] = each
        sizes = np.array([2 * len(each) + 1 for each in labels], int)
        paths = _Paths(log_y, states, sizes, np.asarray(lengths), self.ctc_merge_repeated)
        return paths.loss().astype(inputs.dtype), paths.gradient().astype(inputs.dtype)

    def _labels(self, indices, values, lengths, classes) -> list[list[int]]:
        """Return the labels of each example, up to the first blank."""
        given: list[list[int]] = [[] for _ in range(len(lengths))]
        sizes = [len(given), int(indices[:, 1].max()) + 1 if len(indices) else 0]
        for i, (place, value) in enumerate(zip(indices.tolist(), values.tolist())):
            demand(
                0 <= place[0] < sizes[0],
                f"label SparseTensor is not valid: indices[{i}] = {brackets(place)} is out of bounds: need 0 <= index "
                f"< {brackets(sizes)}",
            )
            given[place[0]].append(value)
        for i, each in enumerate(given):
            demand(len(each) > 0, f"Labels length is zero in batch {i}")
        labels = [self._before_blanks(each, i, classes) for i, each in enumerate(given)]
        for i, (each, available) in enumerate(zip(labels, lengths.tolist())):
            demand(
                self.ignore_longer_outputs_than_inputs or len(each) <= available,
                f"Not enough time for target transition sequence (required: {len(each)}, available: {available}){i}You "
                "can turn this error into a warning by using the flag ignore_longer_outputs_than_inputs",
            )
        return labels

    def _before_blanks(self, given: list[int], example: int, classes: int) -> list[int]:
        """Return labels without the blanks at their end, and perhaps without repetitions."""
        if self.preprocess_collapse_repeated:
            given = [b for a, b in zip([None, *given], given) if a != b]
        found = list(itertools.takewhile(lambda label: label < classes - 1, given))
        every, seen = (",".join(map(str, each)) for each in (given, found))
        shown = f"batch: {example} num_classes: {classes} labels: {every} labels seen so far: {seen}"
        demand(
            all(label >= classes - 1 for label in given[len(found) :]),
            f"Saw a non-null label (index >= num_classes - 1) following a null label, {shown}",
        )
        text = f"All labels must be nonnegative integers, batch: {example} labels: {seen}"
        demand(all(label >= 0 for label in found), text)
        return found

    def gradient(self, tf, dy, y, inputs, indices, values, lengths):
        fixed = apply(PreventGradient(_FUSED), y[1])
        return tf.expand_dims(dy[0], -1) * fixed, None, None, None


class _Paths:
    """All alignments of the labels of a batch, by dynamic programming in float64.

    Args:
        log_y: the logarithms of the probabilities, of shape (steps, batch, classes).
        states: the class of each state, of shape (batch, states).
        sizes: the number of states of each example.
        lengths: the number of steps of each example.
        merges: True if equal labels in a row are one, unless a blank is between them.
    """

    def __init__(self, log_y: np.ndarray, states: np.ndarray, sizes: np.ndarray, lengths: np.ndarray, merges: bool):
        self.log_y, self.states, self.lengths = log_y, states, lengths
        steps, count, classes = log_y.shape
        self.emitted = log_y[:, np.arange(count)[:, None], states]  # steps, batch, states
        is_label = states != classes - 1
        self.stays = np.where(is_label & (not merges), -np.inf, 0.0)
        skips = np.full(states.shape, -np.inf)  # from the label before, without a blank between them
        may = is_label[:, 2:] & ~(merges & (states[:, 2:] == states[:, :-2]))
        skips[:, 2:][may] = 0.0
        self.skips = skips
        at = np.arange(states.shape[1])
        self.first = np.where(at < np.minimum(sizes, 2)[:, None], 0.0, -np.inf)
        self.last = np.where((at < sizes[:, None]) & (at >= sizes[:, None] - 2), 0.0, -np.inf)
        self.alpha, self.beta = self._forward(steps), self._backward(steps)
        with np.errstate(invalid="ignore"):
            both = self.alpha[:1] + self.beta[:1]
        self.log_p = np.logaddexp.reduce(both, axis=2)[0] if steps else np.zeros(count)

    def _forward(self, steps: int) -> np.ndarray:
        alpha = np.full((steps, *self.states.shape), -np.inf)
        for t in range(steps):
            if not t:
                alpha[t] = self.first + self.emitted[t]
                continue
            before = alpha[t - 1]
            reached = before + self.stays
            reached[:, 1:] = np.logaddexp(reached[:, 1:], before[:, :-1])
            reached[:, 2:] = np.logaddexp(reached[:, 2:], before[:, :-2] + self.skips[:, 2:])
            alpha[t] = reached + self.emitted[t]
        return alpha

    def _backward(self, steps: int) -> np.ndarray:
        beta = np.full((steps, *self.states.shape), -np.inf)
        for t in range(steps - 1, -1, -1):
            if t < steps - 1:
                after = beta[t + 1] + self.emitted[t + 1]
                left = after + self.stays
                left[:, :-1] = np.logaddexp(left[:, :-1], after[:, 1:])
                left[:, :-2] = np.logaddexp(left[:, :-2], after[:, 2:] + self.skips[:, 2:])
                beta[t] = left
            ends = self.lengths == t + 1
            beta[t][ends] = self.last[ends]
        return beta

    def loss(self) -> np.ndarray:
        """Return the loss of each example, 0 for one without steps."""
        return np.where(self.lengths > 0, -self.log_p, 0.0)

    def gradient(self) -> np.ndarray:
        """Return the derivatives by the logits; where no alignment is possible, the probabilities."""
        steps, count, _ = self.log_y.shape
        y = np.exp(self.log_y)
        reachable = np.isfinite(self.log_p)
        shares = np.exp(self.alpha + self.beta - np.where(reachable, self.log_p, 0.0)[:, None])
        at = np.arange(steps)[:, None, None], np.arange(count)[:, None], self.states
        taken = np.zeros_like(y)
        np.add.at(taken, at, np.where(reachable[:, None], shares, 0.0))
        return np.where((np.arange(steps)[:, None] < self.lengths)[:, :, None], y - taken, 0.0)


def ctc_loss(
    labels: SparseTensor,
    inputs: Any = None,
    sequence_length: Any = None,
    preprocess_collapse_repeated: bool = False,
    ctc_merge_repeated: bool = True,
    ignore_longer_outputs_than_inputs: bool = False,
    time_major: bool = True,
    logits: Any = None,
) -> Tensor:
    """Return the loss of labels whose alignment with the steps of the logits is not known.

    Args:
        labels: a sparse int32 matrix, with the labels of an example in its row.
        inputs: the logits, of shape (steps, batch, classes); the last class is the blank.
        sequence_length: the number of steps of each example, int32.
        preprocess_collapse_repeated: make equal labels in a row one, first.
        ctc_merge_repeated: equal labels in a row of an alignment are one, unless a blank is between them.
        ignore_longer_outputs_than_inputs: an example with more labels than steps has an infinite loss, which is no
            error.
        time_major: False if the logits are of shape (batch, steps, classes).
        logits: another name of `inputs`.

    Returns:
        The loss of each example, a vector of the type of the logits. Its gradient cannot be differentiated.

    Raises:
        TypeError: if the labels are not sparse.
        InvalidArgumentError: in a run, if an example has no label, a negative one, or more labels than steps.

    Example:
        >>> labels = tf.SparseTensor([[0, 0]], tf.constant([0]), [1, 1])
        >>> print(tf.nn.ctc_loss(labels, tf.zeros([2, 1, 2]), [2]).eval())  # three of four alignments: -log(3 / 4)
        [0.2876821]
    """
    if not isinstance(labels, SparseTensor):
        raise TypeError("Expected labels (first argument) to be a SparseTensor")
    values = either("logits", logits, "inputs", inputs)
    options = preprocess_collapse_repeated, ctc_merge_repeated, ignore_longer_outputs_than_inputs
    with get_default_graph().atomic():
        values = values if time_major else transpose.transpose(values, [1, 0, 2])
        return apply(CTCLoss(*options), values, labels.indices, labels.values, sequence_length)[0]
