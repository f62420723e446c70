# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib import data, framework, layers, legacy_seq2seq, losses, rnn, seq2seq, slim, tensorboard, util

__all__ = ["data", "framework", "layers", "legacy_seq2seq", "losses", "rnn", "seq2seq", "slim", "tensorboard", "util"]
