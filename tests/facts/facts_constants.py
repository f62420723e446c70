"""Constants, placeholders, the conversion of Python values, and `as_dtype`."""

import numpy as np
from asking import ask
from facts import fact

VALUES = {
    "1": 1,
    "1.5": 1.5,
    "True": True,
    "text": "a",
    "bytes": b"a",
    "accent": "\u00e9",
    "1j": 1j,
    "None": None,
    "empty": [],
    "empty row": [[]],
    "empty rows": [[], []],
    "mixed numbers": [1, 2.5],
    "True and 1": [True, 1],
    "truths": [True, False],
    "texts": ["a", "bc"],
    "text and number": ["a", 1],
    "number and text": [1, "a"],
    "ragged": [[1, 2], [3]],
    "row and number": [[1, 2], 3],
    "number and row": [1, [2]],
    "list of None": [None],
    "1 and None": [1, None],
    "3e9": 3000000000,
    "-3e9": -3000000000,
    "1e300": 1e300,
    "1e40": 1e40,
    "nan": float("nan"),
    "2**64": 2**64,
    "np.float64": np.float64(1.5),
    "np.float16": np.float16(1.5),
    "np.int8": np.int8(3),
    "np.uint64": np.uint64(3),
    "np.bool_": np.bool_(True),
    "list of np.bool_": [np.bool_(True)],
    "list of np.float64": [np.float64(1.5)],
    "list of np.int64": [np.int64(3)],
    "list of np.int8": [np.int8(3)],
    "array": np.array([1, 2]),
    "real array": np.array([1.0, 2.0]),
    "text array": np.array(["a", "b"]),
    "byte array": np.array([b"a", b"bcd"]),
    "object array": np.array(["a", "b"], object),
    "numbers as objects": np.array([1, 2], object),
    "short array": np.array([[1, 2], [3, 4]], np.int16),
    "no rows": np.zeros((0, 3)),
    "tuples": ((1, 2), (3, 4)),
    "tuples in a list": [(1, 2), [3, 4.5]],
    "16777217": 16777217,
    "zero byte": "\x00",
    "zero bytes": [b"a\x00", "b"],
    "a function": max,
}
KINDS = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool", "string", "complex64"]
# What numpy says here depends on its version, or what is asked is no use to anybody.
LEFT_OUT = {
    ("ragged", "complex64"),
    ("row and number", "complex64"),
    ("number and row", "complex64"),
    ("object array", "bool"),
    ("object array", "complex64"),
    ("2**64", "verify"),
}


@fact
def constant(tf, note):
    for label, value in VALUES.items():
        ask(tf, note, label, lambda: tf.constant(value), nodes=True)
        for kind in KINDS:
            if (label, kind) not in LEFT_OUT and not (
                label == "text array" and kind == "complex64" or label == "byte array" and kind == "complex64"
            ):
                ask(tf, note, "%s as %s" % (label, kind), lambda: tf.constant(value, kind))
        if label != "list of None" and (label, "verify") not in LEFT_OUT and label not in ("a function",):
            ask(tf, note, label + " verified", lambda: tf.constant(value, shape=[2], verify_shape=True))
        ask(tf, note, label + " of a shape", lambda: tf.constant(value, shape=[2, 2]))


@fact
def convert_to_tensor(tf, note):
    for label, value in VALUES.items():
        ask(tf, note, label, lambda: tf.convert_to_tensor(value))
        ask(tf, note, label + " as float32", lambda: tf.convert_to_tensor(value, tf.float32))
        ask(
            tf,
            note,
            label + ", better float64",
            lambda: tf.convert_to_tensor(value, dtype_hint=tf.float64, name="n"),
            nodes=True,
        )
        ask(tf, note, label + ", better int64", lambda: tf.convert_to_tensor(value, preferred_dtype=tf.int64))
    for label, value in [
        ("shape", tf.TensorShape([1, 2])),
        ("partial shape", tf.TensorShape([None])),
        ("size", tf.Dimension(3)),
        ("sizes", [tf.Dimension(3), 2]),
    ]:
        ask(tf, note, label, lambda: tf.convert_to_tensor(value), nodes=True)
        for kind in ("int32", "int64", "float32"):
            if (label, kind) != ("sizes", "float32"):
                ask(tf, note, "%s as %s" % (label, kind), lambda: tf.convert_to_tensor(value, kind))
    ask(tf, note, "tensors", lambda: tf.convert_to_tensor([tf.constant(1.0), 2, [3.0][0]]), nodes=True)
    ask(
        tf,
        note,
        "rows of tensors",
        lambda: tf.convert_to_tensor([[tf.constant(1), 2], [3, tf.constant(4)]]),
        nodes=True,
    )
    ask(tf, note, "tensor of another type", lambda: tf.convert_to_tensor(tf.constant(1), tf.float32))
    ask(tf, note, "constant of tensors", lambda: tf.constant([tf.constant(1.0)]))
    ask(tf, note, "constant of a tensor", lambda: tf.constant(tf.constant(1.0)))


@fact
def shapes(tf, note):
    for label, value, shape in [
        ("scalar", 1, []),
        ("too many", [1, 2], [1]),
        ("continued", [1, 2, 3], [2, 3]),
        ("a number", 1, 3),
        ("negative", 1, -1),
        ("none", 1, [0]),
        ("none of none", [], [0]),
        ("none of some", [1], [0]),
        ("other shape", [1, 2], [2, 1]),
        ("texts continued", ["a"], [2]),
        ("typed", 1.5, tf.TensorShape([2])),
    ]:
        ask(tf, note, label, lambda: tf.constant(value, shape=shape))
    ask(tf, note, "verified", lambda: tf.constant([[1, 2]], shape=[1, 2], verify_shape=True))
    ask(tf, note, "not verified", lambda: tf.constant([[1, 2]], shape=[2, 1], verify_shape=True))
    for name in ("a/b/c", "a b", "1a", "_a", None):
        ask(tf, note, "named %s" % name, lambda: tf.constant(1, name=name), nodes=True)


@fact
def placeholder(tf, note):
    for label, args in [
        ("plain", (tf.float32,)),
        ("scalar", (tf.float32, [])),
        ("half", (tf.float32, [None, 2])),
        ("number", (tf.float32, 3)),
        ("unknown", (tf.float32, [-1])),
        ("negative", (tf.float32, [3, -2])),
        ("size", (tf.float32, tf.Dimension(3))),
        ("text", (tf.float32, "ab")),
        ("name of a type", ("float64",)),
        ("numpy type", (np.int32,)),
        ("float", (float,)),
        ("None", (None,)),
        ("no type", ("x",)),
        ("string", (tf.string, [1])),
        ("array", (tf.float32, np.array([2, 3]))),
    ]:

        def build():
            x = tf.placeholder(*args)
            return [x.name, x.dtype.name, str(x.shape)]

        ask(tf, note, label, build)
    for label, args in [
        ("scalar", (1.0, [])),
        ("free", (1.0, None)),
        ("half", ([1.0, 2.0], [None])),
        ("text", ("a", [])),
        ("None", (None, [])),
    ]:
        ask(tf, note, "default " + label, lambda: tf.placeholder_with_default(*args), nodes=True)
    ask(
        tf,
        note,
        "default gradient",
        lambda x: tf.placeholder_with_default(x * 2.0, [None]),
        [np.ones(3)],
        order=2,
        nodes=True,
    )
    with tf.Session() as sess:
        rate = tf.placeholder_with_default([1.0], [None])
        note.put("fed", [sess.run(rate * 2).tolist(), sess.run(rate * 2, {rate: [2.0, 3.0]}).tolist()])


@fact
def as_dtype(tf, note):
    for label, value in {
        "int": int,
        "float": float,
        "bool": bool,
        "str": str,
        "complex": complex,
        "None": None,
        "'int'": "int",
        "'float'": "float",
        "'double'": "double",
        "'half'": "half",
        "'bool'": "bool",
        "'string'": "string",
        "'f4'": "f4",
        "np.str_": np.str_,
        "object": object,
        "big": np.dtype(">f4"),
        "S3": np.dtype("S3"),
        "np.bool_": np.bool_,
        "np.uint32": np.uint32,
        "1": 1,
        "101": 101,
        "99": 99,
        "'float32_ref'": "float32_ref",
        "np.complex128": np.complex128,
        "list": list,
        "'resource'": "resource",
    }.items():
        ask(tf, note, label, lambda: tf.as_dtype(value).name)


@fact
def static_values(tf, note):
    x = tf.placeholder(tf.float32, [4, None])
    one = tf.constant(1)
    for label, tensor in {
        "constant": one,
        "sum": one + 1,
        "cast": tf.cast(one, tf.float32),
        "shape": tf.shape(tf.zeros([2, 3])),
        "part of a shape": tf.shape(x)[0],
        "rank": tf.rank(x),
        "size": tf.size(tf.zeros([2, 3])),
        "stack": tf.stack([one, one]),
        "stack by column": tf.stack([[one], [one]], axis=1),
        "range": tf.range(3),
        "concat": tf.concat([[one], [2]], 0),
        "fill": tf.fill([2], 7),
        "equal": tf.equal(one, 2),
        "less": tf.less(one, 2),
        "reshape": tf.reshape([1, 2], [2, 1]),
        "placeholder": x,
    }.items():
        value = tf.get_static_value(tensor)
        note.put(label, None if value is None else np.asarray(value).tolist())
    value = tf.get_static_value(tf.stack([one, tf.shape(x)[1]]), partial=True)
    note.put("partial", [None if each is None else int(each) for each in value])
