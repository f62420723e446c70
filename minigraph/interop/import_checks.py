"""What a node of a GraphDef says of its inputs and outputs, compared with what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, input_counts
from minigraph.graph.operation import Operation, Tensor
from minigraph.interop.import_attrs import c_name, check_allowed

__all__ = ["captured", "check_types", "inferred", "refine"]


def inferred(kind: type[OpDef]) -> set[str]:
    """Return the attributes that follow from the inputs."""
    return {name for spec in kind.specs for name in (spec.type, spec.number if spec.is_list else "") if name}


def check_types(kind: type[OpDef], name: str, inputs: Sequence[Tensor], values: Mapping, fields: Mapping) -> None:
    """Raise ValueError if there are not as many inputs as declared, or one is not of the type that the file says."""
    counts = _counts(kind, name, inputs, values, fields)
    given = iter(enumerate(inputs))
    for spec, count in zip(kind.specs, counts):
        types = values[spec.type][1] if spec.type in values else None
        for i in range(count):
            at, t = next(given)
            wanted = types[i] if isinstance(types, tuple) else types if types is not None else spec.dtype
            if not isinstance(wanted, DType):
                continue
            check_allowed(kind, spec.type, wanted)
            if t.dtype.base_dtype is not wanted or spec.is_ref and not t.dtype._is_ref:
                told = c_name(wanted._as_ref if spec.is_ref else wanted)
                raise ValueError(
                    f"Input {at} of node {name} was passed {c_name(t.dtype)} from {t.name} incompatible with "
                    f"expected {told}."
                )


class _Given:
    """A definition with some of its fields, before all are known."""

    def __init__(self, kind: type[OpDef], fields: Mapping):
        self._kind = kind
        self.__dict__.update(fields)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kind, name)


def captured(kind: type[OpDef], function: str, inputs: Sequence[Tensor], fields: Mapping) -> Sequence[Tensor]:
    """Return the inputs that a function takes after the elements of a dataset: tensors of the graph around."""
    at = 0
    for spec, count in zip(kind.specs, input_counts(_Given(kind, fields), len(inputs))):
        if spec.name == "other_arguments" or spec.name.startswith(f"{function}_other_"):
            return inputs[at : at + count]
        at += count
    return ()


def _counts(kind: type[OpDef], name: str, inputs: Sequence[Tensor], values: Mapping, fields: Mapping) -> list[int]:
    """Return how many inputs belong to each declared one."""
    lists, given = [spec for spec in kind.specs if spec.is_list], _Given(kind, fields)
    counts = []
    for spec in kind.specs:
        if not spec.is_list:
            counts.append(1)
            continue
        length = values.get(spec.type if spec.is_heterogeneous else spec.number, (None, None))[1]
        if isinstance(length, tuple):
            counts.append(len(length))
        elif isinstance(length, int) and not isinstance(length, bool):
            counts.append(length)
        elif len(lists) == 1 or len(inputs) >= len(kind.specs) - len(lists):
            counts.append(input_counts(given, len(inputs))[kind.specs.index(spec)])
    if sum(counts) != len(inputs) or any(n < 0 for n in counts) or counts != input_counts(given, len(inputs)):
        raise ValueError(
            f"NodeDef expected {sum(counts)} inputs, which do not match {len(inputs)} inputs specified; "
            f"Op<name={kind.type}>; NodeDef: {{{{node {name}}}}}"
        )
    return counts


def refine(op: Operation, shapes: Sequence) -> None:
    """Add to the static shapes of an operation what the file says of them."""
    for i, (t, shape) in enumerate(zip(op.values(), shapes)):
        if t.dtype.name == "resource":  # has the shape of its variable here
            continue
        if not t.shape.is_compatible_with(shape):
            if t.shape.ndims != shape.ndims:
                why = f"Shapes must be equal rank, but are {t.shape.ndims} and {shape.ndims}"
            else:
                why = f"Shapes must be equal, but are {t.shape} and {shape}"
            raise ValueError(
                f"Node '{op.name}' has an _output_shapes attribute inconsistent with the GraphDef for output #{i}: "
                + why
            )
        t.set_shape(shape)
