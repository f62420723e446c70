"""Batch normalization of images as one operation, and its gradients.

It is above `gradients` in the package, since its second derivative is obtained by differentiating the formulas of
the first.
"""

from __future__ import annotations

import numpy as np

from minigraph.autodiff.backward import gradients
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape


class FusedBatchNormV3(OpDef):
    """Batch normalization of images: the output, mean and variance, and the intermediate results for the gradient.

    In training it uses the mean and variance of the batch (the variance with Bessel's correction), else the given ones.
    """

    epsilon: float = 0.0001
    data_format: str = "NHWC"
    is_training: bool = True

    inputs = ("x: T", "scale: U", "offset: U", "mean: U", "variance: U")
    outputs = (
        "y: T",
        "batch_mean: U",
        "batch_variance: U",
        "reserve_space_1: U",
        "reserve_space_2: U",
        "reserve_space_3: U",
    )
    allowed = {"T": (dtypes.float16, dtypes.bfloat16, dtypes.float32), "U": (dtypes.float32,)}
    choices = {"data_format": ("NHWC", "NCHW")}

    def shape(self, x, scale, *rest):
        full = list(with_rank(x, 4).tuple)
        channel = 3 if self.data_format == "NHWC" else 1
        for vector in (scale, *(rest[:1] if self.is_training else rest)):
            full[channel] = merge_sizes(full[channel], with_rank(vector, 1).tuple[0])
        statistics = TensorShape.of((full[channel],))
        return (TensorShape.of(tuple(full)), *(statistics,) * 4, unknown_shape())

    def kernel(self, xp, x, scale, offset, mean, variance):
        if x.ndim != 4:
            raise ValueError(f"input must be 4-dimensional{brackets(x.shape)}")
        axes, wide = _axes(self.data_format)
        wanted = x.shape[3 if self.data_format == "NHWC" else 1]
        if any(len(v) != wanted for v in ((scale, offset) if self.is_training else (scale, offset, mean, variance))):
            raise ValueError(f"Each of the {wanted} channels needs one element of scale, offset, mean and variance")
        kind, x = x.dtype, x.astype(scale.dtype)
        shown = variance
        if self.is_training:
            count = x.size // max(wanted, 1)
            mean = xp.sum(x, axis=axes, dtype=x.dtype) / x.dtype.type(count)
            variance = xp.sum(xp.square(x - wide(mean)), axis=axes, dtype=x.dtype) / x.dtype.type(count)
            shown = variance * x.dtype.type(count / max(count - 1, 1))
        factor = scale / xp.sqrt(variance + x.dtype.type(self.epsilon))
        y = x * wide(factor) + wide(offset - mean * factor)
        return y.astype(kind), mean, shown, mean, variance, np.zeros((0,), scale.dtype)

    def gradient(self, tf, dys, ys, x, scale, offset, mean, variance):
        dy, extra = dys[0], ys[5]
        if self.is_training:
            return apply(FusedBatchNormGradV3(self.epsilon, self.data_format, True), dy, x, scale, ys[3], ys[4], extra)
        turned = self.data_format == "NCHW"
        if turned:
            x, dy = tf.transpose(x, [0, 2, 3, 1]), tf.transpose(dy, [0, 2, 3, 1])
        dx, dscale, doffset, _, _ = apply(
            FusedBatchNormGradV3(self.epsilon, "NHWC", False), dy, x, scale, mean, variance, extra
        )
        return tf.transpose(dx, [0, 3, 1, 2]) if turned else dx, dscale, doffset, None, None


def _axes(data_format: str) -> tuple:
    """Return the axes of a channel's elements, and a function that gives a vector of channels the rank of images."""
    if data_format == "NHWC":
        return (0, 1, 2), lambda v: v
    return (0, 2, 3), lambda v: v[:, None, None]


class FusedBatchNormGradV3(OpDef):
    """The gradients of FusedBatchNormV3 with respect to x, scale and offset."""

    epsilon: float = 0.0001
    data_format: str = "NHWC"
    is_training: bool = True

    inputs = (
        "y_backprop: T",
        "x: T",
        "scale: float32",
        "reserve_space_1: U",
        "reserve_space_2: U",
        "reserve_space_3: U",
    )
    outputs = ("x_backprop: T", "scale_backprop: U", "offset_backprop: U", "reserve_space_4: U", "reserve_space_5: U")
    allowed = {"T": (dtypes.float16, dtypes.bfloat16, dtypes.float32), "U": (dtypes.float32,)}

    def shape(self, dy, x, scale, *reserved):
        rest = TensorShape.of((0,)) if self.is_training else scale
        return x.merge_with(dy), scale, scale, rest, rest

    def kernel(self, xp, dy, x, scale, mean, variance, extra):
        kind, dy, x = x.dtype, dy.astype(scale.dtype), x.astype(scale.dtype)
        axes, wide = _axes(self.data_format)
        inverse = 1 / xp.sqrt(variance + x.dtype.type(self.epsilon))
        normal = (x - wide(mean)) * wide(inverse)
        doffset = xp.sum(dy, axis=axes, dtype=dy.dtype)
        dscale = xp.sum(dy * normal, axis=axes, dtype=dy.dtype)
        if self.is_training:
            count = x.dtype.type(x.size // scale.size)
            dx = wide(scale * inverse) * (dy - wide(doffset / count) - normal * wide(dscale / count))
        else:
            dx = dy * wide(scale * inverse)
        empty = np.zeros((0,), scale.dtype)
        return dx.astype(kind), dscale, doffset, empty, empty

    def gradient(self, tf, dys, ys, dy, x, scale, mean, variance, extra):
        """Differentiate the formulas of the gradient, written out in operations."""
        found = gradients(
            self._written_out(tf, dy, x, scale, mean, variance),
            [dy, x, scale],
            grad_ys=dys[:3],
            stop_gradients=[dy, x, scale],
        )
        return [*found, None, None, None]

    def _written_out(self, tf, dy, x, scale, mean, variance):
        axes = [0, 1, 2] if self.data_format == "NHWC" else [0, 2, 3]
        if self.data_format == "NCHW":
            scale, mean, variance = (tf.reshape(v, [1, -1, 1, 1]) for v in (scale, mean, variance))
        doffset = tf.reduce_sum(dy, axes)
        if not self.is_training:
            inverse = tf.rsqrt(variance + self.epsilon)
            return dy * scale * inverse, tf.reduce_sum(dy * (x - mean) * inverse, axes), doffset
        mean = tf.reduce_mean(x, axes, keepdims=True)
        centred = x - mean
        variance = tf.reduce_mean(tf.square(centred), axes, keepdims=True)
        inverse = tf.rsqrt(variance + self.epsilon)
        shifted = dy - tf.reduce_mean(dy, axes, keepdims=True)
        along = tf.reduce_mean(dy * centred, axes, keepdims=True)
        dx = scale * inverse * (shifted - tf.square(inverse) * along * centred)
        return dx, tf.reduce_sum(dy * centred * inverse, axes), doffset
