"""`tf.contrib.slim`: layers, scopes of arguments and variables under one short name."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

_LAYERS = """
    apply_regularization avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose
    conv3d conv3d_transpose convolution convolution1d convolution2d convolution2d_in_plane convolution2d_transpose
    convolution3d convolution3d_transpose dropout elu embed_sequence embedding_lookup_unique flatten fully_connected
    group_norm images_to_sequence instance_norm l1_l2_regularizer l1_regularizer l2_regularizer layer_norm linear
    max_pool2d max_pool3d maxout one_hot_encoding optimize_loss relu relu6 repeat separable_conv2d
    separable_convolution2d sequence_to_images softmax spatial_softmax stack sum_regularizer summarize_activation
    summarize_activations summarize_collection summarize_tensor summarize_tensors unit_norm
    variance_scaling_initializer xavier_initializer xavier_initializer_conv2d
"""
_FRAMEWORK = """
    add_arg_scope add_model_variable arg_scope arg_scope_func_key arg_scoped_arguments assert_global_step
    assign_from_checkpoint assign_from_checkpoint_fn assign_from_values assign_from_values_fn create_global_step
    current_arg_scope filter_variables get_global_step get_local_variables get_model_variables
    get_or_create_global_step get_trainable_variables get_unique_variable get_variable_full_name get_variables
    get_variables_by_name get_variables_by_suffix get_variables_to_restore global_variable has_arg_scope
    local_variable model_variable variable
"""

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: "learning losses model_analyzer utils".split(),
        "minigraph.contrib.framework": _FRAMEWORK.split(),
        "minigraph.contrib.layers": _LAYERS.split(),
        "minigraph.contrib.layers.spatial": ["pool"],
    },
    absent(__name__),
)
