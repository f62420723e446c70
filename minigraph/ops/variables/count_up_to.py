"""`count_up_to`: a counter that stops at a limit."""

from typing import Any

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.ops.variables.assign import mutable

__all__ = ["count_up_to"]


class CountUpTo(OpDef):
    """Return the value of an integer cell and add one, up to a limit."""

    limit: int = 0

    inputs = ("ref: &T",)
    allowed = {"T": dtypes.INDICES}
    side_effect = True

    def shape(self, ref):
        return with_rank(ref, 0)

    def kernel(self, xp, ref):
        value = ref.read()[()]  # a scalar, not a view: the memory is written below
        if value >= self.limit:
            raise errors.OutOfRangeError(None, None, f"Reached limit of {self.limit}")
        ref.write(value + 1)
        return value


class ResourceCountUpTo(CountUpTo):
    """CountUpTo for a resource variable."""

    T: DType = dtypes.int32

    inputs = ("resource: &resource",)
    outputs = ("T",)


def count_up_to(ref: Any, limit: int, name: str | None = None) -> Tensor:
    """Return an integer variable's value and add one to the variable; OutOfRangeError at `limit`."""
    if hasattr(ref, "handle"):
        return apply(ResourceCountUpTo(limit, ref.dtype), ref.handle, name=name)
    return apply(CountUpTo(limit), mutable(ref, "handle"), name=name)
