# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib import framework, image, layers, legacy_seq2seq, lookup, losses, rnn, seq2seq, slim

__all__ = ["framework", "image", "layers", "legacy_seq2seq", "lookup", "losses", "rnn", "seq2seq", "slim"]
