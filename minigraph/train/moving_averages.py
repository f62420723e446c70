"""Moving averages of variables and tensors."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation
from minigraph.graph.scopes import atomic_scope, colocate_with, init_scope
from minigraph.ops.arrays import cast
from minigraph.ops.control import group
from minigraph.ops.math import maximum_minimum, pow
from minigraph.ops.variables import assign
from minigraph.train.slots import create_slot, create_zeros_slot
from minigraph.variables.collections import global_variables, moving_average_variables, trainable_variables
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable import Variable
from minigraph.variables.variable_scope import variable_scope

__all__ = ["ExponentialMovingAverage", "assign_moving_average"]


def assign_moving_average(
    variable: Variable, value: Any, decay: Any, zero_debias: bool = True, name: str | None = None
) -> Any:
    """Make the operation variable = decay * variable + (1 - decay) * value.

    Args:
        variable: what is moved.
        value: a tensor of its shape and type.
        decay: a number or scalar tensor, near 1.
        zero_debias: correct for a start at zero, as Adam does (section 3 of https://arxiv.org/abs/1412.6980); makes two
            more variables.
        name: the name of the operation.

    Returns:
        The ref tensor of the variable after the update.

    Example:
        >>> v = tf.Variable(10.0)
        >>> move = assign_moving_average(v, 20.0, 0.9, zero_debias=False)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(round(float(sess.run(move)), 4))
        11.0
    """
    with atomic_scope(name, "AssignMovingAvg", [variable, value, decay]) as scope:
        rest = convert_to_tensor(1.0 - decay, name="decay")
        if rest.dtype.base_dtype != variable.dtype.base_dtype:
            rest = cast.cast(rest, variable.dtype.base_dtype)
        if zero_debias:
            return _debiased(variable, value, rest)
        return assign.assign_sub(variable, (variable - value) * rest, name=scope)


def _free_name(name: str) -> str:
    """Return a name for a variable in the scope in force that none has yet."""
    scope = get_variable_scope()
    if scope.reuse:
        return name
    taken = {v.op.name for v in scope.global_variables()}
    if f"{scope.name}/{name}" not in taken:
        return name
    i = 1
    while f"{scope.name}/{name}_{i}" in taken:
        i += 1
    return f"{name}_{i}"


def _debiased(variable: Variable, value: Any, rest: Any) -> Any:
    with variable_scope(variable.op.name, values=[variable, value, rest]):
        with colocate_with(variable):
            biased: Any = get_variable(
                _free_name("biased"), variable.shape, variable.dtype.base_dtype, zeros_initializer(), trainable=False
            )
            steps: Any = get_variable(
                _free_name("local_step"), [], variable.dtype.base_dtype, zeros_initializer(), trainable=False
            )
    new_biased = assign.assign_sub(biased, (biased - value) * rest)
    new_steps = steps.assign_add(1)
    factor = 1 - pow.pow(1.0 - rest, new_steps)
    return assign.assign(variable, new_biased / factor, name=get_default_graph()._scopes.name + "/")


class ExponentialMovingAverage:
    """Keep averages of variables in which older values count less and less.

    Averages of the weights over the last steps often test better than the weights themselves.

    Args:
        decay: near 1; average = decay * average + (1 - decay) * value.
        num_updates: a count of the steps; if given, the decay is at most (1 + n) / (10 + n), quicker in the beginning.
        zero_debias: correct for a start at zero, where a tensor (not a variable) is averaged.
        name: the name of the operations and of the averages.

    Example:
        >>> w = tf.Variable(10.0, name="w")
        >>> ema = tf.train.ExponentialMovingAverage(0.9)
        >>> maintain = ema.apply([w])
        >>> sess.run(tf.global_variables_initializer())
        >>> _ = tf.assign(w, 20.0).eval()
        >>> sess.run(maintain)
        >>> print(round(float(sess.run(ema.average(w))), 4), ema.average_name(w))
        11.0 w/ExponentialMovingAverage
    """

    def __init__(
        self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"
    ):
        self._decay, self._num_updates, self._zero_debias, self._name = decay, num_updates, zero_debias, name
        self._averages: dict[Any, Variable] = {}

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    def apply(self, var_list: Any = None) -> Operation:
        """Make the averages that are missing, and the operation that updates them all.

        Args:
            var_list: variables or tensors, by default the trainable variables.

        Raises:
            TypeError: if one is not of floats.
        """
        var_list = trainable_variables() if var_list is None else var_list
        with get_default_graph().atomic():
            before = dict(self._averages)
            get_default_graph().on_rollback(lambda: self.__dict__.update(_averages=before))
            debiased = {v for v in var_list if self._make_average(v)}
            with atomic_scope(self._name) as scope:
                decay = self._decay_tensor()
                updates = [assign_moving_average(self._averages[v], v, decay, v in debiased) for v in var_list]
                return group.group(*updates, name=scope)

    def _make_average(self, var: Any) -> bool:
        """Make the average of `var` where there is none; return whether it starts at zero and is to be corrected."""
        if var.dtype.base_dtype not in dtypes.FLOATS:
            raise TypeError(f"The variables must be half, float, or double: {var.name}")
        if var in self._averages:
            return False
        with init_scope():
            if isinstance(var, Variable):
                self._averages[var] = create_slot(var, var.initialized_value(), self._name)
                add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, var)
                return False
            self._averages[var] = create_zeros_slot(
                var, self._name, colocate_with_primary=var.op.type in ("VariableV2", "VarHandleOp")
            )
            return self._zero_debias

    def _decay_tensor(self) -> Any:
        decay: Any = convert_to_tensor(self._decay, name="decay")
        if self._num_updates is None:
            return decay
        count = cast.cast(self._num_updates, dtypes.float32, name="num_updates")
        return maximum_minimum.minimum(decay, (1.0 + count) / (10.0 + count))

    def average(self, var: Any) -> Variable | None:
        """Return the average of `var`, or None."""
        return self._averages.get(var)

    def average_name(self, var: Any) -> str:
        """Return the name of the average of `var`: the one it has, or would have."""
        if var in self._averages:
            return self._averages[var].op.name
        return get_default_graph().unique_name(f"{var.op.name}/{self._name}", mark_as_used=False)

    def variables_to_restore(self, moving_avg_variables: Any = None) -> dict[str, Variable]:
        """Return a dict from names in a checkpoint to variables, so that restoring loads the averages in their place.

        Args:
            moving_avg_variables: the variables that have averages, by default the trainable and the averaged ones.
        """
        if moving_avg_variables is None:
            moving_avg_variables = trainable_variables() + moving_average_variables()
        found = {self.average_name(v): v for v in dict.fromkeys(moving_avg_variables)}
        averaged = {v.name for v in found.values()}
        for v in global_variables():
            if v.name not in averaged and v.op.name not in found:
                found[v.op.name] = v
        return found
