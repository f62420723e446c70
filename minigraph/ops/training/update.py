"""The base of the optimizers' updates, and gradient descent, the simplest of them."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import merge, with_rank


class Update(OpDef, base=True):
    """Base: a variable and its slots, which are read and written, hyperparameters, and the gradient."""

    use_locking: bool = False

    outputs = ("out: &T",)
    allowed = {"T": dtypes.NUMBERS}
    elementwise = True

    def __init_subclass__(cls, base: bool = False, **kwargs: Any):
        super().__init_subclass__(base, **kwargs)
        cls.reads = cls.writes = tuple(i for i, spec in enumerate(cls.specs) if spec.is_ref)

    def shape(self, var, *rest):
        shapes = {spec.name: shape for spec, shape in zip(self.specs[1:], rest)}
        for spec, shape in zip(self.specs[1:], rest):
            if spec.is_ref:
                var = merge(var, shape)
            elif spec.name in ("grad", "delta"):
                var = self.merge_gradient(var, shape, shapes.get("indices"))
            elif spec.name != "indices":
                with_rank(shape, 0)
        return var

    def merge_gradient(self, var, grad, indices):
        """Return the shape of the variable, merged with that of its gradient."""
        return merge(var, grad)


class ApplyGradientDescent(Update):
    """var -= alpha * delta"""

    inputs = ("var: &T", "alpha: T", "delta: T")

    def update(self, xp, var, alpha, delta):
        return var - delta * alpha
