"""`tf.contrib.opt`: variants of optimizers: weights that decay, Nadam, an Adam that leaves other rows alone."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.opt.adams": "LazyAdamOptimizer NadamOptimizer".split(),
        "minigraph.contrib.opt.weight_decay": """
            AdamWOptimizer DecoupledWeightDecayExtension MomentumWOptimizer extend_with_decoupled_weight_decay
        """.split(),
    },
    absent(__name__),
)
