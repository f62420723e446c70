# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.distributions.counts import Dirichlet, DirichletMultinomial, Multinomial
from minigraph.distributions.discrete import Bernoulli, Categorical
from minigraph.distributions.distribution import (
    Distribution,
    FULLY_REPARAMETERIZED,
    NOT_REPARAMETERIZED,
    ReparameterizationType,
)
from minigraph.distributions.divergences import RegisterKL, kl_divergence
from minigraph.distributions.gammas import (
    Beta,
    BetaWithSoftplusConcentration,
    Exponential,
    ExponentialWithSoftplusRate,
    Gamma,
    GammaWithSoftplusConcentrationRate,
)
from minigraph.distributions.location_scale import (
    Laplace,
    LaplaceWithSoftplusScale,
    Normal,
    NormalWithSoftplusScale,
    Uniform,
)
from minigraph.distributions.student_t import StudentT, StudentTWithAbsDfSoftplusScale

__all__ = [
    "Bernoulli",
    "Beta",
    "BetaWithSoftplusConcentration",
    "Categorical",
    "Dirichlet",
    "DirichletMultinomial",
    "Distribution",
    "Exponential",
    "ExponentialWithSoftplusRate",
    "FULLY_REPARAMETERIZED",
    "Gamma",
    "GammaWithSoftplusConcentrationRate",
    "Laplace",
    "LaplaceWithSoftplusScale",
    "Multinomial",
    "NOT_REPARAMETERIZED",
    "Normal",
    "NormalWithSoftplusScale",
    "RegisterKL",
    "ReparameterizationType",
    "StudentT",
    "StudentTWithAbsDfSoftplusScale",
    "Uniform",
    "kl_divergence",
]
