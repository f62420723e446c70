"""`BasicDecoder`: a cell, and a helper that says what it takes."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.contrib.seq2seq.decoding import Decoder
from minigraph.contrib.seq2seq.helpers import Helper
from minigraph.graph import nest
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import Layer
from minigraph.rnn.cells_base import assert_like_rnncell

__all__ = ["BasicDecoder", "BasicDecoderOutput", "rnn_output_size"]


class BasicDecoderOutput(NamedTuple):
    """What a `BasicDecoder` puts out: the outputs of the cell, and what the helper sampled.

    Example:
        >>> tf.contrib.seq2seq.BasicDecoderOutput(1.0, 2)
        BasicDecoderOutput(rnn_output=1.0, sample_id=2)
    """

    rnn_output: Any
    sample_id: Any


class BasicDecoder(Decoder):
    """A decoder that calls a cell with the inputs that a helper chooses.

    Args:
        cell: the cell.
        helper: the helper.
        initial_state: the state before the first step, nested like the cell's.
        output_layer: a layer for the cell's outputs, such as `tf.layers.Dense`, or None.

    Raises:
        TypeError: if one of them is something else.

    Example:
        >>> cell, helper = tf.nn.rnn_cell.GRUCell(4), tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [4, 5])
        >>> decoder = tf.contrib.seq2seq.BasicDecoder(
        ...     cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(6))
        >>> decoder.output_size
        BasicDecoderOutput(rnn_output=TensorShape([Dimension(6)]), sample_id=TensorShape([]))
    """

    def __init__(self, cell: Any, helper: Any, initial_state: Any, output_layer: Any = None):
        assert_like_rnncell("cell", cell)
        if not isinstance(helper, Helper):
            raise TypeError(f"helper must be a Helper, received: {type(helper)}")
        if output_layer is not None and not isinstance(output_layer, Layer):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell, self._helper = cell, helper
        self._initial_state, self._output_layer = initial_state, output_layer

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        return self._helper.batch_size

    @property
    def output_size(self) -> BasicDecoderOutput:
        """The shape of the cell's outputs, or the layer's, and of the samples."""
        return BasicDecoderOutput(rnn_output_size(self._cell, self._output_layer), self._helper.sample_ids_shape)

    @property
    def output_dtype(self) -> BasicDecoderOutput:
        """The type of the first part of the state, and of the samples."""
        dtype = nest.flatten(self._initial_state)[0].dtype
        kinds = nest.map_structure(lambda _: dtype, rnn_output_size(self._cell, self._output_layer))
        return BasicDecoderOutput(kinds, self._helper.sample_ids_dtype)

    def initialize(self, name: str | None = None) -> tuple:
        """Return which sequences are finished from the start, the first inputs and the first state."""
        return (*self._helper.initialize(), self._initial_state)

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> tuple:
        """Return the outputs of a step, the next state, the next inputs, and which sequences end."""
        with atomic_scope(name, "BasicDecoderStep"):
            outputs, state = self._cell(inputs, state)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            ids = self._helper.sample(time=time, outputs=outputs, state=state)
            ended, inputs, state = self._helper.next_inputs(time=time, outputs=outputs, state=state, sample_ids=ids)
        return BasicDecoderOutput(outputs, ids), state, inputs, ended


def rnn_output_size(cell: Any, output_layer: Layer | None) -> Any:
    """Return the shape of a cell's outputs, or of what a layer makes of them, without the batch."""
    if output_layer is None:
        return cell.output_size
    shapes = nest.map_structure(lambda s: TensorShape([None]).concatenate(s), cell.output_size)
    return nest.map_structure(lambda s: s[1:], output_layer.compute_output_shape(shapes))
