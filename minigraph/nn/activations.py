"""`swish`, whose gradient recomputes the sigmoid instead of keeping a second array alive."""

from __future__ import annotations

from typing import Any

from minigraph.autodiff.custom_gradient import custom_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.math import sigmoid

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
            squashed: Any = sigmoid.sigmoid(features)
        return dy * (squashed * (1.0 + features * (1.0 - squashed)))

    return features * sigmoid.sigmoid(features), gradient
