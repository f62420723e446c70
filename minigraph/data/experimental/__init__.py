"""`tf.data.experimental`: further transformations of datasets."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.data.asked": ["get_structure"],
        "minigraph.data.base": ["DatasetStructure=DatasetSpec"],
        "minigraph.data.experimental.interleaving": ["parallel_interleave"],
        "minigraph.data.options": """
            DistributeOptions MapVectorizationOptions OptimizationOptions StatsOptions ThreadingOptions
        """.split(),
    },
    absent(__name__),
)
