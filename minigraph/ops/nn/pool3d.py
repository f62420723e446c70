"""Pooling of volumes: the maximum or the mean of each window."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.ops.nn import pool_family
from minigraph.ops.nn.pool import pooled

__all__ = ["avg_pool3d", "max_pool3d"]


class _Pool3D(pool_family.Pooling, base=True):
    """The attributes of poolings of volumes."""

    ksize: tuple = (1, 1, 1, 1, 1)
    strides: tuple = (1, 1, 1, 1, 1)
    padding: str = "VALID"
    data_format: str = "NDHWC"

    choices = {"padding": ("SAME", "VALID"), "data_format": ("NDHWC", "NCDHW")}
    dims = 3

    def check_run(self, images: Any) -> None:
        """Raise ValueError unless the input is volumes, UnimplementedError for windows of several channels."""
        demand(images.ndim == 5, "tensor_in must be 5-dimensional")
        self.refuse_depth("Pooling is not yet supported on the depth dimension.")
        super().check_run(images)


_FLOATS = (dtypes.float16, dtypes.bfloat16, dtypes.float32)


class MaxPool3D(_Pool3D, pool_family.MaxPooling):
    """The maximum of each window of volumes."""

    allowed = {"T": _FLOATS}


class MaxPool3DGrad(_Pool3D, pool_family.MaxPoolingGrad):
    """The gradient of MaxPool3D, which flows to the maximum of each window."""

    inputs = ("orig_input: TInput", "orig_output: TInput", "grad: T")
    allowed = {"T": _FLOATS, "TInput": _FLOATS}
    type_defaults = {"T": dtypes.float32, "TInput": dtypes.float32}


class MaxPool3DGradGrad(_Pool3D, pool_family.MaxPoolingGradGrad):
    """The gradient of MaxPool3DGrad."""


class AvgPool3D(_Pool3D, pool_family.AvgPooling):
    """The mean of the part of each window inside the volume."""

    inputs = ("input",)


class AvgPool3DGrad(_Pool3D, pool_family.AvgPoolingGrad):
    """The gradient of AvgPool3D, split evenly among the elements of each window."""


MaxPool3D.family = MaxPool3DGrad.family = MaxPool3DGradGrad.family = MaxPool3D, MaxPool3DGrad, MaxPool3DGradGrad
AvgPool3D.family = AvgPool3DGrad.family = AvgPool3D, AvgPool3DGrad


def max_pool3d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """Return the maximum of each window of volumes.

    Args:
        input: float32 volumes, (batch, depth, height, width, channels), or with the channels second for "NCDHW".
        ksize: the size of the windows: a number, three, or five.
        strides: the distance between windows, like `ksize`.
        padding: "SAME" or "VALID".
        data_format: "NDHWC" or "NCDHW".
        name: the name of the node.

    Raises:
        ValueError: if a window is larger than the volume, or an option is unknown.

    Example:
        >>> x = tf.reshape(tf.range(16.0), [1, 2, 2, 4, 1])
        >>> print(tf.nn.max_pool3d(x, 2, 2, "VALID").eval().ravel())
        [13. 15.]
    """
    return pooled(MaxPool3D, "MaxPool3D", input, ksize, strides, padding, data_format, name)


def avg_pool3d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """Return the mean of the part of each window inside the volume; the arguments are those of `max_pool3d`.

    Example:
        >>> x = tf.reshape(tf.range(16.0), [1, 2, 2, 4, 1])
        >>> print(tf.nn.avg_pool3d(x, 2, 2, "VALID").eval().ravel())
        [6.5 8.5]
    """
    return pooled(AvgPool3D, "AvgPool3D", input, ksize, strides, padding, data_format, name)
