"""Sparse tensors put aside under ids, so that queues can hold them: an id is an int64, whatever it stands for."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, scalar
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.resource import Resource
from minigraph.graph.scopes import colocate_with
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.sparse.indices import VECTOR, check_parts, matrix

__all__ = ["add_many_sparse_to_tensors_map", "add_sparse_to_tensors_map", "take_many_sparse_from_tensors_map"]

_ids = itertools.count()
_waiting: dict[int, tuple] = {}  # what has been put aside in all sessions of this process


class _Ids(Resource):
    """The ids that an operation has given out in a session, which forgets them when it is closed."""

    def __init__(self, name: str):
        super().__init__(name)
        self._given: set[int] = set()

    def put(self, *parts: np.ndarray) -> int:
        """Put the parts of a sparse tensor aside and return their id."""
        number = next(_ids)
        self._given = {each for each in self._given if each in _waiting} | {number}
        _waiting[number] = parts
        return number

    def release(self) -> None:
        """Forget what nobody has taken."""
        for number in self._given:
            _waiting.pop(number, None)


class _Add(OpDef):
    container: str = ""
    shared_name: str = ""

    inputs = ("sparse_indices: int64", "sparse_values: T", "sparse_shape: int64")
    outputs = ("int64",)
    stateful = side_effect = True

    def initial_state(self, name):
        return _Ids(name)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)

    def __eq__(self, other):  # two nodes never share what they have put aside
        return self is other

    def __hash__(self):
        return id(self)


class AddSparseToTensorsMap(_Add):
    """The id of a sparse tensor."""

    outputs = ("sparse_handle: int64",)

    shape = scalar

    def kernel(self, xp, indices, values, shape, state):
        check_parts(indices, values, shape)
        return np.int64(state.put(np.array(indices), np.array(values), np.array(shape)))


class AddManySparseToTensorsMap(_Add):
    """The ids of the parts of a sparse tensor along its first axis."""

    outputs = ("sparse_handles: int64",)

    def shape(self, indices, values, shape):
        with_rank(shape, 1)
        return VECTOR

    def kernel(self, xp, indices, values, shape, state):
        check_parts(indices, values, shape)
        rows = indices[:, 0]
        found = [
            state.put(indices[rows == i, 1:], values[rows == i], np.array(shape[1:])) for i in range(int(shape[0]))
        ]
        return np.array(found, np.int64)


class TakeManySparseFromTensorsMap(OpDef):
    """Sparse tensors put aside, stacked along a new first axis."""

    dtype_: DType
    container: str = ""
    shared_name: str = ""

    inputs = ("sparse_handles: int64",)
    outputs = ("sparse_indices: int64", "sparse_values: dtype", "sparse_shape: int64")
    side_effect = True

    def shape(self, handles):
        with_rank(handles, 1)
        return matrix(None), VECTOR, VECTOR

    def kernel(self, xp, handles):
        taken = [self._taken(number) for number in handles.tolist()]
        count = np.repeat(np.arange(len(taken)), [len(values) for _, values, _ in taken])
        indices = np.concatenate([indices for indices, _, _ in taken])
        sizes = np.max([shape for _, _, shape in taken], axis=0)
        whole = np.concatenate([[len(taken)], sizes]).astype(np.int64)
        return np.column_stack([count, indices]), np.concatenate([values for _, values, _ in taken]), whole

    @staticmethod
    def _taken(number: int) -> tuple:
        if number not in _waiting:
            raise errors.InvalidArgumentError(None, None, f"Unable to find SparseTensor: {number} in map")
        return _waiting.pop(number)

    def gradient(self, tf, dy, y, handles):
        return (None,)


def add_sparse_to_tensors_map(sparse: SparseTensor, shared_name: str = "", name: str | None = None) -> Tensor:
    """Put a sparse tensor aside and return its id, a scalar.

    Args:
        sparse: the tensor.
        shared_name: the attribute of that name.
        name: the name of the node.
    """
    return apply(AddSparseToTensorsMap("", shared_name), *sparse.nest_parts(), name=name)


def add_many_sparse_to_tensors_map(sparse: SparseTensor, shared_name: str = "", name: str | None = None) -> Tensor:
    """Put the parts of a sparse tensor along its first axis aside; return their ids, a vector."""
    return apply(AddManySparseToTensorsMap("", shared_name), *sparse.nest_parts(), name=name)


def take_many_sparse_from_tensors_map(
    map_op: Operation, handles: Any, rank: int | None = None, name: str | None = None
) -> SparseTensor:
    """Take sparse tensors that have been put aside, stacked along a new first axis.

    Args:
        map_op: the operation that puts them aside.
        handles: their ids, a vector.
        rank: the rank of the result.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if there is none with an id, or it has been taken.
    """
    definition: Any = map_op.op_def
    with colocate_with(map_op):
        kind = map_op.inputs[1].dtype.base_dtype
        taken = TakeManySparseFromTensorsMap(kind, definition.container, definition.shared_name or map_op.name)
        indices, values, shape = apply(taken, handles, name=name)
    indices.set_shape(TensorShape([None, rank]))
    shape.set_shape([rank])
    return SparseTensor(indices, values, shape)
