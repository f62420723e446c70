"""`tf.random`: numbers of chance, and the seeds that make them come back."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.seeds": "get_seed set_random_seed".split(),
        "minigraph.ops.namespace": """
            all_candidate_sampler categorical fixed_unigram_candidate_sampler gamma=random_gamma
            learned_unigram_candidate_sampler log_uniform_candidate_sampler multinomial normal=random_normal
            poisson=random_poisson shuffle=random_shuffle truncated_normal uniform=random_uniform
            uniform_candidate_sampler
        """.split(),
    },
    absent(__name__),
)
