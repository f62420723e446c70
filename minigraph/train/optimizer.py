"""`Optimizer`: from a loss to gradients, and from gradients to an operation that updates the variables.

A subclass gives methods of `Updates`, and `_create_slots`, `_prepare` or `_finish` where it needs them: all methods,
their arguments and the order of the calls are those that subclasses written for TF1 rely on, which may override any of
them. The tensors that a built-in optimizer's `_prepare` makes have TF1's names too.
"""

from __future__ import annotations

from typing import Any

from minigraph.autodiff.backward import gradients
from minigraph.graph import dtypes, nest
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.displayed import Displayed
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies, init_scope
from minigraph.ops.arrays import cast
from minigraph.ops.control import group
from minigraph.ops.variables import assign
from minigraph.train import arguments
from minigraph.train.explain_gradients import no_gradients, no_gradients_to_apply
from minigraph.train.slots import Slots
from minigraph.train.updates import Updates
from minigraph.variables.collections import trainable_variables
from minigraph.variables.variable import Variable, is_resource_variable

__all__ = ["Optimizer"]


class Optimizer(Slots, Updates, Displayed):
    """Base of the optimizers.

    Args:
        use_locking: accepted, as in TF1; updates are always whole here.
        name: a name for the operations and slots; ValueError if it is empty.
    """

    GATE_NONE, GATE_OP, GATE_GRAPH = range(3)

    _without_gradients: tuple | None = None  # the last loss, where it gave no gradient for any variable

    def __init__(self, use_locking: bool, name: str):
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._use_locking, self._name = use_locking, name
        self._slots, self._non_slot_dict = {}, {}

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
            gate_gradients: GATE_NONE; GATE_OP: use no gradient of an operation before all of them are computed; or
                GATE_GRAPH: none of the graph.
            aggregation_method: see `tf.AggregationMethod`.
            colocate_gradients_with_ops: ask that gradients are computed where their forward operations are.
            grad_loss: the gradient to start with, ones by default.

        Returns:
            A list of (gradient, variable); a gradient may be `IndexedSlices`, or None.

        Raises:
            ValueError: if there is nothing to train, or a type is not a float.
        """
        given = loss() if callable(loss) else loss
        loss = self._scale_loss(given)
        _check_gate(gate_gradients)
        loss = convert_to_tensor(loss)
        self._assert_valid_dtypes([loss] if grad_loss is None else [loss, grad_loss])
        variables = _chosen(var_list)
        grads = gradients(
            loss,
            [_target(v) for v in variables],
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
            pairs = _checked_pairs(grads_and_vars, self._without_gradients)
            self._undo_with(graph)
            with graph.stage("apply"), init_scope():
                self._create_slots([v for g, v in pairs if g is not None])
            with atomic_scope(name, self._name) as scope:
                done = self._update(graph, pairs, scope, global_step)
            collected = graph.get_collection_ref(GraphKeys.TRAIN_OP)
            if done not in collected:
                graph.add_to_collection(GraphKeys.TRAIN_OP, done)
            return done

    def _distributed_apply(self, distribution: Any, *args: Any, **kwargs: Any) -> Operation:
        """Call `apply_gradients`: a distribution has one replica here."""
        return self.apply_gradients(*args, **kwargs)

    def _update(self, graph: Any, pairs: list, scope: str, global_step: Any) -> Operation:
        with graph.stage("apply"):
            self._prepare()
            updates = []
            for gradient, variable in pairs:
                if gradient is not None:
                    with atomic_scope("update_" + variable.op.name), colocate_with(variable):
                        updates.append(_updated(self, gradient, variable))
            finished = self._finish(updates, scope if global_step is None else "update")
        if global_step is not None:
            with graph.stage("global_step"), control_dependencies([finished]), _beside(global_step):
                if is_resource_variable(global_step):
                    finished = global_step.assign_add(1, name=scope, read_value=False)
                else:
                    finished = assign.assign_add(global_step, 1, name=scope)
        return finished.op if isinstance(finished, Tensor) else finished

    def _undo_with(self, graph: Any) -> None:
        """Register the slots that a failed call made to be forgotten together with their nodes."""
        slots = {name: dict(found) for name, found in self._slots.items()}
        before = {"_slots": slots, "_non_slot_dict": dict(self._non_slot_dict)}
        graph.on_rollback(lambda: self.__dict__.update(before))

    # What subclasses use and give

    def _assert_valid_dtypes(self, tensors: list) -> None:
        valid = self._valid_dtypes()
        for t in tensors:
            if t.dtype.base_dtype not in valid:
                raise arguments.invalid_type(t, valid)

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

    def _finish(self, update_ops: list, name_scope: str) -> Any:
        """Make the operations that follow all updates, and return one that waits for them."""
        return group.group(*update_ops, name=name_scope)


def _check_gate(gate_gradients: int) -> None:
    if gate_gradients not in (Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH):
        known = "Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH"
        raise ValueError(f"gate_gradients must be one of: {known}.  Not {gate_gradients}")


def _chosen(var_list: Any) -> list:
    """Return the variables to train: those of a (nested) list, or all trainable ones."""
    if var_list is None:
        var_list = trainable_variables() + get_collection(GraphKeys.TRAINABLE_RESOURCE_VARIABLES)
    variables = nest.flatten(var_list)
    if not variables:
        told = "There is no trainable variable in this graph (or var_list is empty)."
        raise ValueError(f"No variables to optimize.\n{told}")
    return variables


def _target(v: Any) -> Tensor:
    """Return the tensor whose gradient trains `v`."""
    if not hasattr(v, "op"):
        raise arguments.not_a_variable(v)
    if not isinstance(v, (Variable, Tensor)):
        raise NotImplementedError(f"Trying to optimize unsupported type {v}")
    return v._ref() if isinstance(v, Variable) else v


def _checked_pairs(grads_and_vars: Any, without_gradients: tuple | None) -> list:
    """Return the pairs of (gradient, variable), with values converted to tensors; at least one is not None."""
    given = list(grads_and_vars)
    if not given:
        raise ValueError("No variables provided.")
    for i, pair in enumerate(given):
        if isinstance(pair, (Tensor, IndexedSlices)):
            raise arguments.no_pair(i, pair)
    pairs = []
    for g, v in given:
        pairs.append((_gradient(g), v))
        _target(v)  # raises an error for what is not a variable
    if all(g is None for g, _ in pairs):
        raise ValueError(no_gradients_to_apply([v for _, v in pairs], without_gradients))
    return pairs


def _gradient(g: Any) -> Any:
    if g is None or isinstance(g, (Tensor, IndexedSlices)):
        return g
    try:
        return convert_to_tensor(g)
    except TypeError:
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {g}") from None


def _beside(global_step: Any) -> Any:
    """Return a block colocated with the global step."""
    try:
        return colocate_with(global_step)
    except TypeError as error:
        raise arguments.wrong_step(global_step, error) from None


def _updated(optimizer: Optimizer, gradient: Any, variable: Any) -> Any:
    """Build the update of a variable by the optimizer's method for its kind and that of the gradient."""
    if isinstance(variable, Tensor):
        raise arguments.a_tensor_to_update(variable)
    by_handle = is_resource_variable(variable)
    if isinstance(gradient, IndexedSlices):
        if variable.constraint is not None:
            raise RuntimeError("Cannot use a constraint function on a sparse variable.")
        if by_handle:
            return optimizer._resource_apply_sparse_duplicate_indices(gradient.values, variable, gradient.indices)
        return optimizer._apply_sparse_duplicate_indices(gradient, variable)
    done = (optimizer._resource_apply_dense if by_handle else optimizer._apply_dense)(gradient, variable)
    if variable.constraint is None:
        return done
    with control_dependencies([done]):
        return variable.assign(variable.constraint(variable))
