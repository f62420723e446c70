"""Layers with a kernel, a bias and an activation."""

from __future__ import annotations

from typing import Any

from minigraph.layers import named
from minigraph.layers.base import Layer
from minigraph.variables.initializers.constant import zeros_initializer

__all__ = ["Weighted"]


class Weighted(Layer):
    """Base of the layers with a kernel and a bias; see `Dense` for the arguments.

    Attributes: the arguments, with names replaced by what they stand for.
    """

    def __init__(
        self,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = zeros_initializer(),
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(
            trainable=trainable, name=name, activity_regularizer=named.regularizer(activity_regularizer), **kwargs
        )
        self.activation, self.use_bias = named.activation(activation), use_bias
        self.kernel_initializer = named.initializer(kernel_initializer)
        self.bias_initializer = named.initializer(bias_initializer)
        self.kernel_regularizer = named.regularizer(kernel_regularizer)
        self.bias_regularizer = named.regularizer(bias_regularizer)
        self.kernel_constraint = named.constraint(kernel_constraint)
        self.bias_constraint = named.constraint(bias_constraint)

    def add_kernel_and_bias(self, kernel_shape: Any, bias_size: int) -> None:
        """Create the variables."""
        given = self.dtype, self.kernel_initializer, self.kernel_regularizer
        self.kernel = self.add_weight("kernel", kernel_shape, *given, constraint=self.kernel_constraint)
        self.bias: Any = None
        if self.use_bias:
            given = self.dtype, self.bias_initializer, self.bias_regularizer
            self.bias = self.add_weight("bias", [bias_size], *given, constraint=self.bias_constraint)
