"""What tf.image's functions of files refuse: the exception and the first sentence of its message."""

import numpy as np

import minigraph as tf

I = tf.image
x = np.zeros([4, 5, 3], np.uint8)
mistakes = {
    "unknown": lambda: run(I.decode_jpeg(b"hello world")),
    "unknown bytes": lambda: run(I.decode_png(b"\x01\x02BM\n\"'\\ and more of it")),
    "unknown image": lambda: run(I.decode_image(b"hello world")),
    "empty": lambda: run(I.decode_png(b"")),
    "short bmp": lambda: run(I.decode_bmp(b"BM")),
    "cut": lambda: run(I.decode_png(tf.substr(I.encode_png(x), 0, 40))),
    "cut jpeg": lambda: run(I.decode_jpeg(tf.substr(I.encode_jpeg(x), 0, 30))),
    "channels 2": lambda: run(I.decode_jpeg(I.encode_jpeg(x), 2)),
    "channels 4": lambda: run(I.decode_jpeg(I.encode_jpeg(x), 4)),
    "channels -1": lambda: I.decode_png(b"", -1),
    "channels bmp": lambda: run(I.decode_bmp(b"BM", 2)),
    "channels image": lambda: I.decode_image(b"", 2),
    "channels image jpeg": lambda: run(I.decode_image(I.encode_jpeg(x), 4)),
    "vector": lambda: I.decode_jpeg([b"a", b"b"]),
    "vector in a run": lambda: run(I.decode_jpeg(tf.placeholder_with_default([b"a"], None))),
    "ratio": lambda: run(I.decode_jpeg(I.encode_jpeg(x), ratio=3)),
    "method": lambda: run(I.decode_jpeg(I.encode_jpeg(x), dct_method="SLOW")),
    "type": lambda: I.decode_png(b"", dtype=tf.int32),
    "type of jpeg": lambda: run(I.decode_png(I.encode_jpeg(x), dtype=tf.uint16)),
    "crop": lambda: run(I.decode_and_crop_jpeg(I.encode_jpeg(x), [0, 0, 9, 9])),
    "crop window": lambda: I.decode_and_crop_jpeg(b"", [0, 0, 9]),
    "shape": lambda: run(I.extract_jpeg_shape(I.encode_png(x))),
    "encode rank": lambda: I.encode_jpeg(x[0]),
    "encode channels": lambda: run(I.encode_jpeg(x[..., :2])),
    "encode quality": lambda: run(I.encode_jpeg(x, quality=101)),
    "encode format": lambda: run(I.encode_jpeg(x, format="grayscale")),
    "encode unknown": lambda: I.encode_jpeg(x, format="gray"),
    "encode unit": lambda: I.encode_jpeg(x, density_unit="m"),
    "encode type": lambda: I.encode_jpeg(tf.zeros([4, 4, 3])),
    "png rank": lambda: I.encode_png(x[0]),
    "png channels": lambda: run(I.encode_png(np.zeros([4, 5, 5], np.uint8))),
    "png compression": lambda: run(I.encode_png(x, compression=10)),
    "png type": lambda: I.encode_png(tf.zeros([4, 4, 3])),
    "quality order": lambda: I.random_jpeg_quality(x, 10, 5),
    "quality range": lambda: I.random_jpeg_quality(x, -10, 5),
}


def run(fetches):
    with tf.Session() as sess:
        return sess.run(fetches)


results = {}
for name, mistake in mistakes.items():
    with tf.Graph().as_default():
        tf.constant(0)
        try:
            mistake()
            results[name] = "nothing raised"
        except Exception as error:
            text = str(error).split("\n")[0]
            results[name] = [type(error).__name__, text.split(" for '")[0].split(" (op:")[0].split("{{")[0]]
