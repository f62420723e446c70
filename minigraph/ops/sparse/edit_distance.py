"""`edit_distance`: how many insertions, deletions and changes make one sequence of another."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape
from minigraph.graph.sparse_tensor import as_sparse, is_sparse
from minigraph.ops.sparse.indices import check_parts

__all__ = ["edit_distance"]


class EditDistance(OpDef):
    """The Levenshtein distance of the sequences along the last axis of two sparse tensors."""

    normalize: bool = True

    inputs = (
        *("hypothesis_indices: int64", "hypothesis_values: T", "hypothesis_shape: int64"),
        *("truth_indices: int64", "truth_values: T", "truth_shape: int64"),
    )
    outputs = ("float32",)
    static_inputs = (2, 5)

    def shape(self, h_indices, h_values, h_shape, t_indices, t_values, t_shape):
        if h_shape.value is None or t_shape.value is None:
            return unknown_shape()
        first, second = h_shape.value.tolist(), t_shape.value.tolist()
        demand(len(first) == len(second), f"Shapes must be equal rank, but are {len(first)} and {len(second)}")
        return TensorShape.of(tuple([max(m, n) for m, n in zip(first[:-1], second[:-1])]))

    def kernel(self, xp, h_indices, h_values, h_shape, t_indices, t_values, t_shape):
        check_parts(h_indices, h_values, h_shape)
        check_parts(t_indices, t_values, t_shape)
        demand(
            len(h_shape) == len(t_shape),
            "truth_shape and hypothesis_shape must have the same rank; but are "
            f"{brackets(t_shape)} and {brackets(h_shape)}",
        )
        result = np.zeros(np.maximum(h_shape, t_shape)[:-1].tolist(), np.float32)
        found, wanted = _sequences(h_indices, h_values), _sequences(t_indices, t_values)
        for place in found.keys() | wanted.keys():
            result[place] = self._distance(found.get(place, []), wanted.get(place, []))
        return result

    def _distance(self, found: list, wanted: list) -> float:
        count = levenshtein(wanted, found)
        if not self.normalize:
            return count
        return count / len(wanted) if wanted else np.inf if found else 0.0

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def _sequences(indices: np.ndarray, values: np.ndarray) -> dict[tuple, list]:
    """Return the values along the last axis at each place of the others."""
    rows: dict[tuple, list] = {}
    for place, value in zip(map(tuple, indices[:, :-1].tolist()), values.tolist()):
        rows.setdefault(place, []).append(value)
    return rows


def levenshtein(a: list, b: list) -> int:
    """Return the least number of insertions, deletions and changes that make `b` of `a`.

    Example:
        >>> levenshtein(list("kitten"), list("sitting"))
        3
    """
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance") -> Tensor:
    """Return the Levenshtein distance of each pair of sequences.

    Args:
        hypothesis, truth: sparse tensors of one type and rank, whose sequences lie along the last axis.
        normalize: divide by the length of the truth; the distance to an empty one is infinite.
        name: the name of the node.

    Returns:
        A float32 tensor without the last axis.

    Raises:
        TypeError: if an argument is not sparse.

    Example:
        >>> found = tf.SparseTensor([[0, 0], [0, 1]], ["a", "b"], [1, 2])
        >>> print(tf.edit_distance(found, tf.SparseTensor([[0, 0], [0, 1]], ["a", "c"], [1, 2])).eval())
        [0.5]
    """
    for given, what in ((hypothesis, "Hypothesis"), (truth, "Truth")):
        if not is_sparse(given):
            raise TypeError(f"{what} must be a SparseTensor.")
    with get_default_graph().atomic():
        parts = as_sparse(hypothesis).nest_parts() + as_sparse(truth).nest_parts()
        return apply(EditDistance(normalize), *parts, name=name)
