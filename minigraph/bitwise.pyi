# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.ops.math.bits import bitwise_and, bitwise_or, bitwise_xor, invert, left_shift, right_shift

__all__ = ["bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift"]
