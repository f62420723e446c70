"""Every loss with weights of every shape, static and dynamic, and every reduction."""

import numpy as np

import minigraph as tf

results = {}
L = tf.losses
R = L.Reduction
p = tf.constant([[4.0, 8.0, 12.0], [8.0, 1.0, 3.0]])
t = tf.constant([[1.0, 9.0, 2.0], [-5.0, -2.0, 6.0]])
ws = [
    1.0,
    2.3,
    0.0,
    tf.constant(2.3),
    tf.constant([[1.2], [3.4]]),
    tf.constant([[3.0, 6.0, 5.0], [0.0, 4.0, 2.0]]),
    tf.constant([[1.2], [0.0]]),
    np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 2.0]]),
    tf.constant([[1, 0, 2]]),
]
o = []
for w in ws:
    o += [L.absolute_difference(t, p, w), L.mean_squared_error(t, p, weights=w)]
for r in (R.NONE, R.SUM, R.MEAN, R.SUM_OVER_BATCH_SIZE, R.SUM_OVER_NONZERO_WEIGHTS, R.SUM_BY_NONZERO_WEIGHTS):
    o += [
        L.huber_loss(
            t, p, ws[5], delta=2.5, reduction=r, scope="hub", loss_collection=None if r == R.NONE else "losses"
        ),
        L.log_loss(
            tf.abs(t) / 10.0,
            tf.abs(p) / 20.0,
            weights=ws[4],
            reduction=r,
            loss_collection=None if r == R.NONE else "losses",
        ),
    ]
o += [
    L.mean_pairwise_squared_error(t, p),
    L.mean_pairwise_squared_error(t, p, weights=tf.constant([[2.0], [3.0]])),
    L.mean_pairwise_squared_error(t, p, weights=[[1.0], [0.0]]),
    L.cosine_distance(t, p, axis=1),
    L.cosine_distance(t, p, dim=1, weights=[[1.0], [0.0]]),
    L.cosine_distance(t, p, 0, reduction=R.NONE, loss_collection=None),
]
lg = tf.constant([[100.0, -100.0, 30.0], [1.0, 2.0, 3.0]])
oh = tf.constant([[1, 0, 0], [0, 0, 1]])
sp = tf.constant([[0], [2]])
sp1 = tf.constant([0, 2], tf.int64)
o += [
    L.softmax_cross_entropy(oh, lg),
    L.softmax_cross_entropy(oh, lg, weights=[1.2, 3.4], label_smoothing=0.1),
    L.softmax_cross_entropy(oh, lg, weights=2.0, loss_collection=None),
    L.sparse_softmax_cross_entropy(sp, lg),
    L.sparse_softmax_cross_entropy(sp1, lg, weights=[1.0, 0.5]),
    L.sparse_softmax_cross_entropy(sp1, lg, weights=tf.constant([[1.0], [0.5]])),
    L.sigmoid_cross_entropy(oh, lg),
    L.sigmoid_cross_entropy(oh, lg, weights=[[1.0], [0.0]], label_smoothing=0.2),
    L.hinge_loss(oh, lg),
    L.hinge_loss(oh, lg / 50.0, weights=3.0),
    L.compute_weighted_loss(p),
    L.compute_weighted_loss(p, [[1.0], [2.0]], scope="cw", loss_collection="mine"),
    L.compute_weighted_loss(tf.constant(3.0, tf.float64), 2.0, loss_collection=None),
]
ph = tf.placeholder(tf.float32)
pw = tf.placeholder(tf.float32)
ph2 = tf.placeholder(tf.float32, [None, 3])
dyn = [
    L.mean_squared_error(ph, ph * 2.0, pw),
    L.absolute_difference(ph2, ph2 + 1.0, weights=pw),
    L.mean_pairwise_squared_error(ph2, ph2 * ph2, weights=pw),
]
L.add_loss(tf.constant(1.0), "mine")
L.add_loss(tf.constant(7.0))
results["cols"] = [
    [x.name for x in L.get_losses()],
    [x.name for x in L.get_losses(scope="hub")],
    [x.name for x in L.get_losses(loss_collection="mine")],
    str(L.get_total_loss()),
    str(L.get_total_loss(False, "tot")),
    str(L.get_regularization_loss()),
    str(L.get_regularization_losses()),
]
gr = [tf.gradients(x, [p, t]) for x in o[:3] + o[18:22] + [o[30], o[33]]]
with tf.Session() as s:
    results["o"] = [s.run(x) for x in o]
    results["d"] = s.run(dyn, {ph: [[1.0, 2.0]], ph2: [[1.0, 2.0, 3.0]], pw: 2.0})
    results["g"] = [s.run([y for y in x if y is not None]) for x in gr]
results["tot"] = [str(x) for x in o]
