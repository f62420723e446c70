# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.crf.decoding import CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell, crf_decode, viterbi_decode
from minigraph.contrib.crf.likelihood import (
    CrfForwardRnnCell,
    crf_binary_score,
    crf_log_likelihood,
    crf_log_norm,
    crf_multitag_sequence_score,
    crf_sequence_score,
    crf_unary_score,
)

__all__ = [
    "CrfDecodeBackwardRnnCell",
    "CrfDecodeForwardRnnCell",
    "CrfForwardRnnCell",
    "crf_binary_score",
    "crf_decode",
    "crf_log_likelihood",
    "crf_log_norm",
    "crf_multitag_sequence_score",
    "crf_sequence_score",
    "crf_unary_score",
    "viterbi_decode",
]
