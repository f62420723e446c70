"""`Optimizer`: from a loss to gradients, and from gradients to an operation that updates the variables.

A subclass gives `_apply_dense` (and `_apply_sparse`), and `_create_slots`, `_prepare` or `_finish` where it needs them:
the methods, and the order of the calls, that subclasses written for TF1 rely on.
"""
from __future__ import annotations

from typing import Any

from minigraph.gradients import gradients
from minigraph.graph import dtypes
from minigraph.graph.advice import code, name_of
from minigraph.graph.collections import GraphKeys
from minigraph.graph.context import colocate_with, control_dependencies, get_default_graph, init_scope, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made, message
from minigraph.graph.operation import Operation, Tensor
from minigraph.ops import array, cast, control_flow, segment, sets, state
from minigraph.train import slot_creator
from minigraph.train.explain_gradients import no_gradients, no_gradients_to_apply
from minigraph.variables import Variable, trainable_variables

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

    _without_gradients: tuple | None = None     # the last loss, where it gave no gradient for any variable

    def __init__(self, use_locking: bool, name: str):
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._use_locking = use_locking
        self._name = name
        self._slots: dict[str, dict] = {}
        self._non_slot_dict: dict[tuple, Variable] = {}

    def get_name(self) -> str:
        """The name."""
        return self._name

    # From a loss to an update

    def minimize(self, loss: Any, global_step: Any = None, var_list: Any = None, gate_gradients: int = GATE_OP,
                 aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                 name: str | None = None, grad_loss: Any = None) -> Operation:
        """Makes the operation of a training step: `compute_gradients`, then `apply_gradients`.

        Args:
            loss: the tensor to minimize.
            global_step: a variable to increment after the update.
            var_list: the variables to train, by default the trainable ones.
            gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss: see `compute_gradients`.
            name: the name of the operation.

        Raises:
            ValueError: if the loss depends on none of the variables. The graph is left as it was.

        Example:
            >>> import minigraph as tf
            >>> with tf.Graph().as_default(), tf.Session() as sess:
            ...     w = tf.Variable(3.0)
            ...     train_op = tf.train.GradientDescentOptimizer(0.25).minimize(w * w)
            ...     sess.run(tf.global_variables_initializer())
            ...     sess.run(train_op)
            ...     print(sess.run(w))
            1.5
        """
        graph = get_default_graph()
        with graph.atomic(), graph.training_call("minimize"):
            graph.note_variables(None if var_list is None else _flat(var_list))
            pairs = self.compute_gradients(
                loss, var_list=var_list, gate_gradients=gate_gradients, aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops, grad_loss=grad_loss)
            if all(g is None for g, _ in pairs):
                raise ValueError(no_gradients(convert_to_tensor(loss), loss, [v for _, v in pairs]))
            return self.apply_gradients(pairs, global_step=global_step, name=name)

    def compute_gradients(self, loss: Any, var_list: Any = None, gate_gradients: int = GATE_OP,
                          aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                          grad_loss: Any = None) -> list[tuple]:
        """Gives the gradients of the loss.

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
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise ValueError("gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, "
                             f"Optimizer.GATE_GRAPH.  Not {gate_gradients}")
        loss = convert_to_tensor(loss)
        self._assert_valid_dtypes([loss] if grad_loss is None else [loss, grad_loss])
        variables = trainable_variables() if var_list is None else _flat(var_list)
        if not variables:
            raise ValueError("No variables to optimize.\nThere is no trainable variable in this graph (or var_list is "
                             "empty).")
        targets = [_target(v) for v in variables]
        grads = gradients(loss, targets, grad_ys=grad_loss, gate_gradients=gate_gradients == self.GATE_OP,
                          aggregation_method=aggregation_method,
                          colocate_gradients_with_ops=colocate_gradients_with_ops)
        if gate_gradients == self.GATE_GRAPH:
            with get_default_graph().stage("gradients"):
                grads = control_flow.tuple(grads)
        pairs = list(zip(grads, variables))
        self._without_gradients = None if any(g is not None for g in grads) else (loss, given)
        self._assert_valid_dtypes([v for g, v in pairs if g is not None])
        return pairs

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Operation:
        """Makes the operation that updates the variables.

        Args:
            grads_and_vars: pairs of (gradient, variable), as `compute_gradients` gives them.
            global_step: a variable to increment after the update.
            name: the name of the operation, by default the optimizer's.

        Raises:
            TypeError: if a gradient is neither a tensor nor `IndexedSlices`.
            ValueError: if there is no gradient. The graph is left as it was.
        """
        pairs = [(_gradient(g), v) for g, v in _checked_pairs(grads_and_vars)]
        if not pairs:
            raise ValueError("No variables provided.")
        for _, v in pairs:
            _target(v)          # says what is no variable
        trained = [v for g, v in pairs if g is not None]
        if not trained:
            raise ValueError(no_gradients_to_apply([v for _, v in pairs], self._without_gradients))
        graph = get_default_graph()
        with graph.atomic():
            self._undo_with(graph)
            with graph.stage("apply"), init_scope():
                self._create_slots(trained)
            with name_scope(name, self._name) as scope:
                done = self._update(graph, pairs, scope, global_step)
            collected = graph.get_collection_ref(GraphKeys.TRAIN_OP)
            if done not in collected:
                graph.add_to_collection(GraphKeys.TRAIN_OP, done)
            return done

    def _update(self, graph: Any, pairs: list, scope: str, global_step: Any) -> Operation:
        with graph.stage("apply"):
            self._prepare()
            updates = []
            for gradient, variable in pairs:
                if gradient is not None:
                    with name_scope("update_" + variable.op.name), colocate_with(variable):
                        updates.append(self._update_one(gradient, variable))
            finished = self._finish(updates, scope if global_step is None else "update")
        if global_step is not None:
            with graph.stage("global_step"), control_dependencies([finished]), colocate_with(global_step):
                finished = state.assign_add(global_step, 1, name=scope)
        return finished.op if isinstance(finished, Tensor) else finished

    def _update_one(self, gradient: Any, variable: Any) -> Any:
        if isinstance(variable, Tensor):
            raise NotImplementedError("Trying to update a Tensor ", variable)
        constraint = getattr(variable, "constraint", None)
        if isinstance(gradient, IndexedSlices):
            if constraint is not None:
                raise RuntimeError("Cannot use a constraint function on a sparse variable.")
            return self._apply_sparse_duplicate_indices(gradient, variable)
        done = self._apply_dense(gradient, variable)
        if constraint is None:
            return done
        with control_dependencies([done]):
            # The cell itself, read after the update: `v/read` runs where it was made, before it.
            return variable.assign(constraint(variable._ref()))

    def _undo_with(self, graph: Any) -> None:
        """Has the slots that a failed call made forgotten with their nodes."""
        slots, others = {name: dict(found) for name, found in self._slots.items()}, dict(self._non_slot_dict)

        def undo() -> None:
            self._slots, self._non_slot_dict = slots, others

        graph.on_rollback(undo)

    # Slots

    def get_slot(self, var: Any, name: str) -> Variable | None:
        """Gives the slot of that name of a variable, or None."""
        return self._slots.get(name, {}).get(_key(var))

    def get_slot_names(self) -> list[str]:
        """The names of the slots."""
        return sorted(self._slots)

    def variables(self) -> list[Variable]:
        """The variables that the optimizer has made in the default graph, by name."""
        graph = get_default_graph()
        found = list(self._non_slot_dict.values()) + [v for slots in self._slots.values() for v in slots.values()]
        return sorted((v for v in found if v.graph is graph), key=lambda v: v.name)

    def _slot_dict(self, slot_name: str) -> dict:
        return self._slots.setdefault(slot_name, {})

    def _get_or_make_slot(self, var: Any, val: Any, slot_name: str, op_name: str) -> Variable:
        slots = self._slot_dict(slot_name)
        if _key(var) not in slots:
            slots[_key(var)] = slot_creator.create_slot(var, val, op_name)
        return slots[_key(var)]

    def _get_or_make_slot_with_initializer(self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str,
                                           op_name: str) -> Variable:
        slots = self._slot_dict(slot_name)
        if _key(var) not in slots:
            slots[_key(var)] = slot_creator.create_slot_with_initializer(var, initializer, shape, dtype, op_name)
        return slots[_key(var)]

    def _zeros_slot(self, var: Any, slot_name: str, op_name: str) -> Variable:
        slots = self._slot_dict(slot_name)
        if _key(var) not in slots:
            slots[_key(var)] = slot_creator.create_zeros_slot(var, op_name)
        return slots[_key(var)]

    def _create_non_slot_variable(self, initial_value: Any, name: str, colocate_with: Any) -> Variable:
        from minigraph.graph.context import colocate_with as beside
        key = name, colocate_with.graph
        if key not in self._non_slot_dict:
            with beside(colocate_with):
                self._non_slot_dict[key] = Variable(initial_value, name=name, trainable=False)
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
                raise ValueError(message(
                    f"Invalid type {dtype!r} for {t.name}, expected: {list(valid)}.", f"It is {made(t)}.",
                    f"Only floating point numbers can be trained: write {code('tf.Variable(1.0)')}, or "
                    f"{code(f'tf.cast({name_of(t)}, tf.float32)', 'x')}."))

    def _valid_dtypes(self) -> Any:
        return dtypes.float32, dtypes.float64, dtypes.float16, dtypes.bfloat16

    def _call_if_callable(self, param: Any) -> Any:
        return param() if callable(param) else param

    def _hyper(self, value: Any, name: str) -> Tensor:
        """A hyperparameter as a tensor."""
        return convert_to_tensor(self._call_if_callable(value), name=name)

    def _as(self, var: Any, *values: Any) -> list[Tensor]:
        """Hyperparameters in the type of a variable."""
        return [cast.cast(value, var.dtype.base_dtype) for value in values]

    def _create_slots(self, var_list: list) -> None:
        """Makes the slots."""

    def _prepare(self) -> None:
        """Makes what all updates need, such as the tensor of the learning rate."""

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        raise NotImplementedError

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        raise NotImplementedError

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        """Sums the rows that are named twice, then `_apply_sparse`."""
        values, indices = _deduplicated(grad)
        return self._apply_sparse(IndexedSlices(values, indices, grad.dense_shape), var)

    def _finish(self, update_ops: list, name_scope: str) -> Any:
        return control_flow.group(*update_ops, name=name_scope)


def _flat(values: Any) -> list:
    if isinstance(values, (list, tuple, set)):
        return [v for value in values for v in _flat(value)]
    return [v for value in values.values() for v in _flat(value)] if isinstance(values, dict) else [values]


def _target(v: Any) -> Tensor:
    if isinstance(v, Variable):
        return v._ref()
    if v.op and isinstance(v, Tensor):
        return v
    raise NotImplementedError(f"Trying to optimize unsupported type {v}")


def _checked_pairs(grads_and_vars: Any) -> list:
    pairs = list(grads_and_vars)
    for i, pair in enumerate(pairs):
        if isinstance(pair, (Tensor, IndexedSlices)):
            raise TypeError(message(
                "Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use "
                "tf.map_fn.", f"Item {i} of grads_and_vars is {made(pair)}, and no pair of a gradient and a variable.",
                f"Write {code('zip(grads, variables)', 'grads', 'variables')}."))
    return pairs


def _gradient(g: Any) -> Any:
    if g is None or isinstance(g, (Tensor, IndexedSlices)):
        return g
    try:
        return convert_to_tensor(g)
    except TypeError:
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {g}") from None


def _key(var: Any) -> tuple:
    return var.op.graph, var.op.name


def _deduplicated(grad: IndexedSlices) -> tuple[Tensor, Tensor]:
    indices, places = sets.unique(grad.indices)
    return segment.unsorted_segment_sum(grad.values, places, array.shape(indices)[0]), indices
