"""What Keras layers know of the layers before and after them, which those of `tf.layers` never do."""

from __future__ import annotations

from typing import Any

__all__ = ["Unconnected"]


class Unconnected:
    """The part of a layer that tells its neighbours: there are none, since no input knows which layer made it.

    All of it raises TF1's error. Take the shapes of the tensors: `layer(x).shape`.
    """

    name: str

    @property
    def inbound_nodes(self) -> list:
        """Always empty."""
        return []

    outbound_nodes = inbound_nodes

    @property
    def input(self) -> Any:
        """AttributeError."""
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output(self) -> Any:
        """AttributeError."""
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_shape(self) -> Any:
        """AttributeError."""
        raise AttributeError("The layer has never been called and thus has no defined input shape.")

    @property
    def output_shape(self) -> Any:
        """AttributeError."""
        raise AttributeError("The layer has never been called and thus has no defined output shape.")

    def get_input_at(self, node_index: int) -> Any:
        """RuntimeError."""
        raise _undefined("input")

    def get_output_at(self, node_index: int) -> Any:
        """RuntimeError."""
        raise _undefined("output")

    def get_input_shape_at(self, node_index: int) -> Any:
        """RuntimeError."""
        raise _undefined("input shape")

    def get_output_shape_at(self, node_index: int) -> Any:
        """RuntimeError."""
        raise _undefined("output shape")


def _undefined(what: str) -> RuntimeError:
    return RuntimeError(f"The layer has never been called and thus has no defined {what}.")
