"""Summary operations: tags, scopes, families, collections, the messages' bytes, errors."""

import numpy as np
from expressions import ask_each
from facts import fact


@fact
def tags(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.summary.scalar("a", 1.0)
        tf.summary.scalar("a b(c)", 1.0)
        tf.summary.scalar("/a", 1.0)
        tf.summary.scalar("a", 2, family="f")
        [tf.summary.scalar("a", 1.0, family="f") for _ in range(2)] + [tf.summary.scalar("a", 1.0)]
        tf.summary.scalar(None, 1.0)
        tf.summary.scalar("a", [1.0])
        tf.summary.scalar("a", "x")
        tf.summary.scalar("a", C(True))
        tf.summary.scalar("a", C(1, tf.int64))
        tf.summary.scalar("a", C(1.5, tf.float16))
        tf.gradients(tf.summary.scalar("a", x0), x0)
        tf.summary.merge([tf.summary.scalar("a", 1.0), tf.summary.scalar("b", 2.0)])
        tf.summary.merge([tf.summary.scalar("a", 1.0)], name="m")
        tf.summary.merge([])
        tf.summary.merge([C(1.0)])
        tf.summary.merge([C("garbage")])
        tf.summary.merge([tf.summary.scalar("a", 1.0)] * 2)
        tf.summary.merge_all()
        tf.summary.text("t", C(1.0))
        tf.summary.text("t", C(["x", "y"])).name
        tf.summary.image("i", tf.zeros([1, 2, 2]))
        tf.summary.image("i", tf.zeros([1, 2, 2, 2]))
        tf.summary.image("i", tf.zeros([1, 2, 2, 1], tf.int32))
        tf.summary.image("i", tf.zeros([1, 2, 2, 1]), max_outputs=0)
        tf.summary.histogram("h", [1.0, np.nan])
        tf.summary.histogram("h", [1.0, np.inf])
        tf.summary.histogram("h", C("a"))
    """,
        [np.float32(1.0)],
    )


@fact
def scopes(tf, note):
    with tf.name_scope("s"):
        made = [tf.summary.scalar("a", 1.0), tf.summary.scalar("a", 1.0), tf.summary.histogram("a", [1, 2], family="f")]
    note("names", [s.name for s in made])
    note("tags", [t.op.inputs[0] for t in made])
    note("all", [s.name for s in tf.get_collection(tf.GraphKeys.SUMMARIES)])
    other = tf.summary.scalar("b", 1.0, collections=["x", "y"])
    note("elsewhere", [s.name for s in tf.get_collection("x") + tf.get_collection("y")])
    note("merged", [tf.summary.merge_all().op.inputs[i].name for i in range(3)])
    note("merged, by scope", [t.name for t in tf.summary.merge_all(scope="s/a").op.inputs])
    note("merged, of another collection", [t.name for t in tf.summary.merge_all("x", name="N").op.inputs])
    note("merged, none", [tf.summary.merge_all(scope="none"), tf.summary.merge_all("none")])
    note("name", other.name)
    note.nodes()


@fact
def histograms(tf, note):
    random = np.random.RandomState(1)
    for label, values in {
        "mixed": np.float32([1, 2, 2, -3, 0]),
        "integers": np.int32([5, -5, 0, 7]),
        "one": np.float64(3),
        "none": np.zeros([0], np.float32),
        "zeros": np.zeros([4], np.float32),
        "many": random.randn(1000),
        "tiny": np.array([1e-13, -1e-13, 1e-12]),
        "huge": np.array([1e21, -1e25]),
        "on limits": 1e-12 * 1.1 ** np.arange(5),
    }.items():
        from_run = note.run(tf.summary.histogram("h", tf.constant(values)))
        message = tf.Summary.FromString(from_run) if hasattr(tf, "Summary") else parse(from_run)
        (value,) = message.value
        h = value.histo
        note.put(label, [value.tag, h.min, h.max, h.num, h.sum, h.sum_squares, list(h.bucket_limit), list(h.bucket)])


def parse(message):
    from tensorboard.compat.proto.summary_pb2 import Summary

    return Summary.FromString(message)


@fact
def images(tf, note):
    """Return the pixels, in files that may be compressed otherwise."""
    ramp = np.arange(24, dtype=np.float32).reshape(1, 2, 4, 3)
    odd = np.where(ramp == 5, np.nan, ramp)
    for label, array in {
        "floats": ramp,
        "negative": ramp - 7,
        "zeros": ramp * 0,
        "not finite": odd,
        "bytes": ramp.astype(np.uint8),
        "grey": ramp[..., :1],
        "alpha": np.concatenate([ramp, ramp[..., :1]], -1),
    }.items():
        found = note.run(tf.summary.image(label.replace(" ", "_"), tf.constant(array), max_outputs=1))
        (value,) = (tf.Summary.FromString(found) if hasattr(tf, "Summary") else parse(found)).value
        note.put(label, [value.tag, value.image.height, value.image.width, value.image.colorspace])
        note.put(label + ": pixels", pixels(value.image.encoded_image_string))


def pixels(file):
    """Return the bytes of a PNG file's image, as lists of rows; knows the filters of the format."""
    import struct
    import zlib

    at, data, header = 8, b"", None
    while at < len(file):
        size, kind = struct.unpack(">I4s", file[at : at + 8])
        body = file[at + 8 : at + 8 + size]
        header = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else header
        data += body if kind == b"IDAT" else b""
        at += 12 + size
    width, height, _, colour = header[:4]
    step = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    raw, before, rows = zlib.decompress(data), [0] * (width * step), []
    for y in range(height):
        line = raw[y * (width * step + 1) : (y + 1) * (width * step + 1)]
        row = []
        for x, byte in enumerate(line[1:]):
            a, b, c = (row[x - step] if x >= step else 0), before[x], (before[x - step] if x >= step else 0)
            row.append((byte + [0, a, b, (a + b) // 2, paeth(a, b, c)][line[0]]) % 256)
        rows.append(row)
        before = row
    return rows


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
