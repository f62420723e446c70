"""`FakeParam`: what a branch gives in the place of a value that only the other branch has."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.recordable import Holder
from minigraph.graph.shapes import TensorShape

__all__ = ["fake_param"]


class FakeParam(OpDef):
    """A value that nobody reads."""

    dtype_: DType
    shape_: TensorShape

    outputs = ("output: dtype",)
    gradient = no_gradient

    def shape(self):
        return self.shape_

    def kernel(self, xp):
        if self.dtype_.name in ("variant", "resource"):
            return Holder()
        sizes = [0 if size is None else size for size in self.shape_.as_list()] if self.shape_.ndims is not None else ()
        return np.broadcast_to(np.zeros((), self.dtype_.as_numpy_dtype), sizes)


def fake_param(dtype: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return a tensor of a type and shape that stands for a value that nobody reads.

    Args:
        dtype: the type.
        shape: the static shape; sizes that are not known are 0 in a run.
        name: the name of the node.
    """
    return apply(FakeParam(as_dtype(dtype), TensorShape(shape)), name=name)
