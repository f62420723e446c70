"""Optionals: variant values that hold some tensors or none, which `tf.cond` of control flow version 2 saves in."""

from collections.abc import Sequence
from typing import Any

from minigraph.graph.apply import apply, apply_op
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, no_gradient, scalar
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import Holder
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape

__all__ = ["optional_from_value", "optional_get_value", "optional_has_value", "optional_none"]


class Optional(Holder):
    """The tensors of an optional; an empty one is a tuple without a part."""

    __slots__ = ()


class OptionalFromValue(OpDef):
    """An optional that holds tensors."""

    inputs = ("*components: *Toutput_types",)
    outputs = ("optional: variant",)
    gradient = no_gradient
    shape = scalar

    def kernel(self, xp, *components):
        return Optional([tuple(components)])


class OptionalNone(OpDef):
    """An optional that holds nothing."""

    outputs = ("optional: variant",)
    gradient = no_gradient
    shape = scalar

    def kernel(self, xp):
        return Optional()


class OptionalHasValue(OpDef):
    """True if an optional holds something."""

    inputs = ("optional: variant",)
    outputs = ("has_value: bool",)
    gradient = no_gradient
    shape = scalar

    def kernel(self, xp, optional):
        return xp.asarray(len(optional) > 0)


class OptionalGetValue(OpDef):
    """The tensors in an optional."""

    output_types: tuple[DType, ...]
    output_shapes: tuple[TensorShape, ...]

    inputs = ("optional: variant",)
    outputs = ("*components: *output_types",)
    gradient = no_gradient

    def dtype(self, *types):
        return self.output_types

    def shape(self, optional):
        return self.output_shapes

    def kernel(self, xp, optional):
        demand(len(optional) > 0, "The given optional does not have a value.")
        found = optional[0]
        return found if len(found) != 1 else found[0]


def optional_from_value(components: Sequence, name: str | None = None) -> Tensor:
    """Return an optional that holds tensors.

    Args:
        components: the tensors.
        name: the name of the node.

    Example:
        >>> from minigraph.ops import namespace
        >>> optional = namespace.optional_from_value([1.0, 2])
        >>> print(sess.run(namespace.optional_has_value(optional)), optional.dtype.name)
        True variant
    """
    return apply(OptionalFromValue(), *components, name=name)


def optional_none(name: str | None = None) -> Tensor:
    """Return an optional that holds nothing."""
    return apply(OptionalNone(), name=name)


def optional_has_value(optional: Any, name: str | None = None) -> Tensor:
    """Return a bool scalar: whether an optional holds something."""
    return apply(OptionalHasValue(), optional, name=name)


def optional_get_value(
    optional: Any, output_types: Sequence[DType], output_shapes: Sequence, name: str | None = None
) -> list[Tensor]:
    """Return the tensors in an optional; an error in a run where it holds none.

    Args:
        optional: the optional.
        output_types, output_shapes: of its tensors.
        name: the name of the node.
    """
    shapes = tuple(map(TensorShape, output_shapes))
    return apply_op(OptionalGetValue(tuple(output_types), shapes), optional, name=name).outputs
