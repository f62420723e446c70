# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.tensorboard import plugins

__all__ = ["plugins"]
