"""`Optimizer`: from a loss to gradients, and from gradients to an operation that updates the variables.

A subclass gives `_apply_dense` (and `_apply_sparse`), and `_create_slots`, `_prepare` or `_finish` where it needs them:
the methods, their arguments and the order of the calls are those that subclasses written for TF1 rely on, which may
override any of them. The tensors that a built-in optimizer's `_prepare` makes have TF1's names too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.autodiff.backward import gradients
from minigraph.graph import dtypes, nest
from minigraph.graph.code import code, name_of
from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies, init_scope
from minigraph.graph.text import message
from minigraph.ops.arrays import cast, shape_ops, unique
from minigraph.ops.control import group
from minigraph.ops.math import segments
from minigraph.ops.variables import assign
from minigraph.train import slot_creator, trained
from minigraph.train.explain_gradients import no_gradients
from minigraph.variables.resource_variable import is_resource_variable
from minigraph.variables.variable import Variable

__all__ = ["Optimizer"]


class Optimizer:
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
        self._slots: dict[str, dict] = {}
        self._non_slot_dict: dict[tuple, Variable] = {}

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
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise ValueError(
                "gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, "
                f"Optimizer.GATE_GRAPH.  Not {gate_gradients}"
            )
        loss = convert_to_tensor(loss)
        self._assert_valid_dtypes([loss])
        if grad_loss is not None:
            self._assert_valid_dtypes([grad_loss])
        variables = trained.chosen(var_list)
        targets = [trained.target(v) for v in variables]
        grads = gradients(
            loss,
            targets,
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

    @staticmethod
    def _scale_loss(loss_value: Any) -> Any:
        """Return the loss to differentiate; for subclasses that scale it. (There are no replicas to take a mean
        over.)
        """
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
            with graph.stage("global_step"), control_dependencies([finished]), colocate_with(global_step):
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

    # Slots

    def get_slot(self, var: Any, name: str) -> Variable | None:
        """Return the slot of that name of a variable, or None."""
        return self._slots.get(name, {}).get(_key(var))

    def get_slot_names(self) -> list[str]:
        """Return the names of the slots."""
        return sorted(self._slots)

    def variables(self) -> list[Variable]:
        """Return the variables that the optimizer has made in the default graph, by name."""
        graph = get_default_graph()
        found = list(self._non_slot_variables()) + [v for slots in self._slots.values() for v in slots.values()]
        return sorted((v for v in found if v.graph is graph), key=lambda v: v.name)

    def _slot_dict(self, slot_name: str) -> dict:
        return self._slots.setdefault(slot_name, {})

    def _get_or_make_slot(self, var: Any, val: Any, slot_name: str, op_name: str) -> Variable:
        return self._slot(var, slot_name, lambda: slot_creator.create_slot(var, val, op_name))

    def _get_or_make_slot_with_initializer(
        self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str, op_name: str
    ) -> Variable:
        return self._slot(
            var, slot_name, lambda: slot_creator.create_slot_with_initializer(var, initializer, shape, dtype, op_name)
        )

    def _zeros_slot(self, var: Any, slot_name: str, op_name: str) -> Variable:
        return self._slot(var, slot_name, lambda: slot_creator.create_zeros_slot(var, op_name))

    def _slot(self, var: Any, slot_name: str, create: Callable) -> Variable:
        slots = self._slot_dict(slot_name)
        if _key(var) not in slots:
            slot = create()
            self._restore_slot_variable(slot_name=slot_name, variable=var, slot_variable=slot)
            slots[_key(var)] = slot
        return slots[_key(var)]

    def _restore_slot_variable(self, slot_name: str, variable: Any, slot_variable: Variable) -> None:
        """Take note of each new slot; for subclasses that give it a value of their own."""

    def _create_non_slot_variable(self, initial_value: Any, name: str, colocate_with: Any) -> Variable:
        from minigraph.graph.scopes import colocate_with as beside

        key = name, colocate_with.graph
        if key not in self._non_slot_dict:
            with beside(colocate_with):
                self._non_slot_dict[key] = Variable(
                    initial_value, name=name, trainable=False, use_resource=is_resource_variable(colocate_with)
                )
        return self._non_slot_dict[key]

    def _get_non_slot_variable(self, name: str, graph: Any = None) -> Variable | None:
        return self._non_slot_dict.get((name, graph))

    def _non_slot_variables(self) -> list[Variable]:
        return list(self._non_slot_dict.values())

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
        """Hyperparameters as tensors of these names; all functions are called before the first tensor is made."""
        called = {name: self._call_if_callable(value) for name, value in values.items()}
        return [convert_to_tensor(value, name=name) for name, value in called.items()]

    def _as(self, var: Any, *values: Any) -> list[Tensor]:
        """Hyperparameters in the type of a variable."""
        return [cast.cast(value, var.dtype.base_dtype) for value in values]

    def _create_slots(self, var_list: list) -> None:
        """Make the slots."""

    def _prepare(self) -> None:
        """Make what all updates need, such as the tensor of the learning rate."""

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
        """`_apply_dense` for a resource variable."""
        raise NotImplementedError

    def _resource_apply_sparse(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """`_apply_sparse` for a resource variable: `grad` is the values of the rows."""
        raise NotImplementedError

    def _resource_apply_sparse_duplicate_indices(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """Sum the rows that are named twice, then `_resource_apply_sparse`."""
        values, indices = _deduplicated(grad, indices)
        return self._resource_apply_sparse(values, handle, indices)

    def _finish(self, update_ops: list, name_scope: str) -> Any:
        """Make what follows all updates, and the operation that stands for them."""
        return group.group(*update_ops, name=name_scope)


def _key(var: Any) -> tuple:
    return var.op.graph, var.op.name


def _deduplicated(values: Tensor, indices: Tensor) -> tuple[Tensor, Tensor]:
    rows, places = unique.unique(indices)
    return segments.unsorted_segment_sum(values, places, shape_ops.shape(rows)[0]), rows
