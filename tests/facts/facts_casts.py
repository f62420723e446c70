"""`cast` and its older spellings, `saturate_cast`, `bitcast`."""

import numpy as np
from asking import ask
from facts import fact

V = np.array([-3.7, -0.5, 0.0, 0.5, 1.9])
KINDS = [
    "float16",
    "float32",
    "float64",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bool",
]


def array(kind):
    """Return some values of the type; none that it lacks, for which a cast does what the machine does."""
    return (abs(V) if kind[0] == "u" else V).astype(kind)


@fact
def cast(tf, note):
    for source in KINDS:
        for target in KINDS + ["string"]:
            x = abs(array(source)) if target[0] == "u" else array(source)
            ask(tf, note, "%s to %s" % (source, target), lambda x: tf.cast(x, target), [x], order=1, nodes=True)
    ask(tf, note, "string", lambda: tf.cast("a", tf.float32))
    for label, value in {"1": 1, "list": [1.5, 2], "True": True, "None": None, "np.float64": np.float64(2.5)}.items():
        for kind in ("int32", "float32", float, bool, int, None, "nosuch", np.float64):
            ask(
                tf,
                note,
                "%s to %s" % (label, getattr(kind, "__name__", kind)),
                lambda: tf.cast(value, kind),
                nodes=True,
            )
    ask(tf, note, "named", lambda: tf.cast(x=[1], dtype=tf.float32, name="n"), nodes=True)
    rows = tf.cast(tf.IndexedSlices(tf.constant([[1.5]]), tf.constant([0])), tf.int32)
    note.put("rows", [type(rows).__name__, rows.values.dtype.name, rows.indices.dtype.name])


@fact
def older(tf, note):
    for name in ("to_float", "to_double", "to_int32", "to_int64", "to_complex64", "to_complex128"):
        for kind in ("float32", "int64", "bool"):
            ask(tf, note, "%s %s" % (name, kind), getattr(tf, name), [V.astype(kind)], order=1, nodes=True)
        ask(tf, note, name + " named", lambda: getattr(tf, name)([1, 2], name="q"), nodes=True)


@fact
def saturate_cast(tf, note):
    x = np.array([-300.5, -1.0, 0.0, 100.25, 300.0])
    for source in ("float32", "float64", "int32", "int64", "int16"):
        for target in ("uint8", "int8", "int16", "uint16", "int32", "float32", "float64"):
            if not (source == "float32" and target == "int32"):
                ask(
                    tf,
                    note,
                    "%s to %s" % (source, target),
                    lambda x: tf.saturate_cast(x, target),
                    [x.astype(source)],
                    order=1,
                    nodes=True,
                )


@fact
def bitcast(tf, note):
    numbers = [kind for kind in KINDS if kind != "bool"]
    for source in numbers:
        x = np.arange(8 if source[-1] == "8" and source[0] != "c" else 4).astype(source).reshape(1, -1)
        for target in numbers:
            if "complex" not in source + target and "float" not in target:  # of floats any bits may be nan
                ask(tf, note, "%s to %s" % (source, target), lambda x: tf.bitcast(x, target), [x])
        ask(tf, note, "scalar to " + source, lambda: tf.bitcast(np.int32(5), source).shape.as_list())
        ask(tf, note, "unknown " + source, lambda: str(tf.bitcast(tf.placeholder(tf.int32), source).shape))
        ask(
            tf,
            note,
            "half unknown " + source,
            lambda: str(tf.bitcast(tf.placeholder(tf.int32, [None, None]), source).shape),
        )
        ask(tf, note, "in a run " + source, lambda x: tf.shape(tf.bitcast(x, source)), [np.zeros(3, np.int32)], [None])
    ask(tf, note, "round", lambda x: tf.bitcast(tf.bitcast(x, tf.uint8), tf.float64), [V], order=1)
