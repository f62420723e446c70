# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.graph.nest import flatten, is_nested as is_sequence
from minigraph.graph.public_nest import assert_same_structure, map_structure, pack_sequence_as

__all__ = ["assert_same_structure", "flatten", "is_sequence", "map_structure", "pack_sequence_as"]
