"""Operations without outputs (no-ops and groups), and control dependencies between operations."""

from typing import Any

from minigraph.graph import nest
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies, device
from minigraph.ops.arrays import identity

__all__ = ["no_op", "group", "tuple"]


class NoOp(OpDef):
    """Do nothing; an operation to wait for."""

    outputs = ()
    gradient = no_gradient

    def kernel(self, xp):
        return None


def no_op(name: str | None = None) -> Operation:
    """Build an operation that does nothing.

    Example:
        >>> print(sess.run(tf.no_op()))
        None
    """
    return apply(NoOp(), name=name)


def with_dependencies(dependencies: Any, output_tensor: Any, name: str | None = None) -> Any:
    """Return a tensor or `IndexedSlices` that is available once the dependencies, operations or tensors, have run."""
    with (
        atomic_scope(name, "control_dependency", [*dependencies, output_tensor]) as scope,
        colocate_with(output_tensor),
        control_dependencies(dependencies),
    ):
        if isinstance(output_tensor, IndexedSlices):
            values = identity.identity(output_tensor.values, name=scope)
            return IndexedSlices(values, output_tensor.indices, output_tensor.dense_shape)
        return identity.identity(convert_to_tensor(output_tensor), name=scope)


def group(*inputs: Any, **kwargs: Any) -> Operation:
    """Group operations into one that is done once all of them are.

    Args:
        *inputs: operations, tensors or variables, also in lists or dicts; TypeError for anything else.
        name: the name of the operation; ValueError for other options.

    Example:
        >>> v = tf.Variable(1)
        >>> both = tf.group(tf.assign_add(v, 1), tf.no_op())
        >>> print(sess.run(v.initializer), sess.run(both), sess.run(v))
        None None 2
    """
    name = kwargs.pop("name", None)
    if kwargs:
        raise ValueError("Unknown keyword arguments: " + ", ".join(kwargs))
    flat = nest.flatten(inputs, expand_composites=True)
    with atomic_scope(name, "group_deps", flat) as scope:
        if not flat:
            return no_op(name=scope)
        by_device: dict[str, list] = {}
        for value in flat:
            if not hasattr(value, "device"):
                advice = "\nA None among the inputs: did a function forget its `return`?" if value is None else ""
                found = f"'{value}' with type '{type(value)}'"
                raise TypeError(f"Expected tf.group() expected Tensor arguments not {found}{advice}")
            by_device.setdefault(value.device, []).append(value)
        if len(by_device) == 1:
            return _done(*by_device.popitem(), scope)
        with control_dependencies([_done(place, by_device[place], None) for place in sorted(by_device)]):
            return no_op(name=scope)


def _done(place: str, deps: list, name: str | None) -> Operation:
    with control_dependencies(deps), device(place or None) if place else control_dependencies([]):
        return no_op(name=name)


def tuple(tensors: Any, name: str | None = None, control_inputs: Any = None) -> list:
    """Return tensors that become available only once all of them are computed.

    Args:
        tensors: a list of tensors, `IndexedSlices`, operations, or None.
        name: the name scope.
        control_inputs: further operations to wait for.

    Raises:
        ValueError: if all of them are None.
        TypeError: if a control input is not an operation or tensor.

    Example:
        >>> a, b = tf.tuple([tf.constant(1), tf.constant(2)])
        >>> print(a.name, a.op.control_inputs[0].name)
        tuple/control_dependency:0 tuple/group_deps
    """
    with atomic_scope(name, "tuple", tensors):
        values = [t if _is_of_graph(t) else convert_to_tensor(t) for t in tensors]
        gates = [t if isinstance(t, Operation) else t.op for t in values if t is not None]
        gates += [_operation_of(control) for control in control_inputs or ()]
        if not gates:
            raise ValueError(f"Must have at least one Tensor: {values}")
        gate = group(*sorted(set(gates), key=lambda op: op.id))
        return [_gated(gate, t) for t in values]


def _is_of_graph(value: Any) -> bool:
    """Return True if `tuple` takes a value as it is: None, an operation, or what has a tensor."""
    is_one = value is None or isinstance(value, (Operation, Tensor, IndexedSlices))
    return is_one or hasattr(value, "_as_graph_element")


def _operation_of(control: Any) -> Operation:
    op = control.op if isinstance(control, Tensor) else control
    if not isinstance(op, Operation):
        raise TypeError(f"Control input must be Operation or Tensor: {control}")
    return op


def _gated(gate: Operation, value: Any) -> Any:
    """Return a value, or a group of an operation, that is available only after the gate; None stays None."""
    if isinstance(value, Operation):
        with control_dependencies([gate]):
            return group(value)
    return None if value is None else with_dependencies([gate], value)
