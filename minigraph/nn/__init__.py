"""`tf.nn`: building blocks of neural networks."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: ["rnn_cell"],
        "minigraph.nn.activations": ["swish"],
        "minigraph.nn.cross_entropy": """
            log_poisson_loss sigmoid_cross_entropy_with_logits weighted_cross_entropy_with_logits
        """.split(),
        "minigraph.nn.dropouts": ["dropout"],
        "minigraph.nn.embedding": ["embedding_lookup"],
        "minigraph.nn.embedding_sparse": "embedding_lookup_sparse safe_embedding_lookup_sparse".split(),
        "minigraph.nn.linear": "relu_layer xw_plus_b zero_fraction".split(),
        "minigraph.nn.normalization": """
            batch_norm_with_global_normalization batch_normalization fused_batch_norm l2_normalize moments
            normalize_moments sufficient_statistics weighted_moments
        """.split(),
        "minigraph.nn.sampled_losses": "nce_loss sampled_softmax_loss".split(),
        "minigraph.ops.namespace": """
            all_candidate_sampler atrous_conv2d avg_pool avg_pool1d avg_pool2d avg_pool3d bias_add
            compute_accidental_hits conv1d conv1d_transpose conv2d conv2d_backprop_filter conv2d_backprop_input
            conv2d_transpose conv3d conv3d_transpose convolution crelu ctc_beam_search_decoder
            ctc_beam_search_decoder_v2 ctc_greedy_decoder ctc_loss depth_to_space depthwise_conv2d
            depthwise_conv2d_native depthwise_conv2d_native_backprop_filter depthwise_conv2d_native_backprop_input
            dilation2d elu erosion2d fixed_unigram_candidate_sampler in_top_k l2_loss leaky_relu
            learned_unigram_candidate_sampler local_response_normalization log_softmax log_uniform_candidate_sampler lrn
            max_pool max_pool1d max_pool2d max_pool3d pool relu relu6 selu separable_conv2d sigmoid softmax
            softmax_cross_entropy_with_logits softmax_cross_entropy_with_logits_v2 softplus softsign space_to_depth
            sparse_softmax_cross_entropy_with_logits tanh top_k uniform_candidate_sampler with_space_to_batch
        """.split(),
        "minigraph.rnn.bidirectional_dynamic_rnn": ["bidirectional_dynamic_rnn"],
        "minigraph.rnn.dynamic_rnn": ["dynamic_rnn"],
        "minigraph.rnn.raw_rnn": ["raw_rnn"],
        "minigraph.rnn.static_rnn": "static_bidirectional_rnn static_rnn static_state_saving_rnn".split(),
    },
    absent(__name__),
)
