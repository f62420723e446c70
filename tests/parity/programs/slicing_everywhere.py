"""Slices, gathers, joins and pads, with their gradients."""

import numpy as np

import minigraph as tf

results = {}
x = tf.placeholder(tf.float32, [None, 4, 5], "x")
X = np.arange(60.0).reshape(3, 4, 5)
v = tf.Variable(X.astype("f"), name="v")
i = tf.constant(1)
j = tf.placeholder(tf.int32, [])
e = [
    x[0],
    x[-1],
    x[..., 0],
    x[:, 1:3],
    x[:, ::2, ::-1],
    x[tf.newaxis],
    x[:, None, ..., 2],
    x[i],
    x[i:, j],
    x[:j],
    x[1, 2, 3],
    x[:, -1:],
    x[0:0],
    x[..., tf.newaxis],
    v[1:, 2],
    v[i, j],
    tf.slice(x, [0, 1, 2], [1, 2, -1]),
    tf.slice(x, [i, 0, 0], [1, 1, j]),
    tf.strided_slice(x, [0, 0], [2, 4], [1, 2]),
    tf.strided_slice(x, [0, 1, 0], [2, 2, 5], shrink_axis_mask=2),
    tf.strided_slice(x, [0], [1], begin_mask=1, end_mask=1, new_axis_mask=0, ellipsis_mask=0),
    tf.gather(x, [0, 2]),
    tf.gather(x, [[0, 1], [2, 0]], axis=1),
    tf.gather(x, j, axis=-1),
    tf.gather_nd(x, [[0, 1], [2, 3]]),
    tf.gather_nd(x, [[[0, 1, 2]]]),
    tf.concat([x, x * 2.0], 0),
    tf.concat([x, x[:, :1]], axis=1, name="cc"),
    tf.concat([x], -1),
    tf.stack([x[0], x[1]], axis=1),
    tf.unstack(x, axis=1)[2],
    tf.split(x, 2, 1)[1],
    tf.split(x, [1, 3], axis=1)[1],
    tf.split(x, [2, -1], axis=2)[1],
    tf.tile(x, [1, 2, 1]),
    tf.tile(x, [j, 1, 1]),
    tf.pad(x, [[0, 1], [1, 0], [0, 0]]),
    tf.pad(x, [[1, 1], [2, 1], [0, 3]], "REFLECT"),
    tf.pad(x, [[1, 1], [2, 1], [0, 3]], mode="symmetric"),
    tf.pad(x, [[0, 0], [1, 1], [0, 0]], constant_values=7.0),
    tf.transpose(x),
    tf.transpose(x, [1, 0, 2]),
    tf.reshape(x, [-1, 10]),
    tf.reshape(x, [j, -1]),
    tf.expand_dims(x, -1),
    tf.squeeze(tf.expand_dims(x, 1)),
    tf.squeeze(x[:, :1], [1]),
    tf.reverse(x, [0, -1]),
    tf.boolean_mask(x, [True, False, True]),
    tf.boolean_mask(x, tf.constant([True, False, True, False]), axis=1),
    tf.where(x > 20.0, x, tf.zeros_like(x)),
    tf.where(tf.equal(x[:, 0, 0], 20.0), x, -x),
    tf.one_hot([0, 2], 3, on_value=5.0, off_value=-1.0, axis=0) * tf.reduce_sum(x),
    tf.broadcast_to(x[0, 0], [2, 5]),
    tf.cumsum(x, 1, exclusive=True, reverse=True),
    tf.cumprod(x[:, :, :2] * 0.1, axis=0),
    tf.dynamic_stitch([[0, 2], [1]], [x[:2], x[2:]]),
    tf.matrix_band_part(x, 1, 0),
    tf.scatter_nd([[1], [0]], x[:2], [4, 4, 5]),
    tf.linalg.diag_part(x[:, :, :4]),
    tf.matrix_set_diag(x[:, :, :4], x[:, 0, :4]),
]
gr = [tf.gradients(t * tf.to_float(tf.size(t)) * t, [x, v]) for t in e]
results["n"] = [str(t) for t in e]
results["gn"] = [[str(q) for q in g] for g in gr]
f = {x: X, j: 2}
with tf.Session() as s:
    s.run(v.initializer)
    results["v"] = s.run(e, f)
    results["g"] = [s.run([tf.convert_to_tensor(q) for q in g if q is not None], f) for g in gr]
