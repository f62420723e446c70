# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib import crf, framework, layers, legacy_seq2seq, losses, opt, rnn, seq2seq, slim, training

__all__ = ["crf", "framework", "layers", "legacy_seq2seq", "losses", "opt", "rnn", "seq2seq", "slim", "training"]
