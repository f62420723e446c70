# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.ops.arrays.reshape import reshape
from minigraph.ops.arrays.reverse import reverse
from minigraph.ops.arrays.roll import roll
from minigraph.ops.arrays.space_to_batch import batch_to_space_nd, space_to_batch_nd
from minigraph.ops.arrays.tile import tile
from minigraph.ops.rows.gather import gather_nd
from minigraph.ops.rows.scatter_nd import scatter_nd

__all__ = ["batch_to_space_nd", "gather_nd", "reshape", "reverse", "roll", "scatter_nd", "space_to_batch_nd", "tile"]
