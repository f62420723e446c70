# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.saved_model.loading import load, maybe_saved_model_directory

__all__ = ["load", "maybe_saved_model_directory"]
