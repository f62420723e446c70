"""`tf.contrib.framework`: the global step and the variables of a graph, by their older names."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.framework.variables": "get_trainable_variables get_variables get_variables_by_name".split(),
        "minigraph.ops.namespace": ["assert_scalar"],
        "minigraph.train.training_util": """
            assert_global_step create_global_step get_global_step get_or_create_global_step
        """.split(),
    },
    absent(__name__),
)
