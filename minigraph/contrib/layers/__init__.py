"""`tf.contrib.layers`: `optimize_loss`, regularizers, summaries, and layers by their older names."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: ["utils"],
        "minigraph.contrib.layers.batch_normalization": ["batch_norm"],
        "minigraph.contrib.layers.convolutions": """
            conv1d=convolution1d conv2d=convolution2d conv2d_transpose=convolution2d_transpose conv3d=convolution3d
            conv3d_transpose=convolution3d_transpose convolution convolution1d convolution2d convolution2d_transpose
            convolution3d convolution3d_transpose
        """.split(),
        "minigraph.contrib.layers.encoders": "embed_sequence embedding_lookup_unique".split(),
        "minigraph.contrib.layers.gradient_transforms": ["adaptive_clipping_fn"],
        "minigraph.contrib.layers.group_normalization": "group_norm instance_norm".split(),
        "minigraph.contrib.layers.initializers": """
            variance_scaling_initializer xavier_initializer xavier_initializer_conv2d
        """.split(),
        "minigraph.contrib.layers.layers": """
            dropout elu flatten fully_connected linear one_hot_encoding relu relu6 repeat stack
        """.split(),
        "minigraph.contrib.layers.normalization": "bias_add layer_norm maxout softmax unit_norm".split(),
        "minigraph.contrib.layers.optimizers": "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES optimize_loss".split(),
        "minigraph.contrib.layers.pooling": "avg_pool2d avg_pool3d max_pool2d max_pool3d".split(),
        "minigraph.contrib.layers.separable": """
            conv2d_in_plane=convolution2d_in_plane convolution2d_in_plane separable_conv2d=separable_convolution2d
            separable_convolution2d
        """.split(),
        "minigraph.contrib.layers.spatial": "images_to_sequence sequence_to_images spatial_softmax".split(),
        "minigraph.contrib.layers.summaries": """
            summarize_activation summarize_activations summarize_biases summarize_collection summarize_tensor
            summarize_tensors summarize_variables summarize_weights
        """.split(),
        "minigraph.variables.regularizers": """
            apply_regularization l1_l2_regularizer l1_regularizer l2_regularizer sum_regularizer
        """.split(),
    },
    absent(__name__),
)
