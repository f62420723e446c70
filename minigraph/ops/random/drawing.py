"""The common part of operations that draw random numbers: TF1's streams, from TF1's seeds.

Each node has its own stream in each session, which continues from run to run and restarts in a new session.
"""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.seeds import get_seed
from minigraph.graph.shape_rules import as_sizes
from minigraph.graph.shapes import brackets
from minigraph.ops.random import philox

RANDOM_FLOATS = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)


class Random(OpDef, base=True):
    """Base: the seeds, and the stream as state."""

    seed: int = 0
    seed2: int = 0

    stateful = True

    def initial_state(self, name):
        return philox.Philox(self.seed, self.seed2) if self.seed or self.seed2 else philox.Philox()

    def __eq__(self, other):  # two random nodes are never the same
        return self is other

    def __hash__(self):
        return id(self)


class RandomFloat(Random, base=True):
    """Base: draw floats of the shape given by the input."""

    dtype_: DType = dtypes.float32

    inputs = ("shape: T",)
    outputs = ("dtype",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    static_inputs = (0,)
    gradient = no_gradient

    def shape(self, shape):
        return as_sizes(shape)


def sizes_of(shape: Any) -> tuple:
    """Return the sizes in a shape vector; ValueError if it is not a vector, or a size is negative."""
    if np.ndim(shape) != 1:
        raise ValueError(f"shape must be a vector of {{int32,int64}}, got shape {brackets(np.shape(shape))}")
    sizes = tuple(np.asarray(shape).tolist())
    if sizes and min(sizes) < 0:
        raise ValueError(f"Dimension {min(sizes)} must be >= 0")
    return sizes


def seeds_of(seed: int | None) -> dict[str, int]:
    """Return the two seeds of a node as attributes, from the graph's seed and the operation's."""
    first, second = get_seed(seed)
    return dict(seed=first or 0, seed2=second or 0)


def shape_tensor(shape: Any) -> Tensor:
    """Return a shape as an integer vector; an empty list counts as int32."""
    dtype = None
    if isinstance(shape, (tuple, list)):
        if not shape:
            dtype = dtypes.int32
        elif any(hasattr(d, "value") for d in shape) and not any(isinstance(d, Tensor) for d in shape):
            shape = [getattr(d, "value", d) for d in shape]
    return convert_to_tensor(shape, dtype, name="shape")


def tensors_of(*values: Any) -> list:
    """Return the values that are tensors, or stand for one, with which the name scope is opened."""
    return [v for v in values if isinstance(v, Tensor) or hasattr(v, "_as_graph_element")]
