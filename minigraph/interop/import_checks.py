"""What a node of a GraphDef says of its inputs and outputs, compared with what they are."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, input_counts
from minigraph.graph.operation import Operation, Tensor
from minigraph.interop.import_attrs import check_allowed

__all__ = ["check_types", "inferred", "refine"]


def inferred(kind: type[OpDef]) -> set[str]:
    """Return the attributes that follow from the inputs."""
    return {name for spec in kind.specs for name in (spec.type, spec.number if spec.is_list else "") if name}


def check_types(kind: type[OpDef], name: str, inputs: Sequence[Tensor], values: Mapping, fields: Mapping) -> None:
    """Raise ValueError if there are not as many inputs as declared, or one is not of the type that the file says."""
    counts = _counts(kind, name, inputs, values)
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


def _counts(kind: type[OpDef], name: str, inputs: Sequence[Tensor], values: Mapping) -> list[int]:
    """Return how many inputs belong to each declared one."""
    lists = [spec for spec in kind.specs if spec.is_list]
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
            counts.append(input_counts(kind, len(inputs))[kind.specs.index(spec)])
    is_free = kind.lengths or any(spec.type in kind.fields for spec in lists)  # attributes say how long lists are
    if (
        sum(counts) != len(inputs)
        or any(n < 0 for n in counts)
        or not (is_free or counts == input_counts(kind, len(inputs)))
    ):
        raise ValueError(
            f"NodeDef expected {sum(counts)} inputs, which do not match {len(inputs)} inputs specified; "
            f"Op<name={kind.type}>; NodeDef: {{{{node {name}}}}}"
        )
    return counts


def divided(kind: type[OpDef], fields: Mapping, inputs: Sequence[Tensor]) -> dict[str, list[Tensor]]:
    """Return the inputs of an operation by the names of those declared, whose lengths its fields say."""
    bare = object.__new__(kind)
    for name, value in fields.items():
        object.__setattr__(bare, name, value)
    given = iter(inputs)
    counts = input_counts(bare, len(inputs))
    return {spec.name: list(itertools.islice(given, count)) for spec, count in zip(kind.specs, counts)}


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
