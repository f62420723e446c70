"""Metrics as programs compute them: local variables, confusion matrices, unique values."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(2)
logits = tf.placeholder(tf.float32, [None, 3])
labels = tf.placeholder(tf.int64, [None])
pred = tf.argmax(logits, axis=1, output_type=tf.int64)
with tf.variable_scope("metrics"):
    total = tf.get_local_variable("total", [], initializer=tf.zeros_initializer())
    count = tf.get_local_variable("count", [], tf.int32, tf.zeros_initializer())
    cm = tf.Variable(
        tf.zeros([3, 3], tf.int32), trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES, "METRICS"], name="cm"
    )
correct = tf.cast(tf.equal(pred, labels), tf.float32)
with tf.control_dependencies([correct]):
    ut = tf.assign_add(total, tf.reduce_sum(correct))
    uc = tf.assign_add(count, tf.size(correct))
    ucm = tf.scatter_nd_add(cm, tf.stack([labels, pred], 1), tf.ones_like(pred, tf.int32))
up = tf.group(ut, uc, ucm)
value = tf.truediv(total, tf.maximum(tf.to_float(count), 1.0))
prec = tf.diag_part(cm) / tf.reduce_sum(cm, 0)
rec = tf.div(tf.to_float(tf.diag_part(cm)), tf.to_float(tf.reduce_sum(cm, 1)))
topk = tf.reduce_mean(tf.to_float(tf.nn.in_top_k(logits, labels, 2)))
tp = tf.count_nonzero(tf.logical_and(tf.equal(pred, 1), tf.equal(labels, 1)))
conf = tf.reduce_max(tf.nn.softmax(logits), 1)
un, idx, cnt = tf.unique_with_counts(labels)
hist = tf.unsorted_segment_sum(tf.ones_like(labels), labels, 3)
srt = tf.gather(conf, tf.nn.top_k(conf, tf.shape(conf)[0]).indices)
r = np.random.RandomState(0)
with tf.Session() as s:
    s.run([tf.local_variables_initializer()])
    for i in range(3):
        f = {logits: r.randn(5, 3), labels: r.randint(0, 3, 5)}
        s.run(up, f)
        results["b%d" % i] = s.run([value, cm, rec, topk, tp, conf, un, idx, cnt, hist, srt], f)
results["l"] = [str(v) for v in tf.local_variables()] + [str(u) for u in (up, ut, ucm)]
results["types"] = [
    type(tf.unique(labels)).__name__,
    repr(tf.setdiff1d([1, 2], [2])),
    repr(tf.nn.top_k(conf)),
    repr(tf.nn.moments(logits, [0])),
]
