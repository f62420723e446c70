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
from minigraph.distributions.gammas import Beta, Exponential, Gamma
from minigraph.distributions.location_scale import Laplace, Normal, Uniform
from minigraph.distributions.student_t import StudentT

__all__ = [
    "Bernoulli",
    "Beta",
    "Categorical",
    "Dirichlet",
    "DirichletMultinomial",
    "Distribution",
    "Exponential",
    "FULLY_REPARAMETERIZED",
    "Gamma",
    "Laplace",
    "Multinomial",
    "NOT_REPARAMETERIZED",
    "Normal",
    "RegisterKL",
    "ReparameterizationType",
    "StudentT",
    "Uniform",
    "kl_divergence",
]
