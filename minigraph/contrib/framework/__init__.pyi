# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.checkpoints.reader import list_variables, load_checkpoint, load_variable
from minigraph.contrib.framework import nest
from minigraph.contrib.framework.arg_scopes import (
    add_arg_scope,
    arg_scope,
    arg_scope_func_key,
    arg_scoped_arguments,
    current_arg_scope,
    has_arg_scope,
)
from minigraph.contrib.framework.assigning import (
    assign_from_checkpoint,
    assign_from_checkpoint_fn,
    assign_from_values,
    assign_from_values_fn,
)
from minigraph.contrib.framework.model_variables import (
    add_model_variable,
    global_variable,
    local_variable,
    model_variable,
    variable,
)
from minigraph.contrib.framework.variables import (
    filter_variables,
    get_local_variables,
    get_model_variables,
    get_trainable_variables,
    get_unique_variable,
    get_variable_full_name,
    get_variables,
    get_variables_by_name,
    get_variables_by_suffix,
    get_variables_to_restore,
)
from minigraph.graph.tensor_like import is_tensor
from minigraph.ops.control.assert_scalar import assert_scalar
from minigraph.ops.control.assertions import is_non_decreasing, is_numeric_tensor, is_strictly_increasing
from minigraph.ops.control.float_assertions import assert_same_float_dtype
from minigraph.ops.control.smart_cond import smart_cond, smart_constant_value
from minigraph.ops.nn.sorting import argsort, sort
from minigraph.ops.py_func import py_func
from minigraph.train.from_checkpoint import init_from_checkpoint
from minigraph.train.training_util import (
    assert_global_step,
    create_global_step,
    get_global_step,
    get_or_create_global_step,
)

__all__ = [
    "add_arg_scope",
    "add_model_variable",
    "arg_scope",
    "arg_scope_func_key",
    "arg_scoped_arguments",
    "argsort",
    "assert_global_step",
    "assert_same_float_dtype",
    "assert_scalar",
    "assign_from_checkpoint",
    "assign_from_checkpoint_fn",
    "assign_from_values",
    "assign_from_values_fn",
    "create_global_step",
    "current_arg_scope",
    "filter_variables",
    "get_global_step",
    "get_local_variables",
    "get_model_variables",
    "get_or_create_global_step",
    "get_trainable_variables",
    "get_unique_variable",
    "get_variable_full_name",
    "get_variables",
    "get_variables_by_name",
    "get_variables_by_suffix",
    "get_variables_to_restore",
    "global_variable",
    "has_arg_scope",
    "init_from_checkpoint",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
    "is_tensor",
    "list_variables",
    "load_checkpoint",
    "load_variable",
    "local_variable",
    "model_variable",
    "nest",
    "py_func",
    "smart_cond",
    "smart_constant_value",
    "sort",
    "variable",
]
