"""Operations on resource variables: handles, reads that are snapshots, and assignments.

A handle's edge carries the cell, as a ref's does. An input `"resource: &resource"` takes the cell itself,
`"resource: resource"` its value when the operation runs.
"""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.handles import named_by, value_shape
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef, no_gradient, scalar
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, with_rank_at_least
from minigraph.graph.shapes import TensorShape, as_shape, brackets
from minigraph.graph.variable_cell import Cell
from minigraph.ops.arrays import constant, fill, filled_like, shape_ops
from minigraph.ops.rows import gather

__all__ = ["handle_op", "read", "variable_shape", "shape_of", "zeros_of"]


_MISSING = (
    "Error while reading resource variable {0} from Container: localhost. This could mean that the variable "
    "was uninitialized. Not found: Resource localhost/{0}/N10tensorflow3VarE does not exist."
)


class VarHandleOp(OpDef):
    """The handle of a resource variable."""

    dtype_: DType
    shape_: TensorShape
    container: str = ""
    shared_name: str = ""

    outputs = ("resource: resource",)
    stateful = True
    gradient = no_gradient
    shape = scalar

    def initial_state(self, name):
        return Cell(name, tuple(self.shape_.as_list()) if self.shape_.is_fully_defined() else None, None, _MISSING)

    def kernel(self, xp, state):
        return state


class VarIsInitializedOp(OpDef):
    """True if the variable has a value."""

    inputs = ("resource: &resource",)
    outputs = ("is_initialized: bool",)
    side_effect = True  # looks at the cell when it runs
    gradient = no_gradient
    shape = scalar

    def kernel(self, xp, resource):
        return np.bool_(resource.value is not None)


class ReadVariableOp(OpDef):
    """The value of a variable when this operation runs: a copy, which later writes do not change."""

    dtype_: DType

    inputs = ("resource: resource",)
    outputs = ("value: dtype",)
    has_state = True

    def shape(self, resource):
        return resource

    def kernel(self, xp, resource):
        return resource  # the engine copies memory returned by an operation that does not declare `forwards`

    def gradient(self, tf, dy, y, resource):
        return dy


class VariableShape(OpDef):
    """The shape of a variable's value."""

    out_type: DType = dtypes.int32

    inputs = ("input: resource",)
    outputs = ("out_type",)
    has_state = True
    allowed = {"out_type": dtypes.INDICES}
    gradient = no_gradient

    def shape(self, input):
        return TensorShape.of((input.ndims,))

    def kernel(self, xp, input):
        return np.array(np.shape(input), self.out_type.as_numpy_dtype)


class AssignVariableOp(OpDef):
    """variable = value, of any shape"""

    inputs = ("resource: &resource", "value: dtype")
    outputs = ()
    writes = (0,)
    validate_shape = False  # for the engine; not an attribute of the node

    def shape(self, resource, value):
        merge(resource, value)
        return TensorShape.of(())

    def update(self, xp, resource, value):
        return value


class _AssignUpdateVariableOp(OpDef):
    inputs = ("resource: &resource", "value: dtype")
    outputs = ()
    allowed = {"dtype": dtypes.NUMBERS}
    reads = writes = (0,)
    elementwise = True
    function: ClassVar[str]

    def shape(self, resource, value):
        merge(resource, value)
        return TensorShape.of(())

    def update(self, xp, resource, value):
        self.check(resource, value)
        return getattr(xp, self.function)(resource, value)

    @staticmethod
    def check(variable, value):
        """Raise an error for arrays of other shapes, which numpy might broadcast and an assignment must not."""
        if np.shape(variable) != np.shape(value):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Cannot update variable with shape {brackets(np.shape(variable))} using a Tensor with "
                f"shape {brackets(np.shape(value))}, shapes must be equal.",
            )


class AssignAddVariableOp(_AssignUpdateVariableOp):
    """variable += value"""

    function = "add"


class AssignSubVariableOp(_AssignUpdateVariableOp):
    """variable -= value"""

    function = "subtract"


class ResourceGather(OpDef):
    """Rows of a variable by index."""

    batch_dims: int = 0
    validate_indices: bool = True
    dtype_: DType = dtypes.float32

    inputs = ("resource: resource", "indices: Tindices")
    outputs = ("dtype",)
    has_state = True
    allowed = {"Tindices": dtypes.INDICES}

    def shape(self, resource, indices):
        return indices.concatenate(with_rank_at_least(resource, 1)[1:])

    def kernel(self, xp, resource, indices):
        gather.check_bounds(np.asarray(indices), resource.shape[0])
        return xp.take(resource, indices, axis=0)

    def gradient(self, tf, dy, y, resource, indices):
        shape = tf.variable_shape(resource)
        size = tf.expand_dims(tf.size(indices), 0)
        values = tf.reshape(dy, tf.concat([size, shape[1:]], 0))
        return IndexedSlices(values, tf.reshape(indices, size), shape), None


class ResourceGatherNd(OpDef):
    """Elements or slices of a variable by index vectors."""

    dtype_: DType

    inputs = ("resource: resource", "indices: Tindices")
    outputs = ("dtype",)
    has_state = True
    allowed = {"Tindices": dtypes.INDICES}
    shape, kernel = gather.GatherNd.shape, gather.GatherNd.kernel

    def gradient(self, tf, dy, y, resource, indices):
        shape = tf.variable_shape(resource, indices.dtype)
        if indices.shape.ndims == 2 and indices.shape.tuple[-1] == 1:
            return IndexedSlices(dy, tf.squeeze(indices, axis=-1), shape), None

        return tf.scatter_nd(indices, dy, shape), None


def handle_op(shape: Any, dtype: Any, name: str, shared_name: str) -> Tensor:
    """Add the handle of a variable without an initial value; see `tf.Variable(use_resource=True)`."""
    container = get_default_graph()._scopes.container
    return apply(VarHandleOp(dtypes.as_dtype(dtype).base_dtype, as_shape(shape), container, shared_name), name=name)


def read(handle: Tensor, dtype: DType, name: str | None = None) -> Tensor:
    """Add a read of a variable, which returns its value when the node runs."""
    return apply(ReadVariableOp(dtype), handle, name=name)


def zeros_of(x: Tensor) -> Tensor:
    """Return zeros like a tensor; for a handle, zeros like the variable's value."""
    if x.dtype is not dtypes.resource:
        return filled_like.zeros_like(x, optimize=False)
    made_by: Any = named_by(x).op.op_def
    return fill.zeros(variable_shape(x), made_by.dtype_)


def shape_of(x: Tensor) -> Tensor:
    """Return the shape of a tensor at run time; for a handle, that of the variable's value."""
    return variable_shape(x) if x.dtype is dtypes.resource else shape_ops.shape(x)


def variable_shape(handle: Tensor, out_type: DType = dtypes.int32) -> Tensor:
    """Return the shape of a variable's value at run time; a constant if it is known statically."""
    shape = value_shape(handle)
    if shape.is_fully_defined():
        return constant.constant(shape.as_list(), out_type)
    return apply(VariableShape(out_type), handle)
