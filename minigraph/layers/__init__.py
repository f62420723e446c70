"""`tf.layers`: layers that own their variables."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.layers.base": "InputSpec Layer".split(),
        "minigraph.layers.convolutional": "Conv1D Conv2D Conv2DTranspose conv1d conv2d conv2d_transpose".split(),
        "minigraph.layers.dense_layer": "Dense dense".split(),
        "minigraph.layers.dropout_layer": "Dropout dropout".split(),
        "minigraph.layers.flatten_layer": "Flatten flatten".split(),
        "minigraph.layers.normalization": "BatchNormalization batch_normalization".split(),
        "minigraph.layers.pooling": "AveragePooling2D MaxPooling2D average_pooling2d max_pooling2d".split(),
    },
    absent(__name__),
)
