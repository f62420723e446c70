"""The initializers that layers accept by name, with Keras's defaults."""

from __future__ import annotations

from collections.abc import Callable

from minigraph.variables.initializers.constant import Constant, Ones, Zeros
from minigraph.variables.initializers.he_and_lecun import he_normal, he_uniform, lecun_normal, lecun_uniform
from minigraph.variables.initializers.matrices import Identity, Orthogonal
from minigraph.variables.initializers.random import RandomNormal, RandomUniform, TruncatedNormal
from minigraph.variables.initializers.variance_scaling import GlorotNormal, GlorotUniform, VarianceScaling

__all__ = ["INITIALIZERS"]

INITIALIZERS: dict[str, Callable] = {
    "zeros": Zeros,
    "ones": Ones,
    "constant": Constant,
    "random_uniform": lambda: RandomUniform(-0.05, 0.05),
    "random_normal": lambda: RandomNormal(0.0, 0.05),
    "truncated_normal": lambda: TruncatedNormal(0.0, 0.05),
    "VarianceScaling": VarianceScaling,
    "orthogonal": Orthogonal,
    "identity": Identity,
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_normal": he_normal,
    "he_uniform": he_uniform,
    "lecun_normal": lecun_normal,
    "lecun_uniform": lecun_uniform,
}
INITIALIZERS |= {
    "Zeros": Zeros,
    "Ones": Ones,
    "Constant": Constant,
    "Orthogonal": Orthogonal,
    "Identity": Identity,
    "RandomUniform": INITIALIZERS["random_uniform"],
    "uniform": INITIALIZERS["random_uniform"],
    "RandomNormal": INITIALIZERS["random_normal"],
    "normal": INITIALIZERS["random_normal"],
    "TruncatedNormal": INITIALIZERS["truncated_normal"],
}
