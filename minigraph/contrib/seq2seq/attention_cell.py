"""`AttentionWrapper`: a cell that looks at a memory in each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from minigraph.contrib.seq2seq.attention_mechanisms import AttentionMechanism
from minigraph.contrib.seq2seq.same_shape import with_same_shape
from minigraph.graph import dtypes, nest
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shapes import TensorShape
from minigraph.layers.dense_layer import Dense
from minigraph.ops.arrays import concat, expand_dims, fill, identity, shape_ops
from minigraph.ops.control import assertions
from minigraph.ops.linalg import matmul
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.rnn.cells_base import RNNCell, assert_like_rnncell
from minigraph.rnn.sizes import zero_tensors

__all__ = ["AttentionWrapper", "AttentionWrapperState"]


class _State(NamedTuple):
    cell_state: Any
    attention: Any
    time: Any
    alignments: Any
    alignment_history: Any
    attention_state: Any


class AttentionWrapperState(_State):
    """The state of an `AttentionWrapper`: that of its cell, what it read last, and the weights by which it read.

    Example:
        >>> cell = tf.contrib.seq2seq.AttentionWrapper(
        ...     tf.nn.rnn_cell.GRUCell(4), tf.contrib.seq2seq.LuongAttention(4, tf.ones([2, 7, 3])))
        >>> state = cell.zero_state(2, tf.float32).clone(cell_state=tf.ones([2, 4]))
        >>> print(state.alignments.shape, sess.run(state.cell_state)[0])
        (2, 7) [1. 1. 1. 1.]
    """

    def clone(self, **kwargs: Any) -> AttentionWrapperState:
        """Return the state with other parts, whose shapes are checked.

        Raises:
            ValueError: if a part has another shape.
        """

        def checked(old: Any, new: Any) -> Any:
            return with_same_shape(old, new) if isinstance(old, Tensor) and isinstance(new, Tensor) else new

        return nest.map_structure(checked, self, self._replace(**kwargs))


class AttentionWrapper(RNNCell):
    """A cell that gets, with its inputs, what it has read from a memory in the step before.

    Args:
        cell: the cell.
        attention_mechanism: an `AttentionMechanism` that says what to read, or a list of them.
        attention_layer_size: the size of a layer over the cell's output and what was read; a list for several
            mechanisms; None takes what was read as it is.
        alignment_history: keep the weights of all steps in a `TensorArray`.
        cell_input_fn: a function of inputs and attention, by default their concatenation.
        output_attention: put out the attention, not the cell's output.
        initial_cell_state: the cell's state in `zero_state`.
        name: the name of the scope, by default "attention_wrapper".
        attention_layer: layers in the place of `attention_layer_size`.
        attention_fn: a function of mechanism, cell output, attention state and attention layer.
        dtype: the element type, by default that of the inputs.

    Raises:
        TypeError: if one of them is something else.
        ValueError: if there are not as many sizes or layers as mechanisms, or both are given.

    Example:
        >>> cell = tf.contrib.seq2seq.AttentionWrapper(
        ...     tf.nn.rnn_cell.GRUCell(4), tf.contrib.seq2seq.LuongAttention(4, tf.ones([2, 7, 3])), 5)
        >>> output, state = cell(tf.ones([2, 6]), cell.zero_state(2, tf.float32))
        >>> print(output.shape, state.alignments.shape)
        (2, 5) (2, 7)
    """

    def __init__(
        self,
        cell: Any,
        attention_mechanism: Any,
        attention_layer_size: Any = None,
        alignment_history: bool = False,
        cell_input_fn: Callable | None = None,
        output_attention: bool = True,
        initial_cell_state: Any = None,
        name: str | None = None,
        attention_layer: Any = None,
        attention_fn: Callable | None = None,
        dtype: Any = None,
    ):
        super().__init__(name=name, dtype=dtype)
        assert_like_rnncell("cell", cell)
        self._is_multi = isinstance(attention_mechanism, (list, tuple))
        self._mechanisms = tuple(attention_mechanism) if self._is_multi else (attention_mechanism,)
        _check_mechanisms(self._mechanisms, self._is_multi)
        if cell_input_fn is not None and not callable(cell_input_fn):
            raise TypeError(f"cell_input_fn must be callable, saw type: {type(cell_input_fn).__name__}")
        self._cell, self._history = cell, alignment_history
        self._cell_input_fn = cell_input_fn or (lambda inputs, read: concat.concat([inputs, read], -1))
        self._output_attention, self._attention_fn = output_attention, attention_fn or _read
        self._attention_layers, self._attention_size = self._layers(attention_layer_size, attention_layer)
        self._initial_cell_state = None
        with atomic_scope(name, "AttentionWrapperInit"):
            if initial_cell_state is not None:
                self._initial_cell_state = self._checked_initial(initial_cell_state)

    def _layers(self, sizes: Any, layers: Any) -> tuple:
        """Return the attention layers, or Nones, and the size of the attention."""
        if sizes is not None and layers is not None:
            raise ValueError("Only one of attention_layer_size and attention_layer should be set")
        count, depths = len(self._mechanisms), [m.values.shape[-1].value for m in self._mechanisms]
        if sizes is not None:
            sizes = _as_tuple(sizes, "attention_layer_size", "integer", count)
            made = [
                Dense(size, name="attention_layer", use_bias=False, dtype=mechanism.dtype)
                for size, mechanism in zip(sizes, self._mechanisms)
            ]
            return made, sum(sizes)
        if layers is not None:
            layers = _as_tuple(layers, "attention_layer", "layer", count)
            shapes = [[None, self._cell.output_size + depth] for depth in depths]
            return layers, sum(
                TensorShape(layer.compute_output_shape(TensorShape(shape)))[-1].value
                for layer, shape in zip(layers, shapes)
            )
        return [None] * count, sum(depths)

    def _checked_initial(self, state: Any) -> Any:
        last = nest.flatten(state)[-1]
        batch_size = last.shape[0].value or shape_ops.shape(last)[0]
        with control_dependencies(self._checks(batch_size, "constructing", self._base_name, "initial_cell_state")):
            return nest.map_structure(lambda s: identity.identity(s, name="check_initial_cell_state"), state)

    def _checks(self, batch_size: Any, when: str, name: str, what: str) -> list:
        message = (
            f"When {when} AttentionWrapper {name}: Non-matching batch sizes between the memory (encoder output) and "
            f"{what}.  tf.contrib.seq2seq.tile_batch repeats each entry of a batch."
        )
        return [assertions.assert_equal(batch_size, m.batch_size, message=message) for m in self._mechanisms]

    def _item_or_tuple(self, items: Any) -> Any:
        return tuple(items) if self._is_multi else next(iter(items))

    @property
    def output_size(self) -> Any:
        return self._attention_size if self._output_attention else self._cell.output_size

    @property
    def state_size(self) -> AttentionWrapperState:
        sizes = [m.alignments_size for m in self._mechanisms]
        return AttentionWrapperState(
            cell_state=self._cell.state_size,
            time=TensorShape([]),
            attention=self._attention_size,
            alignments=self._item_or_tuple(sizes),
            attention_state=self._item_or_tuple(m.state_size for m in self._mechanisms),
            alignment_history=self._item_or_tuple(size if self._history else () for size in sizes),
        )

    def zero_state(self, batch_size: Any, dtype: Any) -> AttentionWrapperState:
        """Return the state before the first step, for a batch of the memory's size."""
        with self._zero_state_scope(batch_size):
            cell_state = self._initial_cell_state
            if cell_state is None:
                cell_state = self._cell.get_initial_state(batch_size=batch_size, dtype=dtype)
            with control_dependencies(
                self._checks(batch_size, "calling zero_state of", self._base_name, "the requested batch size")
            ):
                cell_state = nest.map_structure(lambda s: identity.identity(s, name="checked_cell_state"), cell_state)
            weights = [m.initial_alignments(batch_size, dtype) for m in self._mechanisms]
            return AttentionWrapperState(
                cell_state=cell_state,
                time=fill.zeros([], dtypes.int32),
                attention=zero_tensors(self._attention_size, batch_size, dtype),
                alignments=self._item_or_tuple(weights),
                attention_state=self._item_or_tuple([m.initial_state(batch_size, dtype) for m in self._mechanisms]),
                alignment_history=self._item_or_tuple([self._no_history(w, dtype) for w in weights]),
            )

    def _no_history(self, weights: Tensor, dtype: Any) -> Any:
        if not self._history:
            return ()
        return TensorArray(dtype, size=0, dynamic_size=True, element_shape=weights.shape)

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        if not isinstance(state, AttentionWrapperState):
            raise TypeError(
                f"Expected state to be instance of AttentionWrapperState. Received type {type(state)} instead."
            )
        output, cell_state = self._cell(self._cell_input_fn(inputs, state.attention), state.cell_state)
        batch_size = output.shape[0].value or shape_ops.shape(output)[0]
        with control_dependencies(self._checks(batch_size, "applying", self.name, "the query (decoder output)")):
            output = identity.identity(output, name="checked_cell_output")
        before = (state.attention_state, state.alignment_history)
        states, histories = before if self._is_multi else ([part] for part in before)
        found = []
        for mechanism, old, history, layer in zip(self._mechanisms, states, histories, self._attention_layers):
            read, weights, new = self._attention_fn(mechanism, output, old, layer)
            found.append((read, weights, new, history.write(state.time, weights) if self._history else ()))
        reads, weights, new_states, histories = zip(*found)
        attention = concat.concat(list(reads), 1)
        after = AttentionWrapperState(
            time=state.time + 1,
            cell_state=cell_state,
            attention=attention,
            attention_state=self._item_or_tuple(new_states),
            alignments=self._item_or_tuple(weights),
            alignment_history=self._item_or_tuple(histories),
        )
        return attention if self._output_attention else output, after


def _check_mechanisms(mechanisms: tuple, is_multi: bool) -> None:
    for each in mechanisms:
        if not isinstance(each, AttentionMechanism):
            wanted = (
                "contain only instances of AttentionMechanism"
                if is_multi
                else "be an AttentionMechanism or list of multiple AttentionMechanism instances"
            )
            raise TypeError(f"attention_mechanism must {wanted}, saw type: {type(each).__name__}")


def _as_tuple(given: Any, argument: str, what: str, count: int) -> tuple:
    found = tuple(given) if isinstance(given, (list, tuple)) else (given,)
    if len(found) != count:
        raise ValueError(
            f"If provided, {argument} must contain exactly one {what} per attention_mechanism, saw: "
            f"{len(found)} vs {count}"
        )
    return found


def _read(mechanism: Any, output: Any, state: Any, layer: Any) -> tuple:
    """Return the attention of one mechanism, its weights and its new state."""
    weights, new_state = mechanism(output, state=state)
    context = matmul.matmul(expand_dims.expand_dims(weights, 1), mechanism.values)
    context = expand_dims.squeeze(context, [1])
    return context if layer is None else layer(concat.concat([output, context], 1)), weights, new_state
