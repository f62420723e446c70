"""Bases of operations that compute each element by itself."""

from typing import Any, ClassVar

from minigraph.graph import dtypes
from minigraph.graph.opdef import OpDef
from minigraph.graph.scopes import control_dependencies

__all__ = ["Elementwise", "Smooth", "SmoothGrad"]


class Elementwise(OpDef, base=True):
    """Base: what `function` of numpy computes."""

    function: ClassVar[str]

    def kernel(self, xp, *arrays):
        return getattr(xp, self.function)(*arrays)


class Smooth(Elementwise, base=True):
    """Base: a function with a derivative; its gradient is computed after that of its result, as in TF1."""

    inputs: ClassVar[tuple[str, ...]] = ("x",)
    allowed = {"T": dtypes.FLOATS_AND_COMPLEX}

    def gradient(self, tf, dy, y, /, *inputs):
        with control_dependencies([dy]):
            return self.chain(tf, dy, y, *inputs)

    def chain(self, tf: Any, dy: Any, y: Any, /, *inputs: Any) -> Any:
        """Build the gradient by the chain rule."""
        raise NotImplementedError


class SmoothGrad(Smooth, base=True, output="z"):
    """Base: the gradient of a function of which it needs the result, y."""

    inputs = ("y", "dy")
