"""`tf.contrib.framework`: the global step and the variables of a graph, by their older names."""

from minigraph.contrib.framework.variables import get_trainable_variables, get_variables, get_variables_by_name
from minigraph.graph.absent import absent
from minigraph.ops.control.assert_scalar import assert_scalar
from minigraph.train.training_util import (
    assert_global_step,
    create_global_step,
    get_global_step,
    get_or_create_global_step,
)

__all__ = [
    "assert_global_step",
    "assert_scalar",
    "create_global_step",
    "get_global_step",
    "get_or_create_global_step",
    "get_trainable_variables",
    "get_variables",
    "get_variables_by_name",
]

__getattr__ = absent(__name__)
