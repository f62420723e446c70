# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.image.transforms import (
    angles_to_projective_transforms,
    compose_transforms,
    rotate,
    transform,
    translate,
    translations_to_projective_transforms,
)
from minigraph.ops.images.projection import flat_transforms_to_matrices, matrices_to_flat_transforms

__all__ = [
    "angles_to_projective_transforms",
    "compose_transforms",
    "flat_transforms_to_matrices",
    "matrices_to_flat_transforms",
    "rotate",
    "transform",
    "translate",
    "translations_to_projective_transforms",
]
