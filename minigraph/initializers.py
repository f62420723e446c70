"""`tf.initializers`: the initializers by their short names."""

from minigraph.variables.initialize import global_variables_initializer as global_variables
from minigraph.variables.initialize import local_variables_initializer as local_variables
from minigraph.variables.initialize import variables_initializer as variables
from minigraph.variables.initializers.base import Initializer
from minigraph.variables.initializers.constant import Constant, Ones, Zeros
from minigraph.variables.initializers.matrices import Identity, Orthogonal
from minigraph.variables.initializers.random import RandomNormal, RandomUniform, TruncatedNormal, UniformUnitScaling
from minigraph.variables.initializers.variance_scaling import (
    VarianceScaling,
    glorot_normal_initializer,
    glorot_uniform_initializer,
    he_normal,
    he_uniform,
    lecun_normal,
    lecun_uniform,
)

constant, identity, ones, orthogonal, zeros = Constant, Identity, Ones, Orthogonal, Zeros
random_normal, random_uniform, truncated_normal = RandomNormal, RandomUniform, TruncatedNormal
uniform_unit_scaling, variance_scaling = UniformUnitScaling, VarianceScaling
glorot_normal, glorot_uniform = glorot_normal_initializer, glorot_uniform_initializer

__all__ = [
    "Initializer",
    "constant",
    "glorot_normal",
    "glorot_uniform",
    "global_variables",
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
