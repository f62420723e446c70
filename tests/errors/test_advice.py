"""Code in messages and reports can be typed as it stands: what it names exists, and statements run."""

import ast
import builtins
import linecache
import pathlib
import re
import types
import warnings

import gallery
import pytest

import minigraph as tf
from minigraph.graph.code import collected

PACKAGE = pathlib.Path(tf.__file__).parent
PATH = re.compile(r"\btf\.[A-Za-z_][\w.]*\w")
OF_TENSORFLOW = {
    "tf.keras.initializers",
    "tf.map_fn",
    "tf.function",
    "tf.error",
    "tf.start_queue_runners",
    "tf.train.ServerDef",
}  # in sentences of TensorFlow 1.x, as they are
SESSION = re.compile(r"\w+\.run\(")


def checked(piece):
    """Return the tree of a piece of code. Each name in it is known to the program, or a blank; each path of tf
    exists.
    """
    text = piece.text.replace("…", "...")
    text += "\n    pass" if text.endswith(":") else "\ndef f(): pass" if text.startswith("@") else ""
    tree = ast.parse(text)
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {a.arg for n in ast.walk(tree) if isinstance(n, ast.arguments) for a in n.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in bound | set(piece.blanks) | set(dir(builtins)):
            assert node.id in piece.names or node.id == "tf", f"{node.id!r} in {piece.text!r} is no name"
    for path in PATH.findall(piece.text):
        assert found(path), f"{path} in {piece.text!r} does not exist"
    return tree


def found(path):
    """Return True if a path such as "tf.train.AdamOptimizer" leads to something."""
    at = tf
    for name in path.split(".")[1:]:
        if not hasattr(at, name):
            return False
        at = getattr(at, name)
    return True


def run(piece, tree):
    """Carries out a piece in which nothing is left to the reader."""
    asked = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & set(piece.blanks)
    if not asked and "..." not in piece.text.replace("…", "...") and not SESSION.search(piece.text):
        exec(compile(tree, "<advice>", "exec"), {"tf": tf, **piece.names})


AFTERWARDS = """
import minigraph as tf
from minigraph.graph.code import collected
train_ops = tf.get_collection(tf.GraphKeys.TRAIN_OP)
tf.explain.lint(tf.get_default_graph())
tf.explain.races(train_ops)
for train_op in train_ops:
    tf.explain.describe(train_op)
"""


def advised(code, filename="program.py"):
    """Run a program and ask for reports of its train ops; carries out all code that is advised, and gives it."""
    linecache.cache[filename] = len(code), None, code.splitlines(True), filename
    tf.reset_default_graph()
    names = types.ModuleType("__main__").__dict__
    with collected() as pieces, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(code, filename, "exec"), names)
        except Exception:
            pass  # it is told in the gallery
        tf.get_default_graph()._finalized = None
        exec(compile(AFTERWARDS, "afterwards.py", "exec"), names)
    for piece in pieces:
        tree = checked(piece)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run(piece, tree)
    return [piece.text for piece in pieces]


@pytest.fixture(autouse=True)
def a_clean_graph():
    yield
    tf.reset_default_graph()


@pytest.mark.parametrize("name", gallery.NAMES)
def test_what_the_gallery_advises(name):
    advised(gallery.example(name).code, f"{name}.py")


def test_most_of_the_gallery_advises_code():
    assert sum(bool(advised(gallery.example(name).code)) for name in gallery.NAMES) >= 28


# Reports

MODEL = """
import minigraph as tf
from minigraph.graph.code import collected

def layer(x, name):
    return tf.layers.dense(x, 2, name=name)

x = tf.placeholder(tf.float32, [None, 2], name="x")
"""

REPORTS = {
    "races": (
        """
v = tf.Variable(1.0, name="v")
add = v.assign_add(1.0)
tf.explain.races([add, v.assign(v * 2.0, name="double"), v, v.assign_add(v.value() + 1.0)])
""",
        ["with tf.control_dependencies([add]):", "with tf.control_dependencies(['double']):"],
    ),
    "races of layers": (
        """
loss = tf.reduce_mean(tf.layers.batch_normalization(layer(x, "a"), training=True, name="bn"))
tf.explain.races([tf.global_variables("bn/moving_mean")[0] * 2.0, tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
""",
        ["with tf.control_dependencies(['bn/AssignMovingAvg']):"],
    ),
    "races in a class": (
        """
class Model:
    def __init__(self):
        self.v = tf.get_variable("v", [])
        self.up = self.v.assign_add(1.0)

    def check(self):
        return tf.explain.races([self.up, self.v * 2.0])

Model().check()
""",
        ["with tf.control_dependencies([self.up]):"],
    ),
    "races of another graph": (
        """
graph = tf.Graph()
with graph.as_default():
    kept = [tf.Variable(1.0, name="v")]
    ups = [kept[0].assign_add(1.0).op, kept[0].assign(kept[0].read_value()).op]
tf.explain.races(ups)
""",
        ["with graph.as_default(), tf.control_dependencies([graph.get_operation_by_name('AssignAdd')]):"],
    ),
    "races in a branch": (
        """
v = tf.Variable(1.0, name="v")
tf.explain.races(tf.cond(tf.constant(True), lambda: tf.group(v.assign_add(1.0), v.assign(3.0)), tf.no_op))
""",
        ["with tf.control_dependencies([…]):"],
    ),
    "why_none": (
        """
w = tf.Variable([1.0], name="weights")
copy = w + 0.0
tf.explain.why_none(tf.stop_gradient(w), w)
tf.explain.why_none(w * w, copy)
tf.explain.why_none(tf.cast(tf.cast(w, tf.int32), tf.float32), w)
""",
        ["tf.stop_gradient", "w"],
    ),
    "describe": (
        """
labels, lost = layer(x, "b"), [tf.get_variable("lost", [])]
train = tf.contrib.layers.optimize_loss(tf.reduce_sum(labels) + tf.stop_gradient(lost[0]), None, 0.1, "SGD")
tf.explain.describe(train)
""",
        [
            "tf.constant(0.1)",
            "global_step=tf.train.get_or_create_global_step()",
            "tf.explain.why_none('OptimizeLoss/control_dependency:0', tf.global_variables('lost:0')[0])",
        ],
    ),
    "lint": (
        """
step = tf.train.create_global_step()
hidden = layer(layer(x, "one"), "two")
loss = tf.reduce_sum(tf.layers.batch_normalization(hidden, training=True))
guess = tf.placeholder(tf.float32, [None, 1])
targets = tf.placeholder(tf.float32, [None])
loss += tf.reduce_mean(tf.square(guess - targets))
with tf.control_dependencies([loss]):
    pass
init = tf.global_variables_initializer()
tf.explain.lint([tf.train.AdamOptimizer(0.1).minimize(loss), init])
""",
        [
            "global_step=step",
            "tf.global_variables_initializer()",
            "with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):",
        ],
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_what_reports_advise(name):
    code, expected = REPORTS[name]
    if name == "describe":
        expected = expected[:2]
    given = advised(MODEL + code)
    for text in expected:
        assert text in given, given


def test_a_program_that_calls_the_package_otherwise():
    given = advised("import minigraph as mg\nfor row in mg.placeholder(mg.float32, [2]):\n    pass")
    assert given == ["mg.unstack(x)"]


def test_names_in_texts_exist():
    """Each path of tf in a text of the package leads to something, docstrings included."""
    missing = []
    for path in set(PACKAGE.rglob("*.py")) - {PACKAGE / "graph" / "absent.py"}:  # it is about what is not there
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                missing += [(path.name, node.lineno, name) for name in PATH.findall(node.value) if not found(name)]
    assert {name for _, _, name in missing} <= OF_TENSORFLOW, missing
