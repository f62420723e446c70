"""Random numbers under seeds: values of every kind, how streams go on and start anew, nodes, errors."""

import numpy as np
from expressions import ask_each
from facts import fact

KINDS = {
    "uniform": lambda tf, **given: tf.random_uniform([7], -1.0, 1.0, **given),
    "uniform doubles": lambda tf, **given: tf.random_uniform([5], dtype=tf.float64, **given),
    "uniform halves": lambda tf, **given: tf.random_uniform([5], dtype=tf.float16, **given),
    "int32": lambda tf, **given: tf.random_uniform([6], -50, 100, tf.int32, **given),
    "whole int32": lambda tf, **given: tf.random_uniform([6], -(2**31), 2**31 - 1, tf.int32, **given),
    "int64": lambda tf, **given: tf.random_uniform([3], 5, 10**12, tf.int64, **given),
    "normal": lambda tf, **given: tf.random_normal([2, 3], **given),
    "normal doubles": lambda tf, **given: tf.random_normal([3], 1.0, 2.0, tf.float64, **given),
    "normal halves": lambda tf, **given: tf.random_normal([3], dtype=tf.float16, **given),
    "truncated": lambda tf, **given: tf.truncated_normal([60], **given),
    "truncated doubles": lambda tf, **given: tf.truncated_normal([60], dtype=tf.float64, **given),
    "shuffle": lambda tf, **given: tf.random_shuffle(tf.range(11), **given),
    "shuffle of rows": lambda tf, **given: tf.random_shuffle([[1, 2], [3, 4], [5, 6]], **given),
    "crop": lambda tf, **given: tf.random_crop(tf.reshape(tf.range(30), [5, 6]), [2, 3], **given),
    "multinomial": lambda tf, **given: tf.multinomial([[0.0, 1.0, 2.0], [5.0, -np.inf, 0.0]], 6, **given),
    "categorical": lambda tf, **given: tf.random.categorical([[0.5, 0.25]], 5, tf.int32, **given),
}


def draw_everything(tf, note, graph_seed, seed):
    """Two runs in one session, and one in another, of one operation of each kind."""
    for label, make in KINDS.items():
        with tf.Graph().as_default():
            tf.set_random_seed(graph_seed)
            drawn = make(tf, seed=seed)
            for session in ("first", "second"):
                with tf.Session() as sess:
                    for run in range(2 if session == "first" else 1):
                        note.put("%s, %s session, run %d" % (label, session, run), sess.run(drawn).tolist())


@fact
def seed_of_the_operation(tf, note):
    draw_everything(tf, note, None, 3)


@fact
def seed_of_the_graph(tf, note):
    draw_everything(tf, note, 99, None)


@fact
def both_seeds(tf, note):
    draw_everything(tf, note, 99, 3)


@fact
def large_and_odd_seeds(tf, note):
    for graph_seed, seed in (
        (0, 0),
        (0, None),
        (2**31 - 1, 0),
        (2**40, 2**35),
        (-3, -1),
        (None, -7),
        (None, 2**31 - 1),
    ):
        with tf.Graph().as_default():
            tf.set_random_seed(graph_seed)
            label = "%s, %s" % (graph_seed, seed)
            note.put(label, [tf.get_seed(seed)[0], tf.get_seed(seed)[1]])
            with tf.Session() as sess:
                note.put(label + ": draw", sess.run(tf.random_uniform([3], seed=seed)).tolist())


@fact
def streams_are_apart(tf, note):
    """Operations that differ in their place only have streams of their own, unless their seeds say else."""
    twins = [tf.random_normal([2], seed=5), tf.random_normal([2], seed=5), tf.random_normal([2]), tf.random_normal([2])]
    note("all", twins)
    note("one again", twins[0])
    note("all again", twins)
    first = tf.random_uniform([], seed=1)
    note("twice in a run", [first, first + 0.0, first])


@fact
def long_streams(tf, note):
    """Many numbers, in a few sums: the parts in which they are computed do not show."""
    for label, drawn in (
        ("uniform", tf.random_uniform([50001], seed=1)),
        ("normal", tf.random_normal([50001], seed=1)),
        ("truncated", tf.truncated_normal([50001], seed=1, dtype=tf.float64)),
        ("integers", tf.cast(tf.random_uniform([50001], 0, 1000, tf.int32, seed=1), tf.float64)),
    ):
        value = note.run(drawn).astype(np.float64)
        note.put(label, [round(float(value.sum()), 1), value[[0, 8191, 8192, 32767, 32768, 50000]].tolist()])


@fact
def sizes(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.random_uniform([], seed=1)
        tf.random_uniform([0, 3], seed=1)
        tf.random_uniform(C([2, 3]), -1.0, C(1.0), seed=2, name="u")
        tf.random_uniform(C([2, 3], tf.int64), 0, 10, tf.int64, seed=2, name="u")
        tf.random_uniform((2, tf.Dimension(3)), seed=2)
        tf.random_uniform(tf.TensorShape([2]), seed=2)
        tf.random_uniform([2], minval=[0.0, 1.0], maxval=[1.0, 5.0], seed=4)
        tf.random_normal([2], 1, 2, tf.float64, 1, "n")
        tf.random_normal([2], mean=[0.0, 100.0], stddev=C(2.0), seed=1)
        tf.truncated_normal([4], seed=1, name="n")
        tf.random_shuffle(C(3), seed=1)
        tf.random_shuffle(C([]), seed=1)
        tf.random_shuffle(C(["a", "b", "c"]), seed=1, name="n")
        tf.multinomial(C([[1.0, 2.0]], tf.float64), 3, seed=1, name="m", output_dtype=tf.int32)
        tf.multinomial(tf.zeros([0, 2]), 3, seed=1)
        tf.random.categorical([[1.0, 2.0]], 3, seed=1, name="c")
        tf.random_crop(C([[1, 2], [3, 4]]), [1, 2], seed=1, name="c")
    """,
    )
    ask_each(tf, note, "tf.random_uniform(x0, seed=1)", [np.int32([1, 2])], [[2]])
    ask_each(tf, note, "tf.random_uniform(x0, seed=1, name='any')", [np.int32([1, 2])], [None])


@fact
def errors(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.random_uniform([2], 1, seed=1, dtype=tf.int32)
        tf.random_uniform([2], 5, 5, seed=1, dtype=tf.int32)
        tf.random_uniform([2], 7, 5, seed=1, dtype=tf.int64)
        tf.random_uniform([2], [1, 2], 5, seed=1, dtype=tf.int64)
        tf.random_uniform([2], dtype=tf.uint8)
        tf.random_uniform([2], dtype=tf.bool)
        tf.random_uniform([2], "a")
        tf.random_uniform([2.5])
        tf.random_uniform(2)
        tf.random_uniform([[2]])
        tf.random_normal([2], dtype=tf.int32)
        tf.truncated_normal([4], dtype=tf.int64)
        tf.multinomial(C([1.0, 2.0]), 3, seed=1)
        tf.multinomial(C([[1.0, 2.0]]), -1, seed=1)
        tf.multinomial(C([[1.0, 2.0]]), [3], seed=1)
        tf.multinomial(tf.zeros([1, 0]), 3, seed=1)
        tf.multinomial(tf.zeros([1, 2]), 3, output_dtype=tf.float32)
        tf.random_crop(C([[1, 2], [3, 4]]), [3, 2], seed=1)
        tf.gradients(tf.random_shuffle(x0), x0)
        tf.gradients(tf.random_uniform([2], minval=x0, seed=1), x0)
        tf.gradients(tf.random_normal([2], stddev=x0, seed=1), x0)
        tf.gradients(tf.multinomial(x0[None], 2), x0)
    """,
        [np.float32([1, 2])],
    )
    ask_each(tf, note, "tf.random_uniform(x0, seed=1)", [np.int32([1, -2])], [None], nodes=False)
    ask_each(tf, note, "tf.random_uniform(x0, seed=1, name='scalar')", [np.int32(3)], [None], nodes=False)
    ask_each(tf, note, "tf.random_uniform([2], x0, x1, tf.int32, seed=1)", [np.int32(3), np.int32(1)], nodes=False)
