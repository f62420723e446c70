"""`tf.layers.dropout`."""

from __future__ import annotations

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.layers.base import Layer
from minigraph.nn.dropouts import dropout as nn_dropout
from minigraph.ops.arrays import identity, shape_ops
from minigraph.ops.control import smart_cond

__all__ = ["Dropout", "dropout"]


class Dropout(Layer):
    """The layer that sets elements to zero at random during training; see `tf.nn.dropout`.

    Args:
        rate: the probability that an element is dropped.
        noise_shape: the shape of the random choices.
        seed: the seed of the choices.
        name: the name of the scope.

    Example:
        >>> layer = tf.layers.Dropout(0.5)
        >>> dropped = sess.run(layer(tf.ones([99]), training=True))
        >>> print(sess.run(layer(tf.ones([3]))), sorted(set(dropped.tolist())))
        [1. 1. 1.] [0.0, 2.0]
    """

    def __init__(
        self, rate: Any = 0.5, noise_shape: Any = None, seed: int | None = None, name: str | None = None, **kwargs: Any
    ):
        super().__init__(name=name, **kwargs)
        self.rate, self.noise_shape, self.seed = rate, noise_shape, seed
        self.supports_masking = True

    def call(self, inputs: Any, training: Any = False) -> Tensor:  # type: ignore[override]
        return smart_cond.smart_cond(
            training,
            lambda: nn_dropout(inputs, noise_shape=self._choices(inputs), seed=self.seed, rate=self.rate),
            lambda: identity.identity(inputs),
        )

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def _choices(self, inputs: Any) -> Any:
        """Return the shape of the random choices, with the input's size at run time for a None."""
        if self.noise_shape is None:
            return None
        sizes = shape_ops.shape(inputs)
        return convert_to_tensor([sizes[i] if n is None else n for i, n in enumerate(self.noise_shape)])


def dropout(
    inputs: Any,
    rate: Any = 0.5,
    noise_shape: Any = None,
    seed: int | None = None,
    training: Any = False,
    name: str | None = None,
) -> Tensor:
    """Set elements to zero at random during training; `training` is a bool or a boolean tensor.

    Example:
        >>> print(tf.layers.dropout(tf.ones([3]), training=False).eval())
        [1. 1. 1.]
    """
    return Dropout(rate, noise_shape, seed, name)(inputs, training=training)
