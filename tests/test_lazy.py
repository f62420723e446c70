"""Names that are found on first use: the right ones, whatever was imported before, and nothing else with them."""

from __future__ import annotations

import pickle
import pkgutil
import subprocess
import sys

import pytest

import minigraph as tf
from minigraph.lazy import attached
from tests import stubs

MODULES = stubs.modules()


def answered(program):
    """Return the words that a program prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_an_import_loads_what_every_program_needs():
    program = "import sys, numpy; old = {*sys.modules}; import minigraph as tf; print(*"
    loaded = answered(program + "{*sys.modules} - old)")
    ours = {name.partition(".")[2] for name in loaded if name.startswith("minigraph")}
    rooms = {name.partition(".")[0] for name in ours}
    assert rooms == {"", "graph", "lazy", "ops"}
    every = [module.name for module in pkgutil.walk_packages(tf.__path__, "minigraph.")]
    assert len(ours) < len(every) / 4, "some import takes more along than an import of the package needs"
    assert len(loaded) - len(ours) < 8, "a module of Python's own that numpy does without"


def test_every_name_is_right_after_whatever_was_imported():
    program = """
import importlib, pkgutil, types
import minigraph as tf
from minigraph.lazy import attached
for module in pkgutil.walk_packages(tf.__path__, "minigraph."):
    if not module.name.endswith(("__main__", ".worker_graph")):  # which runs beside TensorFlow
        importlib.import_module(module.name)
for name, homes in attached.items():
    for short, (home, original) in homes.items():
        found = getattr(importlib.import_module(name), short)
        assert found is getattr(importlib.import_module(home), original), (name, short)
        is_our_module = isinstance(found, types.ModuleType) and found.__name__.startswith("minigraph")
        assert home == name or short == "errors" or not is_our_module, (name, short)
for lens in tf.explain, tf.viz:
    assert not any(isinstance(getattr(lens, name), types.ModuleType) for name in lens.__all__)
print(tf.gradients.__name__, tf.custom_gradient.__name__, tf.nn.dropout.__name__, tf.nn.swish.__name__)
"""
    assert answered(program) == ["gradients", "custom_gradient", "dropout", "swish"]


@pytest.mark.parametrize("module", [m for m in MODULES if hasattr(m, "__path__")], ids=lambda m: m.__name__)
def test_no_file_has_the_name_of_something_else(module):
    """Python would bind it in the package, over what the table says."""
    homes = attached[module.__name__]
    files = {file.name for file in pkgutil.iter_modules(module.__path__)}
    assert {name for name in files & {*homes} if homes[name] != (module.__name__, name)} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_stubs_are_up_to_date(module):
    assert stubs.path(module).read_text() == stubs.stub(module), "run `python -m tests.stubs`"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_all_and_dir_list_the_table(module):
    names = {*attached[module.__name__]}
    assert names - {*module.__all__} == ({"explain", "viz"} if module is tf else set())
    assert names <= {*dir(module)} and all(hasattr(module, name) for name in names)


def test_a_star_import_takes_all_names():
    shown = (
        "gradients.__name__, abs.__module__, nn.relu.__name__, bool.name, print.__name__"  # the last one too, as in TF1
    )
    found = answered(f"from minigraph import *; import builtins; builtins.print({shown})")
    assert found == ["gradients", "minigraph.ops.math.signs", "relu", "bool", "print_v2"]


@pytest.mark.parametrize("thing", [tf.gradients, tf.abs, tf.train.AdamOptimizer, tf.linalg.det, tf.errors.OpError])
def test_things_are_pickled_by_where_they_are_defined(thing):
    assert pickle.loads(pickle.dumps(thing)) is thing


def test_what_was_imported_while_modules_are_patched_is_not_made_twice():
    program = """
import sys, unittest.mock
import minigraph as tf
with unittest.mock.patch.dict(sys.modules):
    y = tf.layers.dense(tf.placeholder(tf.float32, [None, 3]), 2)
tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(tf.nn.relu(y)))
rooms = tf.nn
del sys.modules["minigraph.nn"]
print(type(tf.trainable_variables()[0]) is tf.Variable, hasattr(rooms, "crelu"), hasattr(rooms, "nothing"))
"""
    assert answered(program) == ["True", "True", "False"]
