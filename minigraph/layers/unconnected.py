"""Keras's links between layers, which layers of `tf.layers` never have."""

from __future__ import annotations

from typing import Any

__all__ = ["Unconnected"]


class Unconnected:
    """The part of a layer that refers to its neighbours; there are none, since no input knows which layer made it.

    All of it raises TF1's error. Use the shapes of the tensors: `layer(x).shape`.
    """

    name: str

    @property
    def graph(self) -> None:
        """Always None, as in TF1."""
        return None

    @property
    def inbound_nodes(self) -> list:
        """An empty list, always."""
        return []

    outbound_nodes = inbound_nodes

    @property
    def input(self) -> Any:
        """Raise AttributeError."""
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output(self) -> Any:
        """Raise AttributeError."""
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_shape(self) -> Any:
        """Raise AttributeError."""
        raise AttributeError("The layer has never been called and thus has no defined input shape.")

    @property
    def output_shape(self) -> Any:
        """Raise AttributeError."""
        raise AttributeError("The layer has never been called and thus has no defined output shape.")

    def get_input_at(self, node_index: int) -> Any:
        """Raise RuntimeError."""
        raise _undefined("input")

    def get_output_at(self, node_index: int) -> Any:
        """Raise RuntimeError."""
        raise _undefined("output")

    def get_input_shape_at(self, node_index: int) -> Any:
        """Raise RuntimeError."""
        raise _undefined("input shape")

    def get_output_shape_at(self, node_index: int) -> Any:
        """Raise RuntimeError."""
        raise _undefined("output shape")


def _undefined(what: str) -> RuntimeError:
    return RuntimeError(f"The layer has never been called and thus has no defined {what}.")
