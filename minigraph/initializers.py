"""`tf.initializers`: the initializers by their short names."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.variables.initialize": """
            global_variables=global_variables_initializer local_variables=local_variables_initializer
            variables=variables_initializer
        """.split(),
        "minigraph.variables.initializers.base": ["Initializer"],
        "minigraph.variables.initializers.constant": "constant=Constant ones=Ones zeros=Zeros".split(),
        "minigraph.variables.initializers.he_and_lecun": "he_normal he_uniform lecun_normal lecun_uniform".split(),
        "minigraph.variables.initializers.matrices": "identity=Identity orthogonal=Orthogonal".split(),
        "minigraph.variables.initializers.random": """
            random_normal=RandomNormal random_uniform=RandomUniform truncated_normal=TruncatedNormal
            uniform_unit_scaling=UniformUnitScaling
        """.split(),
        "minigraph.variables.initializers.variance_scaling": """
            glorot_normal=glorot_normal_initializer glorot_uniform=glorot_uniform_initializer
            variance_scaling=VarianceScaling
        """.split(),
    },
    absent(__name__),
)
