# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.data.asked import get_structure
from minigraph.data.base import DatasetSpec as DatasetStructure
from minigraph.data.experimental.interleaving import parallel_interleave
from minigraph.data.options import (
    DistributeOptions,
    MapVectorizationOptions,
    OptimizationOptions,
    StatsOptions,
    ThreadingOptions,
)

__all__ = [
    "DatasetStructure",
    "DistributeOptions",
    "MapVectorizationOptions",
    "OptimizationOptions",
    "StatsOptions",
    "ThreadingOptions",
    "get_structure",
    "parallel_interleave",
]
