"""Local response normalization: each channel divided by a power of the sum of squares of its neighbours."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import recordable
from minigraph.graph.shape_rules import demand, merge, with_rank

__all__ = ["local_response_normalization", "lrn"]


class _Normalization(OpDef):
    depth_radius: int = 5
    bias: float = 1.0
    alpha: float = 1.0
    beta: float = 0.5

    allowed = {"T": (dtypes.float16, dtypes.bfloat16, dtypes.float32)}
    type_defaults = {"T": dtypes.float32}

    def norms(self, x: Any) -> Any:
        """Return bias + alpha * the sum of squares of the channels within the radius."""
        return self.bias + self.alpha * _band_sums(np.square(x), self.depth_radius)


@recordable("call")
def _band_sums(x: Any, radius: int) -> Any:
    """Return for each element the sum of those at most `radius` away along the last axis."""
    count, result = x.shape[-1], x.copy()
    for shift in range(1, min(radius, count - 1) + 1):
        result[..., :-shift] += x[..., shift:]
        result[..., shift:] += x[..., :-shift]
    return result


class LRN(_Normalization):
    """Normalize images across channels."""

    inputs = ("input",)

    def shape(self, input):
        return with_rank(input, 4)

    def kernel(self, xp, input):
        demand(input.ndim == 4, "in must be 4-dimensional")
        return (input * self.norms(input) ** -self.beta).astype(input.dtype)

    def gradient(self, tf, dy, y, input):
        return apply(LRNGrad(self.depth_radius, self.bias, self.alpha, self.beta), dy, input, y)


class LRNGrad(_Normalization):
    """The gradient of LRN."""

    inputs = ("input_grads", "input_image", "output_image")

    def shape(self, grads, image, output):
        return merge(merge(with_rank(grads, 4), with_rank(image, 4)), with_rank(output, 4))

    def kernel(self, xp, grads, image, output):
        norms = self.norms(image)
        spread = _band_sums(grads * output / norms, self.depth_radius)
        found = grads * norms**-self.beta - (2.0 * self.alpha * self.beta) * image * spread
        return found.astype(image.dtype)


def local_response_normalization(
    input: Any, depth_radius: int = 5, bias: float = 1.0, alpha: float = 1.0, beta: float = 0.5, name: str | None = None
) -> Tensor:
    """Divide each channel by a power of the sum of squares of its neighbours.

    The divisor is (bias + alpha * the sum of squares of the channels at most `depth_radius` away) ** beta
    (https://papers.nips.cc/paper/4824, section 3.3).

    Args:
        input: float32 images, (batch, height, width, channels).
        depth_radius: the number of neighbours on each side.
        bias, alpha, beta: the constants of the formula.
        name: the name of the node.

    Returns:
        A tensor of the same shape and type.

    Raises:
        ValueError: if the input is not images.

    Example:
        >>> print(tf.nn.lrn(tf.constant([[[[3.0, 0.0, 4.0]]]]), depth_radius=1, bias=0.0).eval().ravel())
        [1. 0. 1.]
    """
    return apply(LRN(int(depth_radius), bias, alpha, beta), input, name=name)


lrn = local_response_normalization
