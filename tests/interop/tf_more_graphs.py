"""More graphs of TensorFlow 1.15 for `record.py`: what a reader of GraphDefs gets wrong most easily.

A function builds a graph and returns its runs, as in `tf_graphs.py`.
"""

import numpy as np
import tensorflow as tf
from tf_graphs import R, _data, _trained


def loop_with_state():
    v = tf.Variable(0.0, name="v")
    x = tf.placeholder(tf.float32, [None], name="x")

    def body(i, a):
        with tf.control_dependencies([tf.assign_add(v, 1.0)]):
            a = tf.concat([a, [tf.reduce_sum(a)]], 0)
        a = tf.cond(
            tf.reduce_sum(a) > 3.0, lambda: a * 0.5, lambda: tf.cond(tf.equal(i, 1), lambda: a + 1.0, lambda: a)
        )
        return i + 1, a

    _, a = tf.while_loop(
        lambda i, a: i < 4,
        body,
        (0, x),
        (tf.TensorShape([]), tf.TensorShape([None])),
        swap_memory=True,
        parallel_iterations=1,
    )
    tf.identity(a, name="a")
    tf.identity(tf.gradients(a, x)[0], name="g")
    tf.global_variables_initializer()
    return [
        (["init"], {}),
        (["a:0", "g:0"], {"x:0": _data(3)}),
        (["v:0"], {}),
        (["a:0"], {"x:0": _data(2)}),
        (["v:0"], {}),
    ]


def partitioned():
    x = tf.placeholder(tf.float32, [None, 6], name="x")
    with tf.variable_scope("net", partitioner=tf.fixed_size_partitioner(3)):
        w = tf.get_variable("w", [6, 4])
    table = tf.get_variable("table", [10, 3], partitioner=tf.min_max_variable_partitioner(2, min_slice_size=16))
    rows = tf.nn.embedding_lookup(table, [1, 7, 3], partition_strategy="div")
    loss = tf.add(tf.reduce_sum(tf.matmul(x, w) ** 2), tf.reduce_sum(rows**2), name="loss")
    tf.train.AdagradOptimizer(0.1).minimize(loss, name="train")
    tf.global_variables_initializer()
    return _trained(["train", "loss:0"], {"x:0": _data(3, 6)})


def averages():
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    w = tf.get_variable("w", [2, 1])
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_sum((tf.matmul(x, w) - 1.0) ** 2, name="loss")
    rate = tf.train.piecewise_constant(step, [1, 3], [0.1, 0.05, 0.01])
    rate = tf.identity(rate, name="rate")
    op = tf.train.GradientDescentOptimizer(rate).minimize(loss, step)
    ema = tf.train.ExponentialMovingAverage(0.9, step)
    with tf.control_dependencies([op]):
        tf.group(ema.apply([w]), name="train")
    tf.identity(ema.average(w), name="avg")
    tf.summary.scalar("loss", loss)
    tf.summary.histogram("w", w)
    tf.summary.merge_all(name="merged")
    tf.global_variables_initializer()
    f = {"x:0": _data(3, 2)}
    return [(["init"], {})] + [(["train", "loss:0", "rate:0"], f)] * 4 + [(["avg:0", "global_step:0"], {})]


def raw():
    x = tf.placeholder(tf.float32, [3, 2, 4], name="x")
    n = tf.constant([3, 2])
    cell = tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, num_proj=2)
    ta = tf.TensorArray(tf.float32, 3, clear_after_read=False).unstack(x)

    def fn(time, out, state, loop_state):
        nxt = cell.zero_state(2, tf.float32) if out is None else state
        done = time >= n
        inp = tf.cond(tf.reduce_all(done), lambda: tf.zeros([2, 4]), lambda: ta.read(time))
        return done, inp, nxt, out, None

    outs, st, _ = tf.nn.raw_rnn(cell, fn)
    y = outs.stack(name="y")
    loss = tf.reduce_sum(y**2, name="loss")
    tf.train.AdamOptimizer(0.1).minimize(loss, name="train")
    tf.global_variables_initializer()
    return _trained(["train", "loss:0"], {"x:0": _data(3, 2, 4)})


def nested_map():
    x = tf.placeholder(tf.float32, [3, 2], name="x")
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    y = tf.map_fn(lambda row: tf.scan(lambda a, b: tf.tanh(a * w[0] + b), row), x)
    z = tf.foldr(lambda a, r: a * 0.9 + r * w, x)
    k = tf.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t + tf.map_fn(lambda v: v * tf.to_float(i), t)), [0, y])[
        1
    ]
    loss = tf.reduce_sum(k * y) + tf.reduce_sum(z)
    loss = tf.identity(loss, name="loss")
    for i, g in enumerate(tf.gradients(loss, [x, w])):
        tf.identity(g, name="g%d" % i)
    tf.global_variables_initializer()
    return [(["init"], {}), (["loss:0", "g0:0", "g1:0"], {"x:0": _data(3, 2)})]


def defun():
    from tensorflow.python.framework import function

    @function.Defun(tf.float32, tf.float32)
    def f(a, b):
        return a * b + tf.sin(a), a - b

    x = tf.placeholder(tf.float32, [3], name="x")
    u, v = f(x, x + 1.0)

    @tf.contrib.eager.defun
    def g(a):
        return tf.cond(tf.reduce_sum(a) > 0, lambda: a * 2.0, lambda: a - 1.0)

    tf.identity(u * v, name="y")
    tf.identity(g(x), name="z")
    return [(["y:0", "z:0"], {"x:0": _data(3)}), (["z:0"], {"x:0": -np.abs(_data(3))})]


def cond_v2_gradients():
    tf.enable_control_flow_v2()
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    w = tf.get_variable("w", [3, 3], use_resource=True)

    def body(i, h, ta):
        h = tf.cond(tf.equal(i % 2, 0), lambda: tf.tanh(tf.matmul(h, w)), lambda: h * tf.reduce_mean(h))
        return i + 1, h, ta.write(i, h)

    _, h, ta = tf.while_loop(lambda i, *_: i < 4, body, (0, x, tf.TensorArray(tf.float32, 4)))
    loss = tf.reduce_sum(ta.stack()) + tf.reduce_sum(h)
    loss = tf.identity(loss, name="loss")
    for i, g in enumerate(tf.gradients(loss, [x, w])):
        tf.identity(g, name="g%d" % i)
    tf.global_variables_initializer()
    tf.disable_control_flow_v2()
    return [(["init"], {}), (["loss:0", "g0:0", "g1:0"], {"x:0": _data(2, 3)})]


def stream_metrics():
    l = tf.placeholder(tf.int64, [None], name="l")
    s = tf.placeholder(tf.float32, [None, 3], name="s")
    m = {
        "acc": tf.metrics.accuracy(l, tf.argmax(s, 1)),
        "pc": tf.metrics.mean_per_class_accuracy(l, tf.argmax(s, 1), 3),
        "rec": tf.metrics.recall(tf.equal(l, 1), tf.equal(tf.argmax(s, 1), 1)),
        "mse": tf.metrics.mean_squared_error(tf.to_float(l), s[:, 0]),
        "t5": tf.metrics.mean(tf.to_float(tf.nn.in_top_k(s, l, 2))),
        "pt": tf.metrics.precision_at_thresholds(tf.equal(l, 1), tf.sigmoid(s[:, 1]), [0.3, 0.6]),
    }
    tf.group(*[u for _, u in m.values()], name="update")
    tf.confusion_matrix(l, tf.argmax(s, 1), 3, name="cm")
    for k, (v, _) in m.items():
        tf.identity(v, name=k)
    tf.local_variables_initializer()
    f = {"l:0": R.randint(0, 3, 6), "s:0": _data(6, 3)}
    return [
        (["init"], {}),
        (["update"], f),
        (["update"], {"l:0": R.randint(0, 3, 6), "s:0": _data(6, 3)}),
        ([k + ":0" for k in sorted(m)], {}),
    ]


def resource_cond():
    p = tf.placeholder(tf.bool, [], name="p")
    v = tf.get_variable("v", [2], use_resource=True, initializer=tf.zeros_initializer())
    r = tf.cond(p, lambda: tf.identity(v.assign_add([1.0, 2.0])), lambda: tf.identity(v.assign([5.0, 5.0])))
    tf.identity(r, name="r")
    i = tf.while_loop(
        lambda i: i < 3,
        lambda i: [
            tf.cond(
                tf.equal(i, 1),
                lambda: tf.tuple([i + 1], control_inputs=[v.assign_sub([0.5, 0.5]).op])[0],
                lambda: i + 1,
            )
        ],
        [0],
        parallel_iterations=1,
    )
    tf.identity(i, name="i")
    y = tf.cond(p, lambda: v * 2.0, lambda: tf.gather(v, [0]) + v)
    tf.identity(y, name="y")
    tf.identity(tf.gradients(y, v)[0], name="g")
    tf.global_variables_initializer()
    f = [{"p:0": np.array(k)} for k in (True, False)]
    return [(["init"], {}), (["r:0"], f[0]), (["y:0", "g:0"], f[0]), (["r:0"], f[1]), (["i:0"], {}), (["y:0"], f[1])]


def low_level_v1():
    x = tf.placeholder(tf.float32, [None, 64], name="x")
    keep = tf.placeholder(tf.float32, name="keep")
    W = tf.Variable(tf.truncated_normal([3, 3, 1, 4], stddev=0.1), name="W")
    b = tf.Variable(tf.constant(0.1, shape=[4]), name="b")
    h = tf.nn.lrn(
        tf.nn.max_pool(
            tf.nn.relu(tf.nn.conv2d(tf.reshape(x, [-1, 8, 8, 1]), W, [1, 1, 1, 1], "SAME") + b),
            [1, 2, 2, 1],
            [1, 2, 2, 1],
            "SAME",
        )
    )
    f = tf.nn.dropout(tf.reshape(h, [-1, 64]), keep)
    W2 = tf.Variable(tf.truncated_normal([64, 3], stddev=0.1))
    y = tf.nn.softmax(tf.matmul(f, W2), name="y")
    t = tf.placeholder(tf.float32, [None, 3], name="t")
    ce = tf.reduce_mean(-tf.reduce_sum(t * tf.log(tf.clip_by_value(y, 1e-10, 1.0)), reduction_indices=[1]), name="ce")
    tf.train.AdamOptimizer(1e-2).minimize(ce, name="train")
    tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), tf.argmax(t, 1)), tf.float32), name="acc")
    tf.train.Saver(write_version=tf.train.SaverDef.V1)
    tf.global_variables_initializer()
    fd = {"x:0": _data(4, 64), "keep:0": np.array(1.0, np.float32), "t:0": np.eye(3, dtype=np.float32)[[0, 1, 2, 0]]}
    return _trained(["train", "ce:0", "acc:0"], fd)


def while_in_cond():
    x = tf.placeholder(tf.float32, [2], name="x")
    p = tf.placeholder(tf.bool, [], name="p")

    def loop(n):
        return tf.while_loop(
            lambda i, a: i < n,
            lambda i, a: (
                i + 1,
                tf.cond(
                    a[0] > 0.0,
                    lambda: tf.while_loop(lambda j, b: j < 2, lambda j, b: (j + 1, b * x), (0, a))[1],
                    lambda: a + x * x,
                ),
            ),
            (0, x),
        )[1]

    y = tf.cond(p, lambda: loop(3), lambda: x * 3.0)
    tf.identity(y, name="y")
    tf.identity(tf.gradients(y, x)[0], name="g")
    d = _data(2)
    return [(["y:0", "g:0"], {"x:0": d * s, "p:0": np.array(k)}) for s, k in ((1, True), (-1, True), (1, False))]


def loop_gradients():
    x = tf.placeholder(tf.float32, [3], name="x")
    w = tf.get_variable("w", [3], initializer=tf.ones_initializer())
    n = tf.placeholder(tf.int32, [], name="n")

    def body(i, h, acc):
        g = tf.nn.softmax(h * w)
        acc = acc.write(i, tf.concat([h, [tf.reduce_sum(g)]], 0))
        return i + 1, tf.where(h > 0.0, g + h, tf.stop_gradient(h) - g), acc

    _, h, acc = tf.while_loop(
        lambda i, *_: tf.logical_and(i < n, True),
        body,
        (tf.constant(0), x, tf.TensorArray(tf.float32, n, dynamic_size=True)),
        maximum_iterations=5,
    )
    loss = tf.reduce_sum(acc.concat()) + tf.reduce_mean(h)
    tf.identity(loss, name="loss")
    g = tf.gradients(loss, [x, w])
    tf.identity(g[0], name="g0")
    tf.identity(g[1], name="g1")
    tf.train.GradientDescentOptimizer(0.1).apply_gradients([(g[1], w)], name="train")
    tf.global_variables_initializer()
    d = _data(3)
    return [(["init"], {})] + [
        (f, {"x:0": d, "n:0": np.array(k, np.int32)})
        for k in (3, 5, 7, 1)
        for f in (["loss:0", "g0:0", "g1:0"], ["train"])
    ]


def gathers():
    x = tf.placeholder(tf.float32, [5, 3], name="x")
    ids = tf.placeholder(tf.int32, [5], name="ids")
    parts = tf.dynamic_partition(x, ids, 2)
    st = tf.dynamic_stitch(tf.dynamic_partition(tf.range(5), ids, 2), [parts[0] * 2.0, parts[1]])
    seg = tf.unsorted_segment_sum(x, ids, 2)
    vals, idx = tf.nn.top_k(x, 2)
    nd = tf.gather_nd(x, [[0, 1], [4, 2]])
    m = tf.boolean_mask(x, x[:, 0] > 0.0)
    sc = tf.scatter_nd([[1], [3]], x[:2], [5, 3])
    u, ui = tf.unique(ids)
    r = tf.reverse_sequence(x, [1, 2, 3, 1, 2], 1)
    pad = tf.pad(x, [[1, 0], [0, 2]])
    oh = tf.one_hot(ids, 2)
    sp = tf.space_to_batch_nd(tf.reshape(x[:4], [1, 4, 3, 1]), [2, 1], [[0, 0], [0, 0]])
    loss = (
        tf.add_n([tf.reduce_sum(t**2) for t in (st, seg, vals, nd, m, sc, r, pad, sp)])
        + tf.reduce_sum(tf.cumsum(x, 1, exclusive=True))
        + tf.reduce_prod(oh + 0.5)
    )
    tf.identity(loss, name="loss")
    tf.identity(tf.gradients(loss, x)[0], name="g")
    tf.identity(idx, name="i")
    tf.identity(ui, name="ui")
    return [(["loss:0", "g:0", "i:0", "ui:0"], {"x:0": _data(5, 3), "ids:0": np.array([0, 1, 0, 1, 1], np.int32)})]


def sparse_opts():
    losses = []
    for i, opt in enumerate(
        [
            tf.train.AdamOptimizer(0.1),
            tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01),
            tf.train.ProximalAdagradOptimizer(0.1),
            tf.train.RMSPropOptimizer(0.1, centered=True),
            tf.train.AdadeltaOptimizer(0.5),
            tf.train.MomentumOptimizer(0.1, 0.9),
            tf.contrib.opt.LazyAdamOptimizer(0.1),
        ]
    ):
        t = tf.get_variable("t%d" % i, [6, 2])
        l = tf.reduce_sum(tf.nn.embedding_lookup(t, [1, 4, 1]) ** 2)
        losses.append((opt.minimize(l), l))
    tf.group(*[o for o, _ in losses], name="train")
    tf.stack([l for _, l in losses], name="loss")
    tf.global_variables_initializer()
    return _trained(["train", "loss:0"], {})


PROGRAMS = [
    averages,
    cond_v2_gradients,
    defun,
    gathers,
    loop_gradients,
    loop_with_state,
    low_level_v1,
    nested_map,
    partitioned,
    raw,
    resource_cond,
    sparse_opts,
    stream_metrics,
    while_in_cond,
]
