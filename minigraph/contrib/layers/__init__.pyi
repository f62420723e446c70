# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.layers import utils
from minigraph.contrib.layers.batch_normalization import batch_norm
from minigraph.contrib.layers.convolutions import (
    convolution,
    convolution1d,
    convolution1d as conv1d,
    convolution2d,
    convolution2d as conv2d,
    convolution2d_transpose,
    convolution2d_transpose as conv2d_transpose,
    convolution3d,
    convolution3d as conv3d,
    convolution3d_transpose,
    convolution3d_transpose as conv3d_transpose,
)
from minigraph.contrib.layers.encoders import embed_sequence, embedding_lookup_unique
from minigraph.contrib.layers.gradient_transforms import adaptive_clipping_fn
from minigraph.contrib.layers.group_normalization import group_norm, instance_norm
from minigraph.contrib.layers.initializers import (
    variance_scaling_initializer,
    xavier_initializer,
    xavier_initializer_conv2d,
)
from minigraph.contrib.layers.layers import (
    dropout,
    elu,
    flatten,
    fully_connected,
    linear,
    one_hot_encoding,
    relu,
    relu6,
    repeat,
    stack,
)
from minigraph.contrib.layers.normalization import bias_add, layer_norm, maxout, softmax, unit_norm
from minigraph.contrib.layers.optimizers import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, optimize_loss
from minigraph.contrib.layers.pooling import avg_pool2d, avg_pool3d, max_pool2d, max_pool3d
from minigraph.contrib.layers.separable import (
    convolution2d_in_plane,
    convolution2d_in_plane as conv2d_in_plane,
    separable_convolution2d,
    separable_convolution2d as separable_conv2d,
)
from minigraph.contrib.layers.spatial import images_to_sequence, sequence_to_images, spatial_softmax
from minigraph.contrib.layers.summaries import (
    summarize_activation,
    summarize_activations,
    summarize_biases,
    summarize_collection,
    summarize_tensor,
    summarize_tensors,
    summarize_variables,
    summarize_weights,
)
from minigraph.variables.regularizers import (
    apply_regularization,
    l1_l2_regularizer,
    l1_regularizer,
    l2_regularizer,
    sum_regularizer,
)

__all__ = [
    "OPTIMIZER_CLS_NAMES",
    "OPTIMIZER_SUMMARIES",
    "adaptive_clipping_fn",
    "apply_regularization",
    "avg_pool2d",
    "avg_pool3d",
    "batch_norm",
    "bias_add",
    "conv1d",
    "conv2d",
    "conv2d_in_plane",
    "conv2d_transpose",
    "conv3d",
    "conv3d_transpose",
    "convolution",
    "convolution1d",
    "convolution2d",
    "convolution2d_in_plane",
    "convolution2d_transpose",
    "convolution3d",
    "convolution3d_transpose",
    "dropout",
    "elu",
    "embed_sequence",
    "embedding_lookup_unique",
    "flatten",
    "fully_connected",
    "group_norm",
    "images_to_sequence",
    "instance_norm",
    "l1_l2_regularizer",
    "l1_regularizer",
    "l2_regularizer",
    "layer_norm",
    "linear",
    "max_pool2d",
    "max_pool3d",
    "maxout",
    "one_hot_encoding",
    "optimize_loss",
    "relu",
    "relu6",
    "repeat",
    "separable_conv2d",
    "separable_convolution2d",
    "sequence_to_images",
    "softmax",
    "spatial_softmax",
    "stack",
    "sum_regularizer",
    "summarize_activation",
    "summarize_activations",
    "summarize_biases",
    "summarize_collection",
    "summarize_tensor",
    "summarize_tensors",
    "summarize_variables",
    "summarize_weights",
    "unit_norm",
    "utils",
    "variance_scaling_initializer",
    "xavier_initializer",
    "xavier_initializer_conv2d",
]
