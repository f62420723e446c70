"""Bits, rearrangements, searches, histograms, orders, special functions: those that came after the others."""
import numpy as np

import minigraph as tf

results = {}
random = np.random.RandomState(4)
x, m = random.randn(3, 4).astype(np.float32), random.randint(0, 9, (3, 4)).astype(np.int32)
image = random.randn(2, 4, 6, 4).astype(np.float32)
t, i, p, fed = tf.constant(x), tf.constant(m), tf.constant(image), tf.placeholder(tf.float32, [None, 4])
positive = tf.constant(np.abs(x) + 0.1)
CASES = {
    "and": lambda: tf.bitwise.bitwise_and(i, 5), "or": lambda: tf.bitwise.bitwise_or(i, 8, name="o"),
    "xor": lambda: tf.bitwise.bitwise_xor(i, 3), "invert": lambda: tf.bitwise.invert(i),
    "left": lambda: tf.bitwise.left_shift(i, 2), "right": lambda: tf.bitwise.right_shift(i, 1),
    "roll": lambda: tf.roll(t, 1, 0), "rolls": lambda: tf.manip.roll(t, [1, -2], [0, 1], name="r"),
    "to depth": lambda: tf.space_to_depth(p, 2), "to space": lambda: tf.nn.depth_to_space(p, 2, name="s"),
    "search": lambda: tf.searchsorted([1.0, 3.0, 5.0], [0.5, 3.0, 9.0]),
    "search rows": lambda: tf.searchsorted(np.sort(x), x[:, ::2], side="right", out_type=tf.int64, name="found"),
    "bincount": lambda: tf.bincount(i), "bincount length": lambda: tf.math.bincount(i, minlength=12, maxlength=20),
    "bincount weights": lambda: tf.bincount(i, weights=t), "bincount float": lambda: tf.bincount(i, dtype=tf.float32),
    "histogram": lambda: tf.histogram_fixed_width(t, [-1.0, 1.0], nbins=5),
    "histogram bins": lambda: tf.histogram_fixed_width_bins(t, [-1.0, 1.0], nbins=5, name="bins"),
    "sort": lambda: tf.sort(t), "sort down": lambda: tf.sort(t, axis=0, direction="DESCENDING"),
    "sort fed": lambda: tf.sort(fed, axis=0), "argsort": lambda: tf.argsort(t, name="a"),
    "argsort first": lambda: tf.contrib.framework.argsort(t, axis=0, direction="DESCENDING"),
    "repeat": lambda: tf.repeat([1, 2, 3], 2), "repeat each": lambda: tf.repeat(t, [1, 0, 2], axis=0),
    "repeat fed": lambda: tf.repeat(fed, 2, axis=1),
    "polyval": lambda: tf.math.polyval([2.0, -1.0, t], t), "nextafter": lambda: tf.math.nextafter(t, 2.0),
    "where": lambda: tf.where_v2(tf.constant([True, False, True, True]), t, 0.5), "where one": lambda: tf.where_v2(t > 0),
    "igamma": lambda: tf.igamma(positive, 1.5), "igammac": lambda: tf.igammac(positive, 1.5),
    "betainc": lambda: tf.betainc(positive, 2.0, 0.3), "zeta": lambda: tf.zeta(positive + 1.5, positive),
    "lbeta": lambda: tf.lbeta(positive),
    "gamma": lambda: tf.random_gamma([3], [0.5, 2.0], seed=3), "poisson": lambda: tf.random_poisson([2.0, 30.0], [3], seed=3),
    "unravel": lambda: tf.unravel_index([1, 7, 11], [3, 4]),
    "norm": lambda: tf.linalg.norm(t, axis=1), "gather batch": lambda: tf.batch_gather(t, [[0, 1], [1, 2], [3, 3]]),
}
for name, function in sorted(CASES.items()):
    y = function()
    results["shape " + name] = [str(z.shape) for z in (y if isinstance(y, (list, tuple)) else [y])]
    with tf.Session() as sess:
        results[name] = sess.run(y, {fed: x})
for name in ("polyval", "roll", "to depth", "to space", "sort", "repeat fed", "where", "igamma", "lbeta", "bincount weights"):
    y = CASES[name]()
    found = tf.gradients(y, [p if "to " in name else positive if name in ("igamma", "lbeta") else fed if "fed" in name else t])
    with tf.Session() as sess:
        results["gradient " + name] = sess.run(found, {fed: x})
for name, function in sorted({
    "side": lambda: tf.searchsorted([1], [1], side="middle"), "direction": lambda: tf.sort(t, direction="UP"),
    "axis": lambda: tf.sort(t, axis=tf.placeholder(tf.int32, [])), "block": lambda: tf.space_to_depth(p, 3),
    "where": lambda: tf.where_v2(True, 1.0), "bits": lambda: tf.bitwise.bitwise_and(t, t),
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
