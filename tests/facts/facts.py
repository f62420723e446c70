"""Facts: small programs whose answers are recorded from TensorFlow 1.15.

A file `facts_*.py` in this folder holds functions decorated with `fact`. Each gets the framework `tf` and a notebook
`note`, in a new graph with a seed:

    @fact
    def rate_falls(tf, note):
        note("half", tf.train.exponential_decay(1.0, 10, 10, 0.5))
        note.error("no step", lambda: tf.train.exponential_decay(1.0, None, 10, 0.5))

`note` runs tensors, and takes plain data as it is. The files keep to Python 3.7, TensorFlow 1.15's last one.
"""

import importlib
import pathlib
import re

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
FACTS = {}


def fact(function):
    """Register a fact under "file/function"."""
    FACTS[function.__module__.replace("facts_", "", 1) + "/" + function.__name__] = function
    return function


def collect():
    """All facts of the files `facts_*.py`."""
    for path in sorted(HERE.glob("facts_*.py")):
        importlib.import_module(path.stem)
    return FACTS


class Notebook:
    """What a fact found out, by label."""

    def __init__(self, tf):
        self.tf, self.found, self._sess = tf, {}, None

    @property
    def sess(self):
        """A session of the graph, made with the first use."""
        if self._sess is None:
            self._sess = self.tf.Session()
        return self._sess

    def init(self):
        """Initialize the variables."""
        self.sess.run(self.tf.global_variables_initializer())

    def __call__(self, label, value, feed_dict=None):
        """Note a value; tensors and variables in it are run."""
        self.put(label, plain(self.run(value, feed_dict)))

    def put(self, label, value):
        """Note plain data."""
        assert label not in self.found, "noted twice: " + label
        self.found[label] = value

    def run(self, value, feed_dict=None):
        """`value` with numbers in the place of tensors."""
        if isinstance(value, (list, tuple)):
            return [self.run(one, feed_dict) for one in value]
        if isinstance(value, (self.tf.Tensor, self.tf.Variable, self.tf.Operation, self.tf.IndexedSlices)):
            return self.sess.run(value, feed_dict)
        return value

    def error(self, label, function):
        """Note the type and the first sentence of the error that `function` raises, or that there is none."""
        try:
            function()
        except Exception as error:  # every kind counts
            self.put(label, [kind_of(self.tf, error), first_sentence(error)])
        else:
            self.put(label, "no error")

    def nodes(self, label="nodes"):
        """Note the nodes of the graph."""
        self.put(label, [describe(op) for op in self.tf.get_default_graph().get_operations()])


def describe(op):
    """Return a node on one line."""
    text = "%s %s(%s)" % (op.type, op.name, ", ".join(t.name for t in op.inputs))
    controls = sorted(control.name for control in op.control_inputs)
    return text + (" after " + ", ".join(controls) if controls else "")


def kind_of(tf, error):
    """Return the name of the error's type, or of the one above it that Python or the framework's `errors` has."""
    return next(
        k.__name__ for k in type(error).__mro__ if k.__module__ == "builtins" or issubclass(k, tf.errors.OpError)
    )


def first_sentence(error):
    """Return the text up to the first full stop (or "!") at a line's end or before a space, without what differs by
    run.
    """
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, KeyError) and error.args:
        text = str(error.args[0])
    text = re.sub(r" ?(object|function .*)? at 0x[0-9a-f]+", "", text)
    return re.split(r"[.!](?:\s|$)|\n", text)[0]


def plain(value):
    """Numbers, strings and lists; arrays become lists, floats that JSON lacks become text."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, bytes):
        return value.decode(errors="backslashreplace")
    if type(value).__name__ in ("IndexedSlicesValue", "IndexedSlices"):
        return {"values": plain(value.values), "indices": plain(value.indices)}
    value = np.asarray(value)
    if value.dtype.kind == "O":
        return [plain(one) for one in value.ravel().tolist()]
    return number(value.tolist())


def number(value):
    """Return a number, or a nested list of them, for JSON."""
    if isinstance(value, list):
        return [number(one) for one in value]
    if isinstance(value, complex):
        return [number(value.real), number(value.imag)]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return float("%.9g" % value) if isinstance(value, float) else value


def run(tf, name):
    """Run a fact; return what it noted."""
    tf.reset_default_graph()
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        note = Notebook(tf)
        FACTS[name](tf, note)
        if note._sess is not None:
            note._sess.close()
    return note.found
