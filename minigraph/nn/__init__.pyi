# Written by `python -m tests.stubs` from the table in the module of this name.

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
from minigraph.nn.sampled_losses import nce_loss, sampled_softmax_loss
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
from minigraph.ops.random.candidates import (
    all_candidate_sampler,
    compute_accidental_hits,
    fixed_unigram_candidate_sampler,
    learned_unigram_candidate_sampler,
    log_uniform_candidate_sampler,
    uniform_candidate_sampler,
)

__all__ = [
    "all_candidate_sampler",
    "avg_pool",
    "avg_pool2d",
    "batch_norm_with_global_normalization",
    "batch_normalization",
    "bias_add",
    "compute_accidental_hits",
    "conv1d",
    "conv2d",
    "conv2d_backprop_filter",
    "conv2d_backprop_input",
    "conv2d_transpose",
    "crelu",
    "dropout",
    "elu",
    "embedding_lookup",
    "fixed_unigram_candidate_sampler",
    "fused_batch_norm",
    "in_top_k",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "learned_unigram_candidate_sampler",
    "log_poisson_loss",
    "log_softmax",
    "log_uniform_candidate_sampler",
    "max_pool",
    "max_pool2d",
    "moments",
    "nce_loss",
    "normalize_moments",
    "relu",
    "relu6",
    "relu_layer",
    "sampled_softmax_loss",
    "selu",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "softplus",
    "softsign",
    "sparse_softmax_cross_entropy_with_logits",
    "sufficient_statistics",
    "swish",
    "tanh",
    "top_k",
    "uniform_candidate_sampler",
    "weighted_cross_entropy_with_logits",
    "weighted_moments",
    "xw_plus_b",
    "zero_fraction",
]
