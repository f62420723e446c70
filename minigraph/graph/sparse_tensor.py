"""`SparseTensor`: the elements of a tensor that are there, and their index vectors."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from minigraph.graph.constant_value import constant_value, constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype, int64
from minigraph.graph.graph import graph_of
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.session_for import session_for
from minigraph.graph.shapes import TensorShape, unknown_shape

__all__ = [
    "SparseTensor",
    "SparseTensorValue",
    "as_sparse",
    "convert_to_tensor_or_sparse_tensor",
    "is_sparse",
    "plain_shape",
]


class SparseTensorValue(NamedTuple):
    """The value of a sparse tensor: numpy arrays, as they are fetched and fed."""

    indices: Any
    values: Any
    dense_shape: Any


class SparseTensor:
    """A tensor of which only some elements are given; all others count as zero, or as missing.

    Args:
        indices: the index vectors of the elements, an int64 matrix of shape (n, rank).
        values: the elements, of shape (n,) and any type.
        dense_shape: the shape of the whole, an int64 vector of length rank.

    Raises:
        ValueError: if the shapes do not fit together.

    Example:
        >>> sparse = tf.SparseTensor(indices=[[0, 1], [2, 0]], values=[5.0, 7.0], dense_shape=[3, 2])
        >>> print(sparse.shape, sparse.dtype, sess.run(sparse).values)
        (3, 2) <dtype: 'float32'> [5. 7.]
    """

    __slots__ = ("_indices", "_values", "_dense_shape", "__weakref__")
    value_type = SparseTensorValue

    def __init__(self, indices: Any, values: Any, dense_shape: Any):
        given = [indices, values, dense_shape]
        with atomic_scope(None, "SparseTensor", given):
            self._indices = convert_to_tensor(indices, int64, name="indices")
            self._values = convert_to_tensor(values, name="values")
            self._dense_shape = convert_to_tensor(dense_shape, int64, name="dense_shape")
            graph_of([self._indices, self._values, self._dense_shape])
            index_vectors = self._indices.shape.with_rank(2)
            index_vectors[0].merge_with(self._values.shape.with_rank(1)[0])
            index_vectors[1].merge_with(self._dense_shape.shape.with_rank(1)[0])

    indices: Tensor = read_only("_indices", "The index vectors, an int64 matrix.")
    values: Tensor = read_only("_values", "The elements, a vector.")
    dense_shape: Tensor = read_only("_dense_shape", "The shape of the whole, an int64 vector.")
    dtype: Any = read_only("_values.dtype", "The type of the elements.")
    op: Operation = read_only("_values.op", "The operation that produces `values`.")
    graph: Any = read_only("_indices.graph", "The graph that holds the tensors.")

    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """Return a sparse tensor of a `SparseTensorValue`'s parts; TypeError for anything else."""
        if not is_sparse(sparse_tensor_value):
            raise TypeError(f"Neither a SparseTensor nor SparseTensorValue: {sparse_tensor_value}.")
        return cls(*[getattr(sparse_tensor_value, part) for part in SparseTensorValue._fields])

    @property
    def shape(self) -> TensorShape:
        """The static shape of the whole, as far as it is plainly constant, as in TF1."""
        return plain_shape(self._dense_shape)

    def get_shape(self) -> TensorShape:
        """Return the static shape of the whole."""
        return self.shape

    def eval(self, feed_dict: Any = None, session: Any = None) -> SparseTensorValue:
        """Return the value in a session, the default one unless one is given; ValueError if there is none."""
        return session_for(self.graph, session, "evaluate", "tensor").run(self, feed_dict)

    def consumers(self) -> list[Operation]:
        """Return the operations that take one of the tensors."""
        return list(dict.fromkeys(op for part in self.nest_parts() for op in part.consumers()))

    def nest_parts(self) -> list[Tensor]:
        """Return the tensors: what is fetched and fed for this one."""
        return [self._indices, self._values, self._dense_shape]

    def with_nest_parts(self, tensors: list[Tensor]) -> SparseTensor:
        """Return a sparse tensor made of other tensors."""
        return SparseTensor(*tensors)

    def with_values(self, values: Any) -> SparseTensor:
        """Return a sparse tensor with other elements at the same index vectors."""
        return SparseTensor(self._indices, values, self._dense_shape)

    def __str__(self) -> str:
        return f"SparseTensor(indices={self._indices}, values={self._values}, dense_shape={self._dense_shape})"


def plain_shape(sizes: Tensor) -> TensorShape:
    """Return sizes as a static shape; those that are not plainly constant are unknown."""
    if constant_value(sizes) is not None or sizes.op.type in ("Pack", "StridedSlice"):
        return constant_value_as_shape(sizes)
    if sizes.op.type != "ConcatV2":
        return unknown_shape(sizes.shape.num_elements())
    parts = [plain_shape(part) for part in sizes.op.inputs[:-1]]
    return functools.reduce(TensorShape.concatenate, parts)


def is_sparse(value: Any) -> bool:
    """Return True for a `SparseTensor` and a `SparseTensorValue`."""
    return isinstance(value, (SparseTensor, SparseTensorValue))


def as_sparse(value: Any) -> SparseTensor:
    """Return a sparse tensor as it is, a `SparseTensorValue` as one; TypeError for anything else.

    Example:
        >>> as_sparse(tf.SparseTensorValue([[3]], [1.0], [5])).shape
        TensorShape([Dimension(5)])
    """
    if isinstance(value, SparseTensorValue):
        return SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        raise TypeError(
            "Input must be a SparseTensor.\n"
            "tf.sparse.from_dense(x) makes one of a dense tensor, tf.SparseTensor(indices, values, dense_shape) of "
            "parts."
        )
    return value


def convert_to_tensor_or_sparse_tensor(value: Any, dtype: Any = None, name: str | None = None) -> Any:
    """Convert a value to a `SparseTensor` if it is sparse, else to a `Tensor`.

    Args:
        value: a sparse tensor or its value, or anything that converts to a tensor.
        dtype: the type that the elements must have.
        name: the name of the node, if one is made.

    Raises:
        RuntimeError: if the elements of a sparse tensor have another type.

    Example:
        >>> tf.convert_to_tensor_or_sparse_tensor([1, 2], name="dense")
        <tf.Tensor 'dense:0' shape=(2,) dtype=int32>
    """
    if not is_sparse(value):
        return convert_to_tensor(value, dtype, name)
    value = as_sparse(value)
    if dtype is not None and not as_dtype(dtype).is_compatible_with(value.dtype):
        raise RuntimeError(f"Sparse dtype: requested = {as_dtype(dtype).name}, actual = {value.dtype.name}")
    return value
