"""`tf.contrib.tensorboard.plugins.projector`: embeddings for TensorBoard's projector."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.tensorboard.embeddings": ["visualize_embeddings"],
        "minigraph.graph.protos": "EmbeddingInfo ProjectorConfig SpriteMetadata".split(),
    },
    absent(__name__),
)
