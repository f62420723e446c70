"""`tf.contrib.image`: images turned, moved and bent."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.image.transforms": """
            angles_to_projective_transforms compose_transforms rotate transform translate
            translations_to_projective_transforms
        """.split(),
        "minigraph.ops.namespace": "flat_transforms_to_matrices matrices_to_flat_transforms".split(),
    },
    absent(__name__),
)
