"""`tf.contrib.distributions`: those of `tf.distributions`, under their older name."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.distributions.counts": "Dirichlet DirichletMultinomial Multinomial".split(),
        "minigraph.distributions.discrete": "Bernoulli Categorical".split(),
        "minigraph.distributions.distribution": """
            Distribution FULLY_REPARAMETERIZED NOT_REPARAMETERIZED ReparameterizationType
        """.split(),
        "minigraph.distributions.divergences": "RegisterKL kl_divergence".split(),
        "minigraph.distributions.gammas": """
            Beta BetaWithSoftplusConcentration Exponential ExponentialWithSoftplusRate Gamma
            GammaWithSoftplusConcentrationRate
        """.split(),
        "minigraph.distributions.location_scale": """
            Laplace LaplaceWithSoftplusScale Normal NormalWithSoftplusScale Uniform
        """.split(),
        "minigraph.distributions.student_t": "StudentT StudentTWithAbsDfSoftplusScale".split(),
    },
    absent(__name__),
)
