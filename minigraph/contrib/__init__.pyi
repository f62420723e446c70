# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib import framework, layers, losses, slim

__all__ = ["framework", "layers", "losses", "slim"]
