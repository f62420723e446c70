"""`Optimizer`: from a loss to gradients, and from gradients to an operation that updates the variables.

A subclass gives `_apply_dense` (and `_apply_sparse`), and `_create_slots`, `_prepare` or `_finish` where it needs them:
the methods, their arguments and the order of the calls are those that subclasses written for TF1 rely on, which may
override any of them. The tensors that a built-in optimizer's `_prepare` makes have TF1's names too.
"""

from __future__ import annotations

from typing import Any

from minigraph.autodiff.backward import gradients
from minigraph.graph import dtypes, nest
from minigraph.graph.code import code, name_of
from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.displayed import Displayed
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies, init_scope
from minigraph.graph.text import message
from minigraph.ops.arrays import cast, shape_ops, unique
from minigraph.ops.control import group
from minigraph.ops.math import segments
from minigraph.ops.variables import assign
from minigraph.train import trained
from minigraph.train.explain_gradients import no_gradients
from minigraph.train.slots import Slots
from minigraph.variables.variable import is_resource_variable

__all__ = ["Optimizer"]


class Optimizer(Slots, Displayed):
    """Base of the optimizers.

    Args:
        use_locking: accepted, as in TF1; updates are always whole here.
        name: a name for the operations and slots.

    Raises:
        ValueError: if there is no name.
    """

    GATE_NONE, GATE_OP, GATE_GRAPH = range(3)

    _without_gradients: tuple | None = None  # the last loss, where it gave no gradient for any variable

    def __init__(self, use_locking: bool, name: str):
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._use_locking = use_locking
        self._name = name
        self._slots = {}
        self._non_slot_dict = {}

    def get_name(self) -> str:
        """Return the name."""
        return self._name

    # From a loss to an update

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Operation:
        """Make the operation of a training step: `compute_gradients`, then `apply_gradients`.

        Args:
            loss: the tensor to minimize.
            global_step: a variable to increment after the update.
            var_list: the variables to train, by default the trainable ones.
            gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss: see `compute_gradients`.
            name: the name of the operation.

        Raises:
            ValueError: if the loss depends on none of the variables. The graph is left as it was.

        Example:
            >>> w = tf.Variable(3.0)
            >>> train_op = tf.train.GradientDescentOptimizer(0.25).minimize(w * w)
            >>> sess.run(tf.global_variables_initializer())
            >>> sess.run(train_op)
            >>> print(sess.run(w))
            1.5
        """
        graph = get_default_graph()
        with graph.atomic(), graph.training_call("minimize"):
            graph.note_variables(None if var_list is None else nest.flatten(var_list))
            pairs = self.compute_gradients(
                loss,
                var_list=var_list,
                gate_gradients=gate_gradients,
                aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
                grad_loss=grad_loss,
            )
            if all(g is None for g, _ in pairs):
                raise ValueError(no_gradients(loss, [v for _, v in pairs]))
            return self.apply_gradients(pairs, global_step=global_step, name=name)

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> list[tuple]:
        """Return the gradients of the loss.

        Args:
            loss: a tensor of floats.
            var_list: a variable or list of them, by default the trainable ones.
            gate_gradients: GATE_NONE, GATE_OP (no gradient of an operation is used before all of them are computed) or
                GATE_GRAPH (no gradient at all).
            aggregation_method: see `tf.AggregationMethod`.
            colocate_gradients_with_ops: ask that gradients are computed where their forward operations are.
            grad_loss: the gradient to start with, ones by default.

        Returns:
            A list of (gradient, variable); a gradient may be `IndexedSlices`, or None.

        Raises:
            ValueError: if there is nothing to train, or a type is not a float.
        """
        given = loss = loss() if callable(loss) else loss
        loss = self._scale_loss(loss)
        self._check_gate(gate_gradients)
        loss = convert_to_tensor(loss)
        self._assert_valid_dtypes([loss] if grad_loss is None else [loss, grad_loss])
        variables = trained.chosen(var_list)
        grads = gradients(
            loss,
            [trained.target(v) for v in variables],
            grad_ys=grad_loss,
            gate_gradients=gate_gradients == self.GATE_OP,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
        )
        if gate_gradients == self.GATE_GRAPH:
            with get_default_graph().stage("gradients"):
                grads = group.tuple(grads)
        pairs = list(zip(grads, variables))
        self._without_gradients = None if any(g is not None for g in grads) else (loss, given)
        self._assert_valid_dtypes([v for g, v in pairs if g is not None and v.dtype is not dtypes.resource])
        return pairs

    def _check_gate(self, gate_gradients: int) -> None:
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise ValueError(
                "gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, "
                f"Optimizer.GATE_GRAPH.  Not {gate_gradients}"
            )

    @staticmethod
    def _scale_loss(loss_value: Any) -> Any:
        """Return the loss to differentiate; for subclasses that scale it."""
        return loss_value

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Operation:
        """Make the operation that updates the variables.

        Args:
            grads_and_vars: pairs of (gradient, variable), as `compute_gradients` gives them.
            global_step: a variable to increment after the update.
            name: the name of the operation, by default the optimizer's.

        Raises:
            TypeError: if a gradient is neither a tensor nor `IndexedSlices`.
            ValueError: if there is no gradient. The graph is left as it was.
        """
        graph = get_default_graph()
        with graph.atomic():
            pairs = trained.checked_pairs(grads_and_vars, self._without_gradients)
            self._undo_with(graph)
            with graph.stage("apply"), init_scope():
                self._create_slots([v for g, v in pairs if g is not None])
            with atomic_scope(name, self._name) as scope:
                done = self._update(graph, pairs, scope, global_step)
            collected = graph.get_collection_ref(GraphKeys.TRAIN_OP)
            if done not in collected:
                graph.add_to_collection(GraphKeys.TRAIN_OP, done)
            return done

    def _distributed_apply(
        self, distribution: Any, grads_and_vars: Any, global_step: Any = None, name: str | None = None
    ) -> Operation:
        """Return what `apply_gradients` does for all replicas of a distribution: here there is always one."""
        return self.apply_gradients(grads_and_vars, global_step, name)

    def _update(self, graph: Any, pairs: list, scope: str, global_step: Any) -> Operation:
        with graph.stage("apply"):
            self._prepare()
            updates = []
            for gradient, variable in pairs:
                if gradient is not None:
                    with atomic_scope("update_" + variable.op.name), colocate_with(variable):
                        updates.append(trained.update(self, gradient, variable))
            finished = self._finish(updates, scope if global_step is None else "update")
        if global_step is not None:
            with graph.stage("global_step"), control_dependencies([finished]), trained.beside(global_step):
                if is_resource_variable(global_step):
                    finished = global_step.assign_add(1, name=scope, read_value=False)
                else:
                    finished = assign.assign_add(global_step, 1, name=scope)
        return finished.op if isinstance(finished, Tensor) else finished

    def _undo_with(self, graph: Any) -> None:
        """Register the slots that a failed call made to be forgotten together with their nodes."""
        slots, others = {name: dict(found) for name, found in self._slots.items()}, dict(self._non_slot_dict)

        def undo() -> None:
            self._slots, self._non_slot_dict = slots, others

        graph.on_rollback(undo)

    # What subclasses use and give

    def _assert_valid_dtypes(self, tensors: list) -> None:
        valid = self._valid_dtypes()
        for t in tensors:
            dtype = t.dtype.base_dtype
            if dtype not in valid:
                raise ValueError(
                    message(
                        f"Invalid type {dtype!r} for {t.name}, expected: {list(valid)}.",
                        f"It is {made(t)}.",
                        f"Only floating point numbers can be trained: write {code('tf.Variable(1.0)')}, or "
                        f"{code(f'tf.cast({name_of(t)}, tf.float32)', 'x')}.",
                    )
                )

    def _valid_dtypes(self) -> Any:
        return {dtypes.float32, dtypes.float64, dtypes.float16, dtypes.bfloat16}

    def _call_if_callable(self, param: Any) -> Any:
        return param() if callable(param) else param

    def _tensors(self, **values: Any) -> list[Tensor]:
        """Convert hyperparameters to tensors with these names; all functions are called before the first conversion."""
        called = {name: self._call_if_callable(value) for name, value in values.items()}
        return [convert_to_tensor(value, name=name) for name, value in called.items()]

    def _as(self, var: Any, *values: Any) -> list[Tensor]:
        """Cast hyperparameters to the dtype of a variable."""
        return [cast.cast(value, var.dtype.base_dtype) for value in values]

    def _create_slots(self, var_list: list) -> None:
        """Make the slots."""

    def _prepare(self) -> None:
        """Make the tensors that all updates need, such as the learning rate."""

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        """Make the update of a variable by a dense gradient."""
        raise NotImplementedError

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        """Make the update by a gradient of some rows, each named once."""
        raise NotImplementedError

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        """Sum the rows that are named twice, then `_apply_sparse`."""
        values, indices = _deduplicated(grad.values, grad.indices)
        return self._apply_sparse(IndexedSlices(values, indices, grad.dense_shape), var)

    def _resource_apply_dense(self, grad: Tensor, handle: Any) -> Any:
        """Make the update of a resource variable by a dense gradient."""
        raise NotImplementedError

    def _resource_apply_sparse(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """Make the update of a resource variable by the values of some rows, each named once."""
        raise NotImplementedError

    def _resource_apply_sparse_duplicate_indices(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """Sum the rows that are named twice, then `_resource_apply_sparse`."""
        values, indices = _deduplicated(grad, indices)
        return self._resource_apply_sparse(values, handle, indices)

    def _finish(self, update_ops: list, name_scope: str) -> Any:
        """Make the operations that follow all updates, and return one that waits for them."""
        return group.group(*update_ops, name=name_scope)


def _deduplicated(values: Tensor, indices: Tensor) -> tuple[Tensor, Tensor]:
    rows, places = unique.unique(indices)
    return segments.unsorted_segment_sum(values, places, shape_ops.shape(rows)[0]), rows
