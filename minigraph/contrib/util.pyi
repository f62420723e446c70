# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.graph.constant_value import constant_value
from minigraph.graph.tensor_protos import make_ndarray, make_tensor_proto

__all__ = ["constant_value", "make_ndarray", "make_tensor_proto"]
