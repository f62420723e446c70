"""The variables of a layer: lists, element counts and values."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.session_for import get_default_session
from minigraph.variables.variable import Variable

__all__ = ["Weights"]


class Weights:
    """The part of a layer that gives access to its variables and their values."""

    name: Any
    built: bool
    trainable: bool
    _trainable_weights: list[Variable]
    _non_trainable_weights: list[Variable]

    @property
    def trainable_weights(self) -> list:
        """The trainable variables."""
        return list(self._trainable_weights) if self.trainable else []

    @property
    def non_trainable_weights(self) -> list:
        """The other variables."""
        return ([] if self.trainable else list(self._trainable_weights)) + list(self._non_trainable_weights)

    @property
    def weights(self) -> list:
        """All variables, the trainable ones first."""
        return self.trainable_weights + self.non_trainable_weights

    variables = weights
    trainable_variables, non_trainable_variables = trainable_weights, non_trainable_weights

    def count_params(self) -> int:
        """Return the number of elements of the variables; ValueError before they are made."""
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on {self.name}, but the layer isn't built. You can "
                f"build it manually via: `{self.name}.build(batch_input_shape)`."
            )
        return int(sum(np.prod(v.shape.as_list()) for v in self.weights))

    def get_weights(self) -> list:
        """Return the values of the variables in the default session."""
        return get_default_session().run(self.weights)

    def set_weights(self, weights: Any) -> None:
        """Set the values of the variables in the default session; ValueError if number or shapes do not match."""
        variables = self.weights
        if len(variables) != len(weights):
            raise ValueError(
                f'You called `set_weights(weights)` on layer "{self.name}" with a  weight list of length '
                f"{len(weights)}, but the layer was expecting {len(variables)} weights. Provided weights: "
                f"{str(weights)[:50]}..."
            )
        for v, value in zip(variables, weights):
            if not v.shape.is_compatible_with(np.shape(value)):
                raise ValueError(
                    f"Layer weight shape {v.shape} not compatible with provided weight shape {np.shape(value)}"
                )
        for v, value in zip(variables, weights):
            v.load(value)
