# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.seq2seq.losses import sequence_loss

__all__ = ["sequence_loss"]
