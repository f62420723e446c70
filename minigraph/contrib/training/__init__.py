"""`tf.contrib.training`: hyperparameters, and training operations that return the loss."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.distributed.device_setter": """
            GreedyLoadBalancingStrategy RandomStrategy byte_size_load_fn
        """.split(),
        "minigraph.contrib.training.hparams": "HParams parse_values".split(),
        "minigraph.contrib.training.training": """
            add_gradients_summaries clip_gradient_norms clip_gradient_norms_fn create_train_op multiply_gradients train
        """.split(),
    },
    absent(__name__),
)
