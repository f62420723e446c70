"""Operations by the name of their type, whatever of the package has been imported so far."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import minigraph
from minigraph.graph.create_op import modules
from minigraph.graph.opdef import OpDef


def test_every_type_of_the_package_is_found_in_its_module():
    for module in pkgutil.walk_packages(minigraph.__path__, "minigraph."):
        if module.name.split(".")[1] in ("ops", "nn", "graph", "layers", "train", "contrib", "variables"):
            importlib.import_module(module.name)
    kinds = [OpDef]
    for kind in kinds:
        kinds += kind.__subclasses__()
    defined = {
        kind.type: kind.__module__
        for kind in kinds[1:]
        if kind.__module__.startswith("minigraph.") and not kind.is_base
    }
    assert len(defined) > 250
    assert defined == modules


def test_a_fresh_process_knows_types_that_nothing_has_imported():
    program = """
import sys
import minigraph as tf
assert "minigraph.ops.nn.bias_add" not in sys.modules and "minigraph.ops.nn.convolution" not in sys.modules
with tf.Graph().as_default() as graph, tf.Session() as sess:
    sum = graph.create_op("BiasAdd", [tf.ones([2, 3]), tf.ones([3])], attrs={"data_format": "NHWC"})
    print(sum.type, sum.outputs[0].shape, sess.run(sum.outputs[0])[0, 0])
    print(graph.create_op("Relu", [tf.constant(-1.0)]).type)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "BiasAdd (2, 3) 2.0\nRelu\n"
