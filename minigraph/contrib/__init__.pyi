# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib import (
    crf,
    data,
    distributions,
    framework,
    layers,
    legacy_seq2seq,
    lookup,
    losses,
    metrics,
    opt,
    rnn,
    seq2seq,
    slim,
    tensorboard,
    training,
    util,
)

__all__ = [
    "crf",
    "data",
    "distributions",
    "framework",
    "layers",
    "legacy_seq2seq",
    "lookup",
    "losses",
    "metrics",
    "opt",
    "rnn",
    "seq2seq",
    "slim",
    "tensorboard",
    "training",
    "util",
]
