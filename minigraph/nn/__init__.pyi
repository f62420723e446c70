# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.nn import rnn_cell
from minigraph.nn.activations import swish
from minigraph.nn.cross_entropy import (
    log_poisson_loss,
    sigmoid_cross_entropy_with_logits,
    weighted_cross_entropy_with_logits,
)
from minigraph.nn.dropouts import dropout
from minigraph.nn.embedding import embedding_lookup
from minigraph.nn.linear import relu_layer, xw_plus_b, zero_fraction
from minigraph.nn.normalization import (
    batch_norm_with_global_normalization,
    batch_normalization,
    fused_batch_norm,
    l2_normalize,
    moments,
    normalize_moments,
    sufficient_statistics,
    weighted_moments,
)
from minigraph.ops.math.hyperbolic import tanh
from minigraph.ops.math.l2_loss import l2_loss
from minigraph.ops.math.sigmoid import sigmoid
from minigraph.ops.nn.activations import crelu, elu, leaky_relu, relu, relu6, selu, softplus, softsign
from minigraph.ops.nn.bias_add import bias_add
from minigraph.ops.nn.conv_variants import conv1d, conv2d_transpose
from minigraph.ops.nn.convolution import conv2d, conv2d_backprop_filter, conv2d_backprop_input
from minigraph.ops.nn.pool import avg_pool, avg_pool2d, max_pool, max_pool2d
from minigraph.ops.nn.softmax import log_softmax, softmax
from minigraph.ops.nn.softmax_cross_entropy import (
    softmax_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits_v2,
    sparse_softmax_cross_entropy_with_logits,
)
from minigraph.ops.nn.top_k import in_top_k, top_k
from minigraph.rnn.bidirectional_dynamic_rnn import bidirectional_dynamic_rnn
from minigraph.rnn.dynamic_rnn import dynamic_rnn
from minigraph.rnn.raw_rnn import raw_rnn
from minigraph.rnn.static_rnn import static_bidirectional_rnn, static_rnn, static_state_saving_rnn

__all__ = [
    "avg_pool",
    "avg_pool2d",
    "batch_norm_with_global_normalization",
    "batch_normalization",
    "bias_add",
    "bidirectional_dynamic_rnn",
    "conv1d",
    "conv2d",
    "conv2d_backprop_filter",
    "conv2d_backprop_input",
    "conv2d_transpose",
    "crelu",
    "dropout",
    "dynamic_rnn",
    "elu",
    "embedding_lookup",
    "fused_batch_norm",
    "in_top_k",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "log_poisson_loss",
    "log_softmax",
    "max_pool",
    "max_pool2d",
    "moments",
    "normalize_moments",
    "raw_rnn",
    "relu",
    "relu6",
    "relu_layer",
    "rnn_cell",
    "selu",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "softplus",
    "softsign",
    "sparse_softmax_cross_entropy_with_logits",
    "static_bidirectional_rnn",
    "static_rnn",
    "static_state_saving_rnn",
    "sufficient_statistics",
    "swish",
    "tanh",
    "top_k",
    "weighted_cross_entropy_with_logits",
    "weighted_moments",
    "xw_plus_b",
    "zero_fraction",
]
