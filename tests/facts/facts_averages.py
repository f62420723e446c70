"""Moving averages, the global step, and the functions that clip."""

import numpy as np
from facts import fact


def moving(tf, note, num_updates=None, zero_debias=False, decay=0.25, kinds=("variable",)):
    w = tf.Variable([10.0, -4.0], name="w")
    v = tf.Variable(3.0, name="v", trainable=False)
    ema = tf.train.ExponentialMovingAverage(decay, num_updates=num_updates, zero_debias=zero_debias)
    t = tf.multiply(v, 2.0, name="t")
    given = [x for x, kind in ((w, "variable"), (v, "variable"), (t, "tensor")) if kind in kinds]
    maintain = ema.apply(given)
    note.put("op", [maintain.name, maintain.type])
    note.put("averages", [[x.name, ema.average(x).name, ema.average_name(x)] for x in given])
    note.put("none", ema.average(tf.Variable(1.0, name="other")))
    note.put(
        "collections",
        [
            [
                [x.name for x in tf.get_collection(key)]
                for key in (
                    tf.GraphKeys.GLOBAL_VARIABLES,
                    tf.GraphKeys.TRAINABLE_VARIABLES,
                    tf.GraphKeys.MOVING_AVERAGE_VARIABLES,
                )
            ]
        ],
    )
    note.put("restore", sorted([k, x.op.name] for k, x in ema.variables_to_restore().items()))
    note.nodes()
    note.init()
    change = tf.group(tf.assign(w, w * 2.0 + 1.0), tf.assign(v, v - 1.0))
    for i in range(4):
        note.sess.run(maintain)
        note("step %d" % i, [ema.average(x) for x in given])
        note.sess.run(change)


@fact
def average_of_tensors(tf, note):
    moving(tf, note, kinds=("tensor",))


@fact
def average_of_tensors_debiased(tf, note):
    moving(tf, note, zero_debias=True, kinds=("tensor",))


@fact
def average_of_tensors_counted(tf, note):
    moving(tf, note, num_updates=3, kinds=("tensor",), decay=0.9)


@fact
def average_with_a_tensor_decay(tf, note):
    with tf.name_scope("outer"):
        step = tf.Variable(7, name="step", trainable=False)
    moving(tf, note, num_updates=step, kinds=("tensor",), decay=tf.constant(0.9), zero_debias=True)


@fact
def average_names(tf, note):
    ema = tf.train.ExponentialMovingAverage(0.5, name="avg")
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [2])
    note.put("before", [ema.average_name(w), ema.name, ema.average(w)])
    note.put("restore", sorted([k, x.op.name] for k, x in ema.variables_to_restore().items()))
    note.put("restore none", sorted([k, x.op.name] for k, x in ema.variables_to_restore([]).items()))
    n = tf.Variable(1, name="n", trainable=False)
    note.error("integers", lambda: ema.apply([n]))
    note.error("a list in a list", lambda: ema.apply([[w]]))
    note.error("a number", lambda: ema.apply([1.0]))
    t = tf.identity(w, name="t")
    ema.apply([t])
    ema.apply([t])
    note.put("twice", [v.name for v in tf.global_variables()])
    note.nodes()


@fact
def average_types(tf, note):
    for kind in (np.float16, np.float32, np.float64):
        ema = tf.train.ExponentialMovingAverage(0.5, name=np.dtype(kind).name)
        t = tf.constant(np.array([2.0, 4.0], kind))
        maintain = ema.apply([t])
        note.init()
        note.sess.run(maintain)
        note(np.dtype(kind).name, ema.average(t))
        note.put(np.dtype(kind).name + " type", ema.average(t).dtype.base_dtype.name)


@fact
def slots_of_averages(tf, note):
    """Check that the averages are made outside of the control flow and scopes of the call."""
    t = tf.constant(1.0, name="t")
    ema = tf.train.ExponentialMovingAverage(0.5)
    with tf.name_scope("names"), tf.variable_scope("vars"), tf.control_dependencies([tf.no_op(name="before")]):
        ema.apply([t])
    note.nodes()


@fact
def global_step(tf, note):
    t = tf.train
    note.put("none", t.get_global_step())
    with tf.variable_scope("scope"):
        step = t.get_or_create_global_step()
    note.put("made", [step.name, step.dtype.name, step.shape.as_list(), step.trainable])
    note.put("same", [t.get_or_create_global_step() is step, t.get_global_step() is step])
    note.put(
        "collections",
        [
            tf.get_collection(tf.GraphKeys.GLOBAL_STEP) == [step],
            [v.name for v in tf.global_variables()],
            [v.name for v in tf.trainable_variables()],
        ],
    )
    note.error("again", t.create_global_step)
    note.init()
    note.put("value", t.global_step(note.sess, step))
    note.sess.run(tf.assign(step, 5))
    note.put("value 5", t.global_step(note.sess, step))
    note.nodes()
    other = tf.Graph()
    made = t.create_global_step(other)
    note.put("other graph", [made.graph is other, t.get_global_step(other) is made, t.get_global_step() is step])
    with tf.Graph().as_default():
        by_name = tf.Variable(3, name="global_step", trainable=False)
        note.put("by name", [t.get_global_step().name, type(t.get_global_step()).__name__, by_name.name])
    with tf.Graph().as_default():
        for value in (1, 2):
            tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable(value))
        note.put("two", t.get_global_step())
    for label, value in (("float", 1.0), ("vector", [1, 2])):
        with tf.Graph().as_default():
            tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable(value))
            note.error("get " + label, t.get_global_step)
            note.error("create " + label, t.create_global_step)
            note.error("get or create " + label, t.get_or_create_global_step)


@fact
def assert_global_step(tf, note):
    t = tf.train
    note.put(
        "good",
        [
            t.assert_global_step(tf.Variable(1)),
            t.assert_global_step(tf.constant(1)),
            t.assert_global_step(tf.placeholder(tf.int64)),
            t.assert_global_step(tf.constant(1, tf.uint8)),
        ],
    )
    for label, value in [
        ("float", tf.constant(1.0)),
        ("float variable", tf.Variable(1.0)),
        ("vector", tf.constant([1])),
        ("vector variable", tf.Variable([1, 2])),
        ("None", None),
        ("a number", 3),
        ("text", "step"),
        ("half known", tf.placeholder(tf.int32, [None])),
    ]:
        note.error(label, lambda: t.assert_global_step(value))


@fact
def clip(tf, note):
    x = tf.placeholder(tf.float32, [2, 3])
    feed = {x: np.array([[-3.0, 0.0, 0.0], [4.0, 0.0, 0.0]], np.float32)}
    note("by value", tf.clip_by_value(x, -2.0, 1.0), feed)
    note("by value tensors", tf.clip_by_value(x, [[-1.0], [-2.0]], tf.constant([1.0, 2.0, 3.0])), feed)
    note("by norm", tf.clip_by_norm(x, 4.0), feed)
    note("by norm unclipped", tf.clip_by_norm(x, 6.0), feed)
    note("by norm axes", tf.clip_by_norm(x, 2.0, axes=1), feed)
    note("by norm axes 0", tf.clip_by_norm(x, 2.0, axes=[0]), feed)
    note("by norm zero", tf.clip_by_norm(tf.zeros([3]), 2.0))
    note("by norm tensor", tf.clip_by_norm(x, tf.constant(2.5)), feed)
    note("by average norm", tf.clip_by_average_norm(x, 0.5), feed)
    note("global norm", tf.global_norm([x, None, tf.constant([12.0])]), feed)
    clipped, norm = tf.clip_by_global_norm([x, None, tf.constant([12.0])], 6.5)
    note("by global norm", [clipped[0], clipped[1], clipped[2], norm], feed)
    clipped, norm = tf.clip_by_global_norm([x], 6.5, use_norm=tf.constant(13.0))
    note("with a norm", clipped + [norm], feed)
    clipped, norm = tf.clip_by_global_norm((tf.constant([np.inf, 1.0]),), 6.5)
    note("infinite", clipped + [norm])
    note.put("kind", type(clipped).__name__)
    slices = tf.IndexedSlices(tf.constant([[3.0], [4.0]]), tf.constant([1, 1]), tf.constant([4, 1]))
    note("norm of slices", tf.global_norm([slices]))
    clipped, norm = tf.clip_by_global_norm([slices, tf.constant(12.0)], 1.0)
    note("slices", clipped + [norm])
    note("slices by norm", tf.clip_by_norm(slices, 1.0))
    note("slices by value", tf.clip_by_value(slices, -1.0, 3.5))
    note.nodes()


@fact
def clip_gradients(tf, note):
    x = tf.constant([[-3.0, 0.0, 0.5], [4.0, 0.0, 0.0]])
    for label, y in [
        ("value", tf.clip_by_value(x, -2.0, 1.0)),
        ("norm", tf.clip_by_norm(x, 4.0)),
        ("norm unclipped", tf.clip_by_norm(x, 40.0)),
        ("norm axes", tf.clip_by_norm(x, 2.0, axes=1)),
        ("norm zero", tf.clip_by_norm(x * 0.0, 4.0)),
        ("average", tf.clip_by_average_norm(x, 0.5)),
        ("global", tf.clip_by_global_norm([x, x], 4.0)[0][0]),
    ]:
        note(label, tf.gradients(y * [[1.0, 2.0, 3.0]], x)[0])


@fact
def clip_errors(tf, note):
    note.error("string", lambda: tf.clip_by_global_norm("abc", 1.0))
    note.error("tensor", lambda: tf.clip_by_global_norm(tf.constant([1.0]), 1.0))
    note.error("norm of a tensor", lambda: tf.global_norm(tf.constant([1.0])))
    note.error("all None", lambda: tf.clip_by_global_norm([None], 1.0))
    note.error("norm of nothing", lambda: tf.global_norm([]))
    note.error("shapes", lambda: tf.clip_by_value(tf.zeros([2]), tf.zeros([3]), 1.0))
    note.error("grows", lambda: tf.clip_by_value(tf.zeros([]), tf.zeros([3]), 1.0))
    note.error("integers", lambda: tf.clip_by_global_norm([tf.constant([1])], 1.0))
    note.error("None norm", lambda: tf.clip_by_norm(tf.zeros([2]), None))
