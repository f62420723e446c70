"""Convolution of images, and its gradients."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError
from minigraph.ops.arrays import shape_ops
from minigraph.ops.nn.conv_family import BackpropFilter, BackpropInput, Forward, Windows, for_all_axes

__all__ = ["conv2d", "conv2d_backprop_input", "conv2d_backprop_filter"]


class _Conv2D(Windows):
    """The attributes that only convolutions of images have."""

    explicit_paddings: tuple = ()
    use_cudnn_on_gpu: bool = True

    choices = {**Windows.choices, "padding": ("SAME", "VALID", "EXPLICIT")}

    def check_attributes(self) -> None:
        """Raise ShapeError for padding of the batch or channel axis."""
        p = self.explicit_paddings
        if p and any(p[:2] if self.data_format == "NHWC" else p[:4]) or p and self.data_format == "NHWC" and any(p[6:]):
            raise ShapeError("Nonzero explicit padding in the batch or depth dimensions is not supported")

    def explicit(self) -> tuple:
        """Return the explicit paddings of height and width."""
        p = self.explicit_paddings
        if not p:
            return (0, 0), (0, 0)
        at = 2 if self.data_format == "NHWC" else 4
        return (p[at], p[at + 1]), (p[at + 2], p[at + 3])


class Conv2D(_Conv2D, Forward):
    """Convolve images with a filter."""


class Conv2DBackpropInput(_Conv2D, BackpropInput):
    """The gradient of a convolution with respect to its input."""


class Conv2DBackpropFilter(_Conv2D, BackpropFilter):
    """The gradient of a convolution with respect to its filter."""


_Conv2D.family = Conv2D, Conv2DBackpropInput, Conv2DBackpropFilter


def _padding(padding: Any) -> tuple[str, tuple]:
    """Return the name of the padding and the explicit paddings, for a name or four pairs."""
    if not isinstance(padding, (list, tuple)):
        if padding == "EXPLICIT":
            raise ValueError(
                '"EXPLICIT" is not a valid value for the padding parameter. To use explicit padding, the '
                "padding parameter must be a list."
            )
        return padding, ()
    for i, pair in enumerate(padding):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            found = f"has size {len(pair)}" if isinstance(pair, (list, tuple)) else "is not a list or tuple"
            raise ValueError(
                "When padding is a list, each element of padding must be a list/tuple of size 2. Element "
                f"with index {i} of padding {found}"
            )
    if len(padding) != 4:
        raise ValueError(f"When padding is a list, it must be of size 4. Got padding of size: {len(padding)}")
    return "EXPLICIT", tuple(n for pair in padding for n in pair)


def conv2d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Convolve images with a filter.

    Args:
        input: images, (batch, height, width, channels), or (batch, channels, height, width) for "NCHW".
        filter: (height, width, channels in, channels out).
        strides: a number for all directions, two for height and width, or four for all axes.
        padding: "SAME" (zeros, so that stride 1 keeps the size), "VALID" (none), or four pairs of numbers.
        use_cudnn_on_gpu: accepted, as in TF1.
        data_format: "NHWC" or "NCHW".
        dilations: the spacing of the filter's elements, like `strides`.
        name: the name of the node.
        filters: another name of `filter`.

    Raises:
        ValueError: if the shapes do not fit, or an option is unknown.

    Example:
        >>> image, ones = tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1])
        >>> print(tf.nn.conv2d(image, ones, [1, 1, 1, 1], "VALID").eval().ravel())
        [4. 4. 4. 4.]
    """
    filter = shape_ops.either("filters", filters, "filter", filter)
    data_format = data_format or "NHWC"
    padding, explicit = _padding(padding)
    op_def = Conv2D(
        for_all_axes(strides, data_format, "strides"),
        padding,
        data_format,
        for_all_axes(dilations, data_format, "dilations"),
        explicit,
        use_cudnn_on_gpu,
    )
    return apply(op_def, input, filter, name=name)


def conv2d_backprop_input(
    input_sizes: Any,
    filter: Any = None,
    out_backprop: Any = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Return the gradient of `conv2d` with respect to its input, whose shape is `input_sizes`."""
    filter = shape_ops.either("filters", filters, "filter", filter)
    padding, explicit = _padding(padding)
    op_def = Conv2DBackpropInput(tuple(strides), padding, data_format, tuple(dilations), explicit, use_cudnn_on_gpu)
    return apply(op_def, input_sizes, filter, out_backprop, name=name)


def conv2d_backprop_filter(
    input: Any,
    filter_sizes: Any,
    out_backprop: Any,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Tensor:
    """Return the gradient of `conv2d` with respect to its filter, whose shape is `filter_sizes`."""
    padding, explicit = _padding(padding)
    op_def = Conv2DBackpropFilter(tuple(strides), padding, data_format, tuple(dilations), explicit, use_cudnn_on_gpu)
    return apply(op_def, input, filter_sizes, out_backprop, name=name)
