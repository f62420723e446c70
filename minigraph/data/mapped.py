"""Datasets made by functions of elements, or of a state and an element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetBase
from minigraph.data.functions import Traced
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.ops.data import mapping

__all__ = ["mapped", "with_state"]


def mapped(
    dataset: DatasetBase, function: Callable, num_parallel_calls: Any = None, use_inter_op_parallelism: bool = True
) -> tuple[Tensor, Any, list, list]:
    """Return the parts of a dataset of what a function returns for the elements of another one."""
    traced = Traced(function, "Dataset.map()", dataset.element_spec)
    given: list = []
    kind: Any = mapping.MapDataset
    if num_parallel_calls is not None:
        given = [convert_to_tensor(num_parallel_calls, dtypes.int32, name="num_parallel_calls")]
        kind = mapping.ParallelMapDataset
    definition = kind(traced.body, use_inter_op_parallelism=use_inter_op_parallelism, **structure.flat(traced.spec))
    variant = apply(definition, dataset._variant_tensor, *traced.captures, *given)
    return variant, traced.spec, [dataset], [traced]


def with_state(function: Callable, of: str, state: Any, element: Any, counted: int | None = None) -> tuple[Traced, Any]:
    """Return a function of a state and an element, with the structure of the state in all steps.

    Args:
        function: the function.
        of: the name of the transformation, in messages.
        state: the structure of the first state.
        element: the structure of an element.
        counted: the state is that part of what the function returns, a tuple; all of it by default.

    Raises:
        TypeError: if the function changes the types of the state.
    """
    while True:
        traced = Traced(function, of, (state, element))
        new = traced.spec if counted is None else _part(traced.spec, counted, of)
        old_types, new_types = structure.types_of(state), structure.types_of(new)
        if structure.flatten(old_types) != structure.flatten(new_types):
            raise TypeError(
                "The element types for the new state must match the initial state. "
                f"Expected {old_types}; got {new_types}."
            )
        pairs = zip(structure.flatten(state), structure.flatten(new))
        weaker = [a.with_shape(a.shape.most_specific_compatible_shape(b.shape)) for a, b in pairs]
        if weaker == structure.flatten(state):
            return traced, state
        state = structure.pack(state, weaker)


def _part(spec: Any, index: int, of: str) -> Any:
    if not isinstance(spec, tuple) or len(spec) != 2:
        raise TypeError("The scan function must return a pair comprising the new state and the output value.")
    return spec[index]
