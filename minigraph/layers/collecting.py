"""The losses and updates of a layer, and the inputs to which they belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.collections import GraphKeys, get_collection_ref
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import float32
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers import calling
from minigraph.ops.arrays import cast, shape_ops
from minigraph.variables.variable import Variable

__all__ = ["Collecting", "collect"]


class Collecting:
    """The part of a layer that keeps its losses and updates."""

    trainable: Any
    stateful: bool
    activity_regularizer: Any
    _losses: list[tuple]  # a loss or a function that builds one, and whether it is for all inputs
    _updates: list[tuple]  # an operation, and the inputs of the call that added it

    @property
    def losses(self) -> list:
        """The losses that it has added; those given as functions are called again."""
        return [loss for loss, _ in self._made_losses()]

    def _made_losses(self) -> list[tuple]:
        """Return pairs of a loss and whether it is for all inputs; those given as functions come last, as in TF1."""
        made = [pair for pair in self._losses if not callable(pair[0])]
        for function, for_all in self._losses:
            loss = function() if callable(function) else None
            if loss is not None:
                made.append((_as_loss(loss), for_all))
        return made

    def add_loss(self, losses: Any, inputs: Any = None) -> None:
        """Add losses: to the layer, and to the collection REGULARIZATION_LOSSES.

        Args:
            losses: a tensor, a number, a function without arguments that returns one, or a list of such.
            inputs: the inputs on which they depend; None if they apply to all, as losses of variables do.
        """
        new, made = [], []
        for loss in nest.flatten(losses):
            if loss is not None and not callable(loss):
                loss = _as_loss(loss)
                made.append(loss)
            if loss is not None:
                new.append((loss, inputs is None))
        self._losses += new
        more = [loss() for loss, _ in new if callable(loss)]
        collect(made + [_as_loss(loss) for loss in more if loss is not None], GraphKeys.REGULARIZATION_LOSSES)

    def add_update(self, updates: Any, inputs: Any = None) -> None:
        """Add operations to run in each training step: to the layer, and with its next call to UPDATE_OPS.

        Args:
            updates: an operation, a tensor, a function without arguments that returns one, or a list or tuple of such.
            inputs: accepted and ignored, as in TF1; they follow from the call.
        """
        call = calling.current()
        for update in updates if isinstance(updates, (list, tuple)) else [updates]:
            while callable(update):
                update = update()
            if not isinstance(update, Operation):
                update = update.op if hasattr(update, "op") else convert_to_tensor(update)
            self._updates.append((update, () if call is None else call.inputs))

    def _regularize(self, name: str, variable: Variable, regularizer: Callable) -> None:
        """Add the loss of a variable."""

        def loss() -> Any:
            with atomic_scope(name + "/Regularizer"):
                return regularizer(variable)

        self.add_loss(loss)

    def _regularize_activity(self, inputs: Any, outputs: Any) -> None:
        """Add the losses of the activity regularizer, divided by the batch size."""
        with atomic_scope("ActivityRegularizer"):
            for output in nest.flatten(outputs):
                loss = self.activity_regularizer(output)
                count = cast.cast(shape_ops.shape(output)[0], loss.dtype)
                self.add_loss(loss / count, inputs=inputs)

    def get_losses_for(self, inputs: Any) -> list:
        """Return the losses that depend on the inputs; for None those that apply to all."""
        if inputs is None:
            return [loss for loss, for_all in self._made_losses() if for_all]
        depends = _reachable(inputs)
        return [loss for loss, for_all in self._made_losses() if not for_all and depends(loss)]

    def get_updates_for(self, inputs: Any) -> list:
        """Return the updates that depend on the inputs; for None those that depend on no call's inputs."""
        if not (self.trainable or self.stateful):
            return []
        own = [(update, _reachable(given)(update)) for update, given in self._updates]
        if inputs is None:
            return [update for update, is_own in own if not is_own]
        depends = _reachable(inputs)
        return [update for update, is_own in own if is_own and depends(update)]


def _reachable(inputs: Any) -> Callable[[Any], bool]:
    """Return a predicate: True for a tensor or operation that is, or depends on, one of the inputs."""
    given = {getattr(x, "_as_graph_element", lambda x=x: x)() for x in nest.flatten(inputs) if x is not None}
    for x in given:
        if not isinstance(x, (Tensor, Operation)):
            raise TypeError(f"Expected Operation, Variable, or Tensor, got {x}")
    ops = {x for x in given if isinstance(x, Operation)}
    done: list[int] = [0]  # the number of the graph's operations examined so far

    def depends(x: Any) -> bool:
        graph = x.graph
        for op in graph._ops[done[0] :]:
            if any(t in given or t.op in ops for t in op.inputs) or not ops.isdisjoint(op.waits_for):
                ops.add(op)
        done[0] = len(graph._ops)
        return x in given or (x if isinstance(x, Operation) else x.op) in ops

    return depends


def _as_loss(loss: Any) -> Any:
    return loss if isinstance(loss, (Tensor, Variable)) else convert_to_tensor(loss, float32)


def collect(elements: list, key: str) -> None:
    """Add values to a collection, except those already in it."""
    collection = get_collection_ref(key)
    for element in elements:
        if not any(element is other for other in collection):
            get_default_graph().add_to_collection(key, element)
