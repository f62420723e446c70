"""`RandomUniformInt`: uniformly distributed integers."""

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.opdef import no_gradient
from minigraph.graph.shape_rules import as_sizes, with_rank
from minigraph.graph.shapes import brackets
from minigraph.ops.random import philox
from minigraph.ops.random.drawing import Random, sizes_of

__all__: list[str] = []  # for `random_uniform` only


class RandomUniformInt(Random):
    """Uniform integers in [minval, maxval)."""

    inputs = ("shape: T", "minval: Tout", "maxval: Tout")
    outputs = ("Tout",)
    allowed = {"T": dtypes.INDICES, "Tout": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    static_inputs = (0,)
    gradient = no_gradient

    def shape(self, shape, minval, maxval):
        with_rank(minval, 0), with_rank(maxval, 0)
        return as_sizes(shape)

    def kernel(self, xp, shape, minval, maxval, state):
        sizes = sizes_of(shape)
        for name, limit in (("minval", minval), ("maxval", maxval)):
            if np.ndim(limit):
                raise ValueError(f"{name} must be 0-D, got shape {brackets(np.shape(limit))}")
        if 0 in sizes:
            return np.zeros(sizes, np.asarray(minval).dtype)  # independently of the limits
        if not minval < maxval:
            raise ValueError(f"Need minval < maxval, got {minval} >= {maxval}")
        width = int(maxval) - int(minval)

        def transform(words, dtype):
            if dtype == np.int64:
                bits = words[..., 0::2] | (words[..., 1::2].astype(np.uint64) << philox.SHIFT)
                return (bits % np.uint64(width)).astype(np.int64) + np.int64(minval)
            return ((words % np.uint32(width)).astype(np.int64) + int(minval)).astype(np.int32)

        return philox.filled(state, sizes, np.asarray(minval).dtype, transform)
