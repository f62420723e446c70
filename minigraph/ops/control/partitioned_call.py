"""Calls of functions, which graphs have that TensorFlow wrote: `Defun`, and what newer versions make of a model."""

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.opdef import OpDef

__all__: list[str] = []


class PartitionedCall(OpDef):
    """The results of a function."""

    f: FuncGraph
    Tout: tuple = ()
    config: str = ""
    config_proto: str = ""
    executor_type: str = ""

    inputs = ("*args: *Tin",)
    outputs = ("*output: *Tout",)
    functions = ("f",)
    forwards = True

    def dtype(self, *types):
        return self.Tout

    def shape(self, *inputs, functions=()):
        if functions:
            return functions[0](*inputs)
        return tuple(t.shape for t in self.f.outputs)

    def kernel(self, xp, *inputs, functions):
        found = functions[0](*inputs)
        return tuple(found) if len(self.Tout) != 1 else found[0]


class StatefulPartitionedCall(PartitionedCall):
    """The results of a function, after what it does besides."""

    side_effect = True
