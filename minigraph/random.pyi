# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.graph.seeds import get_seed, set_random_seed
from minigraph.ops.random.candidates import (
    all_candidate_sampler,
    fixed_unigram_candidate_sampler,
    learned_unigram_candidate_sampler,
    log_uniform_candidate_sampler,
    uniform_candidate_sampler,
)
from minigraph.ops.random.gamma import random_gamma as gamma, random_poisson as poisson
from minigraph.ops.random.multinomial import categorical, multinomial
from minigraph.ops.random.normal import random_normal as normal, truncated_normal
from minigraph.ops.random.shuffle import random_shuffle as shuffle
from minigraph.ops.random.uniform import random_uniform as uniform

__all__ = [
    "all_candidate_sampler",
    "categorical",
    "fixed_unigram_candidate_sampler",
    "gamma",
    "get_seed",
    "learned_unigram_candidate_sampler",
    "log_uniform_candidate_sampler",
    "multinomial",
    "normal",
    "poisson",
    "set_random_seed",
    "shuffle",
    "truncated_normal",
    "uniform",
    "uniform_candidate_sampler",
]
