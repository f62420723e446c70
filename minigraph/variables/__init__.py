"""Variables: what a session remembers, how it is named, shared and initialized."""

from minigraph.variables import resource_variable  # noqa: F401  (installs the kind)
from minigraph.variables.collections import (
    all_variables,
    global_variables,
    local_variables,
    model_variables,
    moving_average_variables,
    trainable_variables,
)
from minigraph.variables.get_variable import get_local_variable, get_variable
from minigraph.variables.initialize import (
    global_variables_initializer,
    initialize_all_variables,
    initialize_local_variables,
    initialize_variables,
    local_variables_initializer,
    variables_initializer,
)
from minigraph.variables.scope import AUTO_REUSE, VariableScope, get_variable_scope, no_regularizer
from minigraph.variables.uninitialized import assert_variables_initialized, report_uninitialized_variables
from minigraph.variables.variable import Variable
from minigraph.variables.variable_scope import variable_op_scope, variable_scope

__all__ = [
    "AUTO_REUSE",
    "Variable",
    "VariableScope",
    "all_variables",
    "assert_variables_initialized",
    "get_local_variable",
    "get_variable",
    "get_variable_scope",
    "global_variables",
    "global_variables_initializer",
    "initialize_all_variables",
    "initialize_local_variables",
    "initialize_variables",
    "local_variables",
    "local_variables_initializer",
    "model_variables",
    "moving_average_variables",
    "no_regularizer",
    "report_uninitialized_variables",
    "trainable_variables",
    "variable_op_scope",
    "variable_scope",
    "variables_initializer",
]
