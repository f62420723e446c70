"""`DropoutWrapper`: dropout of a cell's inputs, states and outputs."""

from __future__ import annotations

import hashlib
import numbers
from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.nn.dropouts import dropout
from minigraph.ops.arrays import concat
from minigraph.ops.math import modulo, rounding
from minigraph.ops.random import uniform
from minigraph.rnn.cells_lstm import LSTMStateTuple
from minigraph.rnn.cells_wrappers import ScopelessWrapper
from minigraph.rnn.shallow import map_up_to, visited

__all__ = ["DropoutWrapper"]


class DropoutWrapper(ScopelessWrapper):
    """A cell with dropout of its inputs, its state after each step and its outputs.

    Args:
        cell: the cell.
        input_keep_prob, output_keep_prob, state_keep_prob: the probability of keeping an element, a number or a scalar
            tensor; no dropout where it is 1.
        variational_recurrent: drop the same elements in each step of a run (Gal and Ghahramani, A theoretically
            grounded application of dropout in recurrent neural networks, 2015).
        input_size: the depth of the inputs, a shape or a nested tuple of shapes; required if `variational_recurrent`
            is set and inputs are dropped.
        dtype: the element type; required with `variational_recurrent`.
        seed: the seed of the choices.
        dropout_state_filter_visitor: a function that gets each level of the state and returns True, False, or these
            in its structure; by default, the memory of an LSTM is left alone.
        kwargs: as for `RNNCell`.

    Raises:
        TypeError: if `cell` is not a cell, or the visitor not a function.
        ValueError: if a probability is not from 0 to 1, or `dtype` or `input_size` are missing.

    Example:
        >>> cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.GRUCell(4), output_keep_prob=0.5)
        >>> print(cell(tf.zeros([2, 3]), cell.zero_state(2, tf.float32))[0].name)
        dropout/mul_1:0
    """

    def __init__(
        self,
        cell: Any,
        input_keep_prob: Any = 1.0,
        output_keep_prob: Any = 1.0,
        state_keep_prob: Any = 1.0,
        variational_recurrent: bool = False,
        input_size: Any = None,
        dtype: Any = None,
        seed: int | None = None,
        dropout_state_filter_visitor: Callable | None = None,
        **kwargs: Any,
    ):
        super().__init__(cell, dtype=dtype, **kwargs)
        if dropout_state_filter_visitor is not None and not callable(dropout_state_filter_visitor):
            raise TypeError("dropout_state_filter_visitor must be callable")
        self._visitor = dropout_state_filter_visitor or _all_but_memory
        self._seed = seed
        self._noise: dict[str, Any] = {"input": None, "state": None, "output": None}
        with get_default_graph().atomic():
            with atomic_scope("DropoutWrapperInit"):
                self._input_keep_prob = _probability(input_keep_prob, "input_keep_prob")
                self._state_keep_prob = _probability(state_keep_prob, "state_keep_prob")
                self._output_keep_prob = _probability(output_keep_prob, "output_keep_prob")
            self._variational = variational_recurrent
            if variational_recurrent:
                self._draw_noise(input_size, dtype)

    def _draw_noise(self, input_size: Any, dtype: Any) -> None:
        """Build the random numbers that all steps share, for one example."""
        if dtype is None:
            raise ValueError("When variational_recurrent=True, dtype must be provided")
        sizes = {"state": self.cell.state_size, "output": self.cell.output_size}
        if _drops(self._input_keep_prob):
            if input_size is None:
                raise ValueError(
                    "When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be "
                    "provided"
                )
            sizes = {"input": input_size, **sizes}

        def noise(seed: int | None, size: Any) -> Tensor:
            shape = concat.concat(([1], TensorShape(size).as_list()), 0)
            return uniform.random_uniform(shape, seed=seed, dtype=dtype)

        for part, size in sizes.items():
            self._noise[part] = self._map(part, noise, size, size)

    @property
    def wrapped_cell(self) -> Any:
        """The cell inside."""
        return self.cell

    def _map(self, part: str, function: Callable, shallow: Any, *structures: Any) -> Any:
        """Call the function with a seed for each leaf, and the leaf."""
        indices = iter(range(len(nest.flatten(shallow))))
        return map_up_to(shallow, lambda *leaves: function(self._seed_for(part, next(indices)), *leaves), *structures)

    def _seed_for(self, part: str, index: int) -> int | None:
        if self._seed is None:
            return None
        text = f"{self._seed}{part}_{index}".encode()
        return int(hashlib.md5(text, usedforsecurity=False).hexdigest()[:8], 16) & 0x7FFFFFFF

    def _wrapped_call(self, inputs: Any, state: Any, scope: Any) -> tuple:
        with get_default_graph().atomic():
            if _drops(self._input_keep_prob):
                inputs = self._dropped("input", inputs, self._input_keep_prob, inputs)
            output, new_state = self.cell(inputs, state, scope=scope)
            if _drops(self._state_keep_prob):
                chosen = visited(self._visitor, new_state)
                new_state = self._dropped("state", new_state, self._state_keep_prob, chosen)
            if _drops(self._output_keep_prob):
                output = self._dropped("output", output, self._output_keep_prob, output)
            return output, new_state

    def _dropped(self, part: str, values: Any, keep_prob: Any, chosen: Any) -> Any:
        """Drop elements of the values that are chosen: all leaves of `chosen` but False."""

        def fresh(seed: int | None, choice: Any, value: Any) -> Any:
            return value if choice is False else dropout(value, rate=1.0 - keep_prob, seed=seed)

        def shared(seed: int | None, choice: Any, value: Any, noise: Any) -> Any:
            return value if choice is False else _scaled(value, noise, keep_prob)

        if self._variational:
            return self._map(part, shared, chosen, chosen, values, self._noise[part])
        return self._map(part, fresh, chosen, chosen, values)


def _probability(given: Any, name: str) -> Any:
    """Return a probability as a float, or as a tensor where it is not known yet."""
    tensor = convert_to_tensor(given)
    value = constant_value(tensor)
    if value is None:
        return tensor
    if not 0 <= value <= 1:
        raise ValueError(f"Parameter {name} must be between 0 and 1: {int(value)}\nThe value is {value}.")
    return float(value)


def _drops(keep_prob: Any) -> bool:
    return not isinstance(keep_prob, numbers.Real) or keep_prob < 1.0


def _scaled(value: Tensor, noise: Tensor, keep_prob: Any) -> Tensor:
    """Return the value, scaled where keep_prob + noise reaches 1, and 0 elsewhere."""
    kept = rounding.floor(keep_prob + noise)
    result: Any = modulo.div(value, keep_prob) * kept
    result.set_shape(value.shape)
    return result


def _all_but_memory(state: Any) -> Any:
    return LSTMStateTuple(c=False, h=True) if isinstance(state, LSTMStateTuple) else True
