"""Learning rates that fall: values at many steps, types of arguments, nodes, errors."""

import numpy as np
from facts import fact

STEPS = [0, 1, 2, 5, 9, 10, 11, 15, 20, 25, 37, 100]
DECAYS = {
    "exponential": lambda t, s: t.exponential_decay(0.5, s, 10, 0.9),
    "exponential_staircase": lambda t, s: t.exponential_decay(0.5, s, 10, 0.9, staircase=True),
    "natural_exp": lambda t, s: t.natural_exp_decay(0.5, s, 10, 0.9),
    "natural_exp_staircase": lambda t, s: t.natural_exp_decay(0.5, s, 10, 0.9, staircase=True),
    "inverse_time": lambda t, s: t.inverse_time_decay(0.5, s, 10, 0.9),
    "inverse_time_staircase": lambda t, s: t.inverse_time_decay(0.5, s, 10, 0.9, staircase=True),
    "polynomial": lambda t, s: t.polynomial_decay(0.5, s, 10),
    "polynomial_end": lambda t, s: t.polynomial_decay(0.5, s, 10, 0.1),
    "polynomial_root": lambda t, s: t.polynomial_decay(0.5, s, 10, 0.1, power=0.5),
    "polynomial_cycle": lambda t, s: t.polynomial_decay(0.5, s, 10, 0.1, power=2.0, cycle=True),
    "piecewise": lambda t, s: t.piecewise_constant(s, [5, 10, 20], [1.0, 0.5, 0.25, 0.125]),
    "piecewise_two": lambda t, s: t.piecewise_constant(s, [10], [1.0, 0.5]),
    "piecewise_ints": lambda t, s: t.piecewise_constant(s, [10, 20], [3, 2, 1]),
    "cosine": lambda t, s: t.cosine_decay(0.5, s, 20),
    "cosine_alpha": lambda t, s: t.cosine_decay(0.5, s, 20, alpha=0.1),
    "restarts": lambda t, s: t.cosine_decay_restarts(0.5, s, 10),
    "restarts_alpha": lambda t, s: t.cosine_decay_restarts(0.5, s, 10, t_mul=1.5, m_mul=0.8, alpha=0.1),
    "restarts_equal": lambda t, s: t.cosine_decay_restarts(0.5, s, 10, t_mul=1.0, m_mul=0.5),
    "linear_cosine": lambda t, s: t.linear_cosine_decay(0.5, s, 20),
    "linear_cosine_all": lambda t, s: t.linear_cosine_decay(0.5, s, 20, 5.0, 0.1, 0.01),
}


def _register(name, decay):
    def values(tf, note):
        for kind in (tf.int64, tf.int32):
            with tf.Graph().as_default(), tf.Session() as sess:
                step = tf.placeholder(kind, [])
                rate = decay(tf.train, step)
                note.put(kind.name, [str(rate.dtype), rate.shape.as_list()])
                note.put("values " + kind.name, [float(sess.run(rate, {step: s})) for s in STEPS])
                if kind == tf.int64:
                    note.nodes()
        with tf.Graph().as_default(), tf.Session() as sess:
            step = tf.Variable(0, name="step", trainable=False)
            rate = decay(tf.train, step)
            found = []
            sess.run(step.initializer)
            for _ in range(4):
                found.append(float(sess.run(rate)))
                sess.run(step.assign_add(4))
            note.put("of a variable", found)

    values.__name__ = name
    fact(values)


for _name in sorted(DECAYS):
    _register(_name, DECAYS[_name])


@fact
def python_steps(tf, note):
    for name in (
        "exponential",
        "natural_exp_staircase",
        "inverse_time",
        "polynomial",
        "polynomial_cycle",
        "cosine",
        "restarts",
        "linear_cosine",
        "piecewise",
    ):
        note(name, [DECAYS[name](tf.train, s) for s in (0, 7, 20)])
    note(
        "piecewise floats", [tf.train.piecewise_constant(x, [1.0, 2.0], [0.1, 0.2, 0.3]) for x in (0.5, 1.0, 1.5, 9.0)]
    )


@fact
def double(tf, note):
    """Check that a float64 rate stays one."""
    rate = tf.constant(0.5, tf.float64)
    step = tf.constant(7, tf.int64)
    for name, found in [
        ("exponential", tf.train.exponential_decay(rate, step, 10, 0.9)),
        ("natural", tf.train.natural_exp_decay(rate, step, 10, 0.9)),
        ("inverse", tf.train.inverse_time_decay(rate, step, 10, 0.9)),
        ("polynomial", tf.train.polynomial_decay(rate, step, 10)),
        ("piecewise", tf.train.piecewise_constant(step, [5], [np.float64(0.5), np.float64(0.25)])),
    ]:
        note.put(name + " type", found.dtype.name)
        note(name, found)
    note.error("cosine", lambda: tf.train.cosine_decay(rate, step, 10))
    note.error("linear cosine", lambda: tf.train.linear_cosine_decay(rate, step, 10))
    note.error("restarts", lambda: tf.train.cosine_decay_restarts(rate, step, 10))
    note.error("restarts float32", lambda: tf.train.cosine_decay_restarts(0.5, step, 10))


@fact
def noisy(tf, note):
    """Noise is seeded by the graph; with no variance there is none."""
    step = tf.constant(5)
    note("quiet", tf.train.noisy_linear_cosine_decay(0.5, step, 20, initial_variance=0.0))
    note("noisy", tf.train.noisy_linear_cosine_decay(0.5, step, 20))
    note("all", tf.train.noisy_linear_cosine_decay(0.5, step, 20, 0.5, 0.3, 2.0, 0.1, 0.01, name="n"))
    note.nodes()


@fact
def arguments_as_tensors(tf, note):
    x = tf.placeholder(tf.float32, [])
    step = tf.placeholder(tf.int64, [])
    t = tf.train
    found = [
        t.exponential_decay(x, step, x, x),
        t.natural_exp_decay(x, step, x, x),
        t.inverse_time_decay(x, step, x, x),
        t.polynomial_decay(x, step, x, x, x),
        t.cosine_decay(x, step, x, x),
        t.cosine_decay_restarts(x, step, x),
        t.linear_cosine_decay(x, step, x, x, x, x),
        t.piecewise_constant(step, [tf.constant(3, tf.int64)], [x, 2 * x]),
    ]
    note("at 2", found, {x: 4.0, step: 2})
    note("at 9", found, {x: 4.0, step: 9})
    note.put(
        "named",
        [f(0.1, 1, 2, 0.5, name="mine").name for f in (t.exponential_decay, t.natural_exp_decay, t.inverse_time_decay)]
        + [
            t.polynomial_decay(0.1, 1, 2, name="mine").name,
            t.cosine_decay(0.1, 1, 2, name="mine").name,
            t.piecewise_constant(1, [2], [0.1, 0.2], name="mine").name,
            t.linear_cosine_decay(0.1, 1, 2, name="mine").name,
            t.cosine_decay_restarts(0.1, 1, 2, name="mine").name,
        ],
    )


@fact
def errors(tf, note):
    t = tf.train
    for name in ("exponential_decay", "natural_exp_decay", "inverse_time_decay"):
        note.error(name, lambda: getattr(t, name)(0.1, None, 10, 0.5))
    for name in (
        "polynomial_decay",
        "cosine_decay",
        "cosine_decay_restarts",
        "linear_cosine_decay",
        "noisy_linear_cosine_decay",
    ):
        note.error(name, lambda: getattr(t, name)(0.1, None, 10))
    step = tf.constant(1, tf.int64, name="step")
    note.error("piecewise None", lambda: t.piecewise_constant(None, [1], [0.1, 0.2]))
    note.error("lengths", lambda: t.piecewise_constant(step, [1, 2], [0.1, 0.2]))
    note.error("boundary types", lambda: t.piecewise_constant(step, [1.5], [0.1, 0.2]))
    note.error(
        "boundary types int32", lambda: t.piecewise_constant(tf.constant(1), [tf.constant(2, tf.int64)], [0.1, 0.2])
    )
    note.error("boundary int for float", lambda: t.piecewise_constant(tf.constant(1.0), [2], [0.1, 0.2]))
    note.error("value types", lambda: t.piecewise_constant(step, [1], [1, 0.2]))
    note.error("integer rate", lambda: t.exponential_decay(1, 5, 10, 0.5))
    note.error("rate None", lambda: t.exponential_decay(None, 5, 10, 0.5))
    note.error("rate text", lambda: t.exponential_decay("a", 5, 10, 0.5))
    note.error("empty", lambda: t.piecewise_constant(step, [], [0.1]))


@fact
def in_training(tf, note):
    """Check that a rate that depends on the global step is read anew in each step."""
    step = tf.train.create_global_step()
    w = tf.Variable(1.0, name="w")
    for kind in ("exponential_staircase", "piecewise", "polynomial"):
        rate = DECAYS[kind](tf.train, step)
        train = tf.train.GradientDescentOptimizer(rate).minimize(w * 1.0, global_step=step)
        note.init()
        found = []
        for _ in range(12):
            note.sess.run(train)
            found.append(float(note.sess.run(w)))
        note.put(kind, found)
