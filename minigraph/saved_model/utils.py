"""`tf.saved_model.utils`: tensors as `TensorInfo` messages."""

from __future__ import annotations

from typing import Any

from minigraph.graph import protos
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor

__all__ = ["build_tensor_info", "get_tensor_from_tensor_info"]


def build_tensor_info(tensor: Any) -> Any:
    """Return the `TensorInfo` message of a tensor: its name, its type and its static shape.

    Args:
        tensor: a tensor, a variable, or a `SparseTensor`, of which the message names all three.

    Raises:
        ImportError: if the package tensorboard is not installed.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 3], name="x")
        >>> info = tf.saved_model.utils.build_tensor_info(x)
        >>> info.name, info.dtype, [dim.size for dim in info.tensor_shape.dim]
        ('x:0', 1, [-1, 3])
    """
    shape = tensor.get_shape().as_proto()
    found = protos.TensorInfo(dtype=as_dtype(tensor.dtype).as_datatype_enum, tensor_shape=shape)
    if all(hasattr(tensor, part) for part in ("indices", "values", "dense_shape")):
        found.coo_sparse.values_tensor_name = tensor.values.name
        found.coo_sparse.indices_tensor_name = tensor.indices.name
        found.coo_sparse.dense_shape_tensor_name = tensor.dense_shape.name
    else:
        found.name = tensor.name
    return found


def get_tensor_from_tensor_info(
    tensor_info: Any, graph: Graph | None = None, import_scope: str | None = None
) -> Operation | Tensor:
    """Return the tensor of a graph that a `TensorInfo` message names.

    Args:
        tensor_info: the message.
        graph: the graph, by default the default graph.
        import_scope: what stands before the names in the graph.

    Raises:
        KeyError: if there is no such tensor.
        ValueError: if the message names none, or one that is not dense.

    Example:
        >>> x = tf.constant(1.0, name="x")
        >>> tf.saved_model.get_tensor_from_tensor_info(tf.saved_model.build_tensor_info(x)) is x
        True
    """
    graph = graph or get_default_graph()
    encoding = tensor_info.WhichOneof("encoding")
    if encoding != "name":
        raise ValueError(f"Invalid TensorInfo.encoding: {encoding}")
    name = f"{import_scope}/{tensor_info.name}" if import_scope else tensor_info.name
    return graph.get_tensor_by_name(name)
