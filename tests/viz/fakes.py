"""Graphs that are made of names: what pictures read of a graph, and nothing else."""

import types

import numpy as np

import minigraph as tf
from minigraph.viz.svg import run_graphviz

make_class = type
WRITES = ("Assign", "Apply", "Scatter")


def without_graphviz(monkeypatch):
    """Make Graphviz unavailable: no program, and no library in a wheel."""
    monkeypatch.setattr(run_graphviz.shutil, "which", lambda name: None)
    monkeypatch.setattr(run_graphviz.importlib.util, "find_spec", lambda name: None)


class FakeTensor:
    def __init__(self, op, index, shape=(), dtype="float32"):
        self.op, self.value_index, self.users = op, index, []
        self.shape = tf.TensorShape(shape)
        self.dtype = types.SimpleNamespace(name=dtype, _is_ref=dtype.endswith("_ref"))
        self.name = f"{op.name}:{index}"

    def consumers(self):
        return self.users


class FakeOp:
    def __init__(self, name, type="Add", inputs=(), control=(), outputs=1, stage=None, value=None):
        self.name, self.type, self.stage, self.value = name, type, stage, value
        self.inputs, self.control_inputs, self.control_outputs = tuple(inputs), list(control), []
        specs = [
            types.SimpleNamespace(name=f"in{i}", is_list=False, is_ref=type.startswith(WRITES) and i == 0)
            for i in range(len(inputs))
        ]
        self.op_def = make_class(
            "Rules",
            (),
            dict(
                must_feed=type == "Placeholder",
                writes=(0,) if type.startswith(WRITES) else (),
                static_inputs=(),
                reads=(),
                specs=specs,
                has_lists=False,
                functions=(),
                forwards=False,
            ),
        )()
        outputs = [((), "float32")] * outputs if isinstance(outputs, int) else outputs
        self.outputs = [FakeTensor(self, i, shape, dtype) for i, (shape, dtype) in enumerate(outputs)]
        self.all_outputs, self.waits_for = tuple(self.outputs), tuple(self.control_inputs)
        self.attrs, self.where = {}, ()
        for tensor in self.inputs:
            tensor.users.append(self)
        for op in self.control_inputs:
            op.control_outputs.append(self)

    def get_attr(self, name):
        return np.asarray(self.value)


class FakeGraph:
    outer_graph = None

    def __init__(self):
        self.ops = []

    def add(self, name, type="Add", inputs=(), control=(), **more):
        """Add a node; inputs may be operations, of which the first output is taken."""
        inputs = [i.outputs[0] if isinstance(i, FakeOp) else i for i in inputs]
        self.ops.append(FakeOp(name, type, inputs, control, **more))
        self.ops[-1].graph = self
        return self.ops[-1]

    def kept(self, name, make):
        return self.__dict__.setdefault(name, make())

    def get_operations(self):
        return list(self.ops)

    def as_graph_element(self, wanted):
        return wanted if isinstance(wanted, FakeOp) else {op.name: op for op in self.ops}[wanted]
