"""Layers with a kernel, a bias and an activation."""

from __future__ import annotations

from typing import Any

from minigraph.layers import named
from minigraph.layers.base import Layer

__all__ = ["Weighted"]


class Weighted(Layer):
    """Base of the layers with a kernel and a bias.

    Args:
        given: the arguments of the layer, by name; those of `Dense` from `activation` to `name` are among them.
        **kwargs: further arguments of `Layer`.

    Its attributes are the arguments, with names replaced by what they stand for.
    """

    def __init__(self, given: dict[str, Any], **kwargs: Any):
        activity_regularizer = named.regularizer(given["activity_regularizer"])
        super().__init__(given["trainable"], given["name"], activity_regularizer=activity_regularizer, **kwargs)
        self.activation, self.use_bias = named.activation(given["activation"]), given["use_bias"]
        self.kernel_initializer = named.initializer(given["kernel_initializer"])
        self.bias_initializer = named.initializer(given["bias_initializer"])
        self.kernel_regularizer = named.regularizer(given["kernel_regularizer"])
        self.bias_regularizer = named.regularizer(given["bias_regularizer"])
        self.kernel_constraint = named.constraint(given["kernel_constraint"])
        self.bias_constraint = named.constraint(given["bias_constraint"])

    def add_kernel_and_bias(self, kernel_shape: Any, bias_size: int) -> None:
        """Create the variables."""
        given = self.dtype, self.kernel_initializer, self.kernel_regularizer
        self.kernel = self.add_weight("kernel", kernel_shape, *given, constraint=self.kernel_constraint)
        self.bias: Any = None
        if self.use_bias:
            given = self.dtype, self.bias_initializer, self.bias_regularizer
            self.bias = self.add_weight("bias", [bias_size], *given, constraint=self.bias_constraint)
