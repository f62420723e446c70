"""The functions that a program gives to datasets, as function bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minigraph.data import structure
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph_keys import GraphKeys
from minigraph.graph.operation import Operation, Tensor

__all__ = ["ByValue", "Traced"]


_OF_VARIABLES = (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES, GraphKeys.TRAINABLE_VARIABLES)


class DatasetFunction(FuncGraph):
    """The body of a function of a dataset: a graph with names and seeds of its own.

    Seeds count its own nodes, its inputs among them, as in TensorFlow. The collections of variables are those of the
    graph around; what is added to others stays in the body.
    """

    def __init__(self, name: str):
        super().__init__(name)
        outer = self._collections
        self._collections = {key: list(items) for key, items in outer.items()}
        for key in _OF_VARIABLES:
            self._collections[key] = outer.setdefault(key, [])

    @property
    def _last_id(self) -> int:
        return len(self._ops) + self._uncounted

    def _count_outer(self, tensor: Tensor) -> None:
        """Do nothing: the nodes around this body do not count."""


class Traced:
    """A Python function, called once to build the body that computes it.

    Args:
        function: the function; it gets a tuple's parts as arguments of their own.
        of: the name of the transformation, in messages.
        spec: the structure of its argument.

    Attributes:
        body: the function body.
        spec: the structure of what it returns.

    Raises:
        TypeError: if it returns something that is not made of tensors.
    """

    def __init__(self, function: Callable, of: str, spec: Any):
        if not callable(function):
            raise ValueError("Argument must be callable")
        self.body = body = DatasetFunction(f"{of.replace('.', '_')[:-2]}_{getattr(function, '__name__', 'function')}")
        with body.as_default():
            arguments = [
                body.add_input(each.tensor_type, each.tensor_shape, f"args_{i}")
                for i, each in enumerate(structure.flatten(spec))
            ]
            nested = structure.from_tensors(spec, arguments)
            found = function(*nested) if type(nested) is tuple else function(nested)
            result = _as_tensors(tuple(found) if isinstance(found, list) else found, of)
            self.spec = structure.spec_of(result)
            body.outputs = [body.capture(t) for t in structure.tensors_of(self.spec, result)]
        body.effects = [op for op in body.get_operations() if _has_effect(op)]

    @property
    def captures(self) -> list[Tensor]:
        """The tensors of the graph around that the function uses."""
        return list(self.body.captures)


def _as_tensors(value: Any, of: str) -> Any:
    """Return what a function has returned with its components as tensors, sparse ones too, or datasets."""
    leaves = structure.flatten(value)
    try:
        return structure.pack(value, [_as_component(t) for t in leaves])
    except (TypeError, ValueError):
        raise TypeError(
            f"Unsupported return value from function passed to {of}: {value}.\n"
            "It must return tensors, or tuples and dicts of them; an operation runs, and need not be returned."
        ) from None


def _as_component(value: Any) -> Any:
    if value is None or isinstance(value, Operation):
        raise TypeError
    return structure.as_component(value)


def _has_effect(op: Operation) -> bool:
    """Return True if an operation runs whether its outputs are needed or not."""
    rules = op.op_def
    if rules.functions:
        return not rules.is_pure
    return bool(rules.side_effect or rules.writes or rules.stateful or rules.calls_back)


_OF_ALL_VARIABLES = (
    *_OF_VARIABLES,
    GraphKeys.TRAINABLE_RESOURCE_VARIABLES,
    GraphKeys.MODEL_VARIABLES,
    GraphKeys.MOVING_AVERAGE_VARIABLES,
    GraphKeys.CONCATENATED_VARIABLES,
    GraphKeys.METRIC_VARIABLES,
)


class ByValue(FuncGraph):
    """The body of a function without inputs: what it uses of the graph around is made again inside.

    Args:
        name: the name of the function.
        may_copy: stateful operations that may be made again nevertheless.
    """

    def __init__(self, name: str, may_copy: Sequence[Operation]):
        super().__init__(name)
        for key in _OF_ALL_VARIABLES:  # as in TensorFlow, which has these collections from then on
            self.get_collection_ref(key)
        self._may_copy = set(may_copy)
        self._copies: dict[Operation, Operation] = {}

    def capture(self, tensor: Tensor) -> Tensor:
        """Return the tensor of this body for one of the graph around.

        Raises:
            ValueError: if it depends on a variable or another stateful operation, or on a placeholder.
        """
        if tensor.graph is self:
            return tensor
        return self._copy(tensor.op).all_outputs[tensor.value_index]

    def _copy(self, op: Operation) -> Operation:
        todo = [op]
        while todo:
            each = todo[-1]
            missing = [t.op for t in each.inputs if t.op not in self._copies]
            if each in self._copies or not missing:
                todo.pop()
                if each not in self._copies:
                    self._copies[each] = self._made_again(each)
            else:
                todo += missing
        return self._copies[op]

    def _made_again(self, op: Operation) -> Operation:
        rules, text = op.op_def, f"(name:{op.name}, type:{op.type}) by value."
        if rules.must_feed:
            raise ValueError(
                f"Cannot capture a placeholder {text}\nA one-shot iterator cannot be fed: use "
                "dataset.make_initializable_iterator(), and feed the placeholder when its initializer runs."
            )
        if (rules.stateful or rules.calls_back or rules.writes or rules.waits) and op not in self._may_copy:
            raise ValueError(f"Cannot capture a stateful node {text}")
        inputs = tuple([self._copies[t.op].all_outputs[t.value_index] for t in op.inputs])
        types = tuple([t.dtype for t in op.all_outputs])
        made = self.add_op(rules, self.unique_name(op.name), inputs, types, tuple([t._shape for t in op.all_outputs]))
        made._where = op._where
        return made
