# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.variables.initialize import (
    global_variables_initializer as global_variables,
    local_variables_initializer as local_variables,
    variables_initializer as variables,
)
from minigraph.variables.initializers.base import Initializer
from minigraph.variables.initializers.constant import Constant as constant, Ones as ones, Zeros as zeros
from minigraph.variables.initializers.he_and_lecun import he_normal, he_uniform, lecun_normal, lecun_uniform
from minigraph.variables.initializers.matrices import Identity as identity, Orthogonal as orthogonal
from minigraph.variables.initializers.random import (
    RandomNormal as random_normal,
    RandomUniform as random_uniform,
    TruncatedNormal as truncated_normal,
    UniformUnitScaling as uniform_unit_scaling,
)
from minigraph.variables.initializers.variance_scaling import (
    VarianceScaling as variance_scaling,
    glorot_normal_initializer as glorot_normal,
    glorot_uniform_initializer as glorot_uniform,
)

__all__ = [
    "Initializer",
    "constant",
    "global_variables",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "identity",
    "lecun_normal",
    "lecun_uniform",
    "local_variables",
    "ones",
    "orthogonal",
    "random_normal",
    "random_uniform",
    "truncated_normal",
    "uniform_unit_scaling",
    "variables",
    "variance_scaling",
    "zeros",
]
