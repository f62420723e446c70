# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.framework.variables import get_trainable_variables, get_variables, get_variables_by_name
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
