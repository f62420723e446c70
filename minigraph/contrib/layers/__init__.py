"""`tf.contrib.layers`: `optimize_loss`, regularizers, and layers by their older names."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.layers.gradient_transforms": ["adaptive_clipping_fn"],
        "minigraph.contrib.layers.initializers": """
            variance_scaling_initializer xavier_initializer xavier_initializer_conv2d
        """.split(),
        "minigraph.contrib.layers.layers": """
            elu flatten fully_connected linear one_hot_encoding relu relu6 stack
        """.split(),
        "minigraph.contrib.layers.optimizers": "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES optimize_loss".split(),
        "minigraph.variables.regularizers": """
            apply_regularization l1_l2_regularizer l1_regularizer l2_regularizer sum_regularizer
        """.split(),
    },
    absent(__name__),
)
