# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.tensorboard.plugins import projector

__all__ = ["projector"]
