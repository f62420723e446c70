"""`tf.contrib.framework`: the global step and the variables of a graph, by their older names."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: ["nest"],
        "minigraph.contrib.framework.arg_scopes": """
            add_arg_scope arg_scope arg_scope_func_key arg_scoped_arguments current_arg_scope has_arg_scope
        """.split(),
        "minigraph.contrib.framework.assigning": """
            assign_from_checkpoint assign_from_checkpoint_fn assign_from_values assign_from_values_fn
        """.split(),
        "minigraph.contrib.framework.model_variables": """
            add_model_variable global_variable local_variable model_variable variable
        """.split(),
        "minigraph.contrib.framework.variables": """
            filter_variables get_local_variables get_model_variables get_trainable_variables get_unique_variable
            get_variable_full_name get_variables get_variables_by_name get_variables_by_suffix get_variables_to_restore
        """.split(),
        "minigraph.checkpoints.reader": "list_variables load_checkpoint load_variable".split(),
        "minigraph.graph.tensor_like": ["is_tensor"],
        "minigraph.ops.namespace": """
            argsort assert_same_float_dtype assert_scalar is_non_decreasing is_numeric_tensor is_strictly_increasing
            py_func smart_cond smart_constant_value sort
        """.split(),
        "minigraph.train.from_checkpoint": ["init_from_checkpoint"],
        "minigraph.train.training_util": """
            assert_global_step create_global_step get_global_step get_or_create_global_step
        """.split(),
    },
    absent(__name__),
)
