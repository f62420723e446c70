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
from minigraph.nn.embedding_sparse import embedding_lookup_sparse, safe_embedding_lookup_sparse
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
from minigraph.ops.arrays.depth_space import depth_to_space, space_to_depth
from minigraph.ops.math.hyperbolic import tanh
from minigraph.ops.math.l2_loss import l2_loss
from minigraph.ops.math.sigmoid import sigmoid
from minigraph.ops.nn.activations import crelu, elu, leaky_relu, relu, relu6, selu, softplus, softsign
from minigraph.ops.nn.bias_add import bias_add
from minigraph.ops.nn.conv_variants import conv1d, conv1d_transpose, conv2d_transpose
from minigraph.ops.nn.convolution import conv2d, conv2d_backprop_filter, conv2d_backprop_input
from minigraph.ops.nn.convolution3d import conv3d, conv3d_transpose
from minigraph.ops.nn.ctc_decoders import ctc_beam_search_decoder, ctc_beam_search_decoder_v2, ctc_greedy_decoder
from minigraph.ops.nn.ctc_loss import ctc_loss
from minigraph.ops.nn.depthwise import (
    depthwise_conv2d,
    depthwise_conv2d_native,
    depthwise_conv2d_native_backprop_filter,
    depthwise_conv2d_native_backprop_input,
    separable_conv2d,
)
from minigraph.ops.nn.dilated import with_space_to_batch
from minigraph.ops.nn.generic_windows import atrous_conv2d, convolution, pool
from minigraph.ops.nn.lrn import local_response_normalization, lrn
from minigraph.ops.nn.morphology import dilation2d, erosion2d
from minigraph.ops.nn.pool import avg_pool, avg_pool1d, avg_pool2d, max_pool, max_pool1d, max_pool2d
from minigraph.ops.nn.pool3d import avg_pool3d, max_pool3d
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
from minigraph.rnn.bidirectional_dynamic_rnn import bidirectional_dynamic_rnn
from minigraph.rnn.dynamic_rnn import dynamic_rnn
from minigraph.rnn.raw_rnn import raw_rnn
from minigraph.rnn.static_rnn import static_bidirectional_rnn, static_rnn, static_state_saving_rnn

__all__ = [
    "all_candidate_sampler",
    "atrous_conv2d",
    "avg_pool",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "batch_norm_with_global_normalization",
    "batch_normalization",
    "bias_add",
    "bidirectional_dynamic_rnn",
    "compute_accidental_hits",
    "conv1d",
    "conv1d_transpose",
    "conv2d",
    "conv2d_backprop_filter",
    "conv2d_backprop_input",
    "conv2d_transpose",
    "conv3d",
    "conv3d_transpose",
    "convolution",
    "crelu",
    "ctc_beam_search_decoder",
    "ctc_beam_search_decoder_v2",
    "ctc_greedy_decoder",
    "ctc_loss",
    "depth_to_space",
    "depthwise_conv2d",
    "depthwise_conv2d_native",
    "depthwise_conv2d_native_backprop_filter",
    "depthwise_conv2d_native_backprop_input",
    "dilation2d",
    "dropout",
    "dynamic_rnn",
    "elu",
    "embedding_lookup",
    "embedding_lookup_sparse",
    "erosion2d",
    "fixed_unigram_candidate_sampler",
    "fused_batch_norm",
    "in_top_k",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "learned_unigram_candidate_sampler",
    "local_response_normalization",
    "log_poisson_loss",
    "log_softmax",
    "log_uniform_candidate_sampler",
    "lrn",
    "max_pool",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "moments",
    "nce_loss",
    "normalize_moments",
    "pool",
    "raw_rnn",
    "relu",
    "relu6",
    "relu_layer",
    "rnn_cell",
    "safe_embedding_lookup_sparse",
    "sampled_softmax_loss",
    "selu",
    "separable_conv2d",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "softplus",
    "softsign",
    "space_to_depth",
    "sparse_softmax_cross_entropy_with_logits",
    "static_bidirectional_rnn",
    "static_rnn",
    "static_state_saving_rnn",
    "sufficient_statistics",
    "swish",
    "tanh",
    "top_k",
    "uniform_candidate_sampler",
    "weighted_cross_entropy_with_logits",
    "weighted_moments",
    "with_space_to_batch",
    "xw_plus_b",
    "zero_fraction",
]
