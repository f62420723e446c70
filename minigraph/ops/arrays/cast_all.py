"""Lists that contain tensors of another type than is wanted."""

from typing import Any

from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import cast

__all__ = ["cast_all"]


def cast_all(value: Any, dtype: DType) -> Any:
    """Cast the tensors in a list, as TF1 does with sizes of type int64 in a shape of type int32.

    Example:
        >>> cast_all([2, tf.constant(3, tf.int64)], tf.int32)
        [2, <tf.Tensor 'Cast:0' shape=() dtype=int32>]
    """
    if isinstance(value, (list, tuple)):
        return [cast_all(v, dtype) for v in value]
    is_tensor = isinstance(value, Tensor) or hasattr(value, "_as_graph_element")
    return cast.cast(value, dtype) if is_tensor and value.dtype.base_dtype != dtype else value
