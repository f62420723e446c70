"""Batch normalisation of images in one operation, and its gradients.

It stands above the gradients, since its second derivative is that of the formulas of its first.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minigraph.gradients import gradients
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops import array, elementwise, reduction, transposing

__all__: list[str] = []


@dataclass(frozen=True, eq=False)
class FusedBatchNormV3(OpDef):
    """Batch normalisation of images: the output, mean and variance, and what the gradient needs.

    While training, the mean and variance of the batch (the variance with Bessel's correction); else those given.
    """
    epsilon: float = 0.0001
    data_format: str = "NHWC"
    is_training: bool = True

    inputs = ("x: T", "scale: U", "offset: U", "mean: U", "variance: U")
    outputs = ("T", "U", "U", "U", "U", "U")
    allowed = {"T": (dtypes.float16, dtypes.bfloat16, dtypes.float32), "U": (dtypes.float32,)}

    def shape(self, x, scale, *rest):
        if x.ndims not in (None, 4):
            raise ShapeError(f"Shape must be rank 4 but is rank {x.ndims}")
        channel = 3 if self.data_format == "NHWC" else 1
        count = None if x.ndims is None else x.tuple[channel]
        vector = TensorShape.of((count,)).merge_with(scale.with_rank(1))
        full = list(x.tuple or (None,) * 4)
        full[channel] = vector.tuple[0]
        return (TensorShape.of(tuple(full)), vector, vector, vector, vector, unknown_shape())

    def kernel(self, xp, x, scale, offset, mean, variance):
        axes, wide = _axes(self.data_format)
        if self.is_training:
            count = x.size // x.shape[3 if self.data_format == "NHWC" else 1]
            mean = xp.mean(x, axis=axes, dtype=x.dtype)
            variance = xp.mean(xp.square(x - wide(mean)), axis=axes, dtype=x.dtype)
            shown = variance * x.dtype.type(count / max(count - 1, 1))
        else:
            shown = variance
        factor = scale / xp.sqrt(variance + x.dtype.type(self.epsilon))
        y = x * wide(factor) + wide(offset - mean * factor)
        kept = variance if self.is_training else shown
        return y, mean, shown, mean, kept, np.zeros((0,), scale.dtype)

    def gradient(self, dys, ys, x, scale, offset, mean, variance):
        dy, extra = dys[0], ys[5]
        if self.is_training:
            return apply(FusedBatchNormGradV3(self.epsilon, self.data_format, True), dy, x, scale, ys[3], ys[4], extra)
        turned = self.data_format == "NCHW"
        if turned:
            x, dy = transposing.transpose(x, [0, 2, 3, 1]), transposing.transpose(dy, [0, 2, 3, 1])
        dx, dscale, doffset, _, _ = apply(FusedBatchNormGradV3(self.epsilon, "NHWC", False), dy, x, scale, mean, variance,
                                          extra)
        return transposing.transpose(dx, [0, 3, 1, 2]) if turned else dx, dscale, doffset, None, None


def _axes(data_format: str) -> tuple:
    """The axes of a channel's elements, and what gives a vector of channels the rank of images."""
    if data_format == "NHWC":
        return (0, 1, 2), lambda v: v
    return (0, 2, 3), lambda v: v[:, None, None]


@dataclass(frozen=True, eq=False)
class FusedBatchNormGradV3(OpDef):
    """The gradients of FusedBatchNormV3 for x, scale and offset."""
    epsilon: float = 0.0001
    data_format: str = "NHWC"
    is_training: bool = True

    inputs = ("y_backprop: T", "x: T", "scale: float32", "reserve_space_1: U", "reserve_space_2: U", "reserve_space_3: U")
    outputs = ("T", "U", "U", "U", "U")
    allowed = {"T": (dtypes.float16, dtypes.bfloat16, dtypes.float32), "U": (dtypes.float32,)}

    def shape(self, dy, x, scale, *rest):
        empty = TensorShape.of((0,))
        return x.merge_with(dy), scale, scale, empty, empty

    def kernel(self, xp, dy, x, scale, mean, variance, extra):
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
        return dx, dscale, doffset, empty, empty

    def gradient(self, dys, ys, dy, x, scale, mean, variance, extra):
        """Differentiates the formulas of the gradient, written out in operations."""
        found = gradients(self._written_out(dy, x, scale, mean, variance), [dy, x, scale], grad_ys=dys[:3],
                          stop_gradients=[dy, x, scale])
        return [*found, None, None, None]

    def _written_out(self, dy, x, scale, mean, variance):
        axes = [0, 1, 2] if self.data_format == "NHWC" else [0, 2, 3]
        if self.data_format == "NCHW":
            scale, mean, variance = (array.reshape(v, [1, -1, 1, 1]) for v in (scale, mean, variance))
        doffset = reduction.reduce_sum(dy, axes)
        if not self.is_training:
            inverse = elementwise.rsqrt(variance + self.epsilon)
            return dy * scale * inverse, reduction.reduce_sum(dy * (x - mean) * inverse, axes), doffset
        mean = reduction.reduce_mean(x, axes, keepdims=True)
        centred = x - mean
        variance = reduction.reduce_mean(elementwise.square(centred), axes, keepdims=True)
        inverse = elementwise.rsqrt(variance + self.epsilon)
        shifted = dy - reduction.reduce_mean(dy, axes, keepdims=True)
        along = reduction.reduce_mean(dy * centred, axes, keepdims=True)
        dx = scale * inverse * (shifted - elementwise.square(inverse) * along * centred)
        return dx, reduction.reduce_sum(dy * centred * inverse, axes), doffset
