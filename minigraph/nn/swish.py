"""swish, whose gradient recomputes the sigmoid rather than keep a second array alive."""

from __future__ import annotations

from typing import Any

from minigraph.custom_gradient import custom_gradient
from minigraph.graph.context import control_dependencies
from minigraph.graph.operation import Tensor
from minigraph.ops import hyperbolic

__all__ = ["swish"]


@custom_gradient
def swish(features: Any) -> Any:
    """Compute x * sigmoid(x) element-wise (https://arxiv.org/abs/1710.05941).

    Args:
        features: a tensor of floats.

    Returns:
        A tensor of its shape and type.

    Example:
        >>> print(tf.nn.swish([0.0, 100.0]).eval())
        [  0. 100.]
    """

    def gradient(dy: Tensor) -> Tensor:
        with control_dependencies([dy]):
            sigmoid: Any = hyperbolic.sigmoid(features)
        return dy * (sigmoid * (1.0 + features * (1.0 - sigmoid)))

    return features * hyperbolic.sigmoid(features), gradient
