"""`tf.contrib.crf`: linear-chain conditional random fields, for tags of sequences."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.crf.decoding": """
            CrfDecodeBackwardRnnCell CrfDecodeForwardRnnCell crf_decode viterbi_decode
        """.split(),
        "minigraph.contrib.crf.likelihood": """
            CrfForwardRnnCell crf_binary_score crf_log_likelihood crf_log_norm crf_multitag_sequence_score
            crf_sequence_score crf_unary_score
        """.split(),
    },
    absent(__name__),
)
