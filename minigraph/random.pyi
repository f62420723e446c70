# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.graph.seeds import get_seed, set_random_seed
from minigraph.ops.random.random_ops import (
    categorical,
    multinomial,
    random_normal as normal,
    random_shuffle as shuffle,
    random_uniform as uniform,
    truncated_normal,
)

__all__ = [
    "categorical",
    "get_seed",
    "multinomial",
    "normal",
    "set_random_seed",
    "shuffle",
    "truncated_normal",
    "uniform",
]
