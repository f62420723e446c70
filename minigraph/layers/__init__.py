"""`tf.layers`: layers that own their variables."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.layers.base": "InputSpec Layer".split(),
        "minigraph.layers.convolutional": "Conv1D Conv2D Conv3D conv1d conv2d conv3d".split(),
        "minigraph.layers.dense_layer": "Dense dense".split(),
        "minigraph.layers.dropout_layer": "Dropout dropout".split(),
        "minigraph.layers.flatten_layer": "Flatten flatten".split(),
        "minigraph.layers.normalization": "BatchNormalization batch_normalization".split(),
        "minigraph.layers.pooling": """
            AveragePooling1D AveragePooling2D AveragePooling3D MaxPooling1D MaxPooling2D MaxPooling3D
            average_pooling1d average_pooling2d average_pooling3d max_pooling1d max_pooling2d max_pooling3d
        """.split(),
        "minigraph.layers.separable": "SeparableConv1D SeparableConv2D separable_conv1d separable_conv2d".split(),
        "minigraph.layers.transposed": "Conv2DTranspose Conv3DTranspose conv2d_transpose conv3d_transpose".split(),
    },
    absent(__name__),
)
