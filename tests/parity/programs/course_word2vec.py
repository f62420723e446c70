"""Word vectors by many optimizers, with nearest neighbours."""

import minigraph as tf

results = {}
tf.set_random_seed(5)
V, E = 12, 4
with tf.name_scope("data"):
    center = tf.placeholder(tf.int32, [6], name="center")
    target = tf.placeholder(tf.int32, [6, 1], name="target")
with tf.name_scope("embedding_matrix"):
    emb = tf.Variable(tf.random_uniform([V, E], -1.0, 1.0), name="embed_matrix")
with tf.name_scope("loss"):
    e = tf.nn.embedding_lookup(emb, center, name="embed")
    w = tf.Variable(tf.truncated_normal([V, E], stddev=1.0 / (E**0.5)), name="nce_weight")
    b = tf.Variable(tf.zeros([V]), name="nce_bias")
    neg = tf.constant([3, 7, 1])
    tw = tf.nn.embedding_lookup(w, tf.reshape(target, [-1]))
    tb = tf.gather(b, tf.reshape(target, [-1]))
    pos = tf.reduce_sum(e * tw, 1) + tb
    nl = tf.matmul(e, tf.gather(w, neg), transpose_b=True) + tf.gather(b, neg)
    loss = tf.reduce_mean(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.ones_like(pos), logits=pos)
    ) + tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.zeros_like(nl), logits=nl))
gs = tf.Variable(0, dtype=tf.int32, trainable=False, name="global_step")
opts = [
    tf.train.GradientDescentOptimizer(1.0),
    tf.train.AdagradOptimizer(0.5),
    tf.train.AdamOptimizer(0.1),
    tf.train.MomentumOptimizer(0.1, 0.9),
    tf.train.RMSPropOptimizer(0.1),
    tf.train.FtrlOptimizer(0.1),
    tf.train.AdadeltaOptimizer(1.0),
    tf.train.RMSPropOptimizer(0.1, centered=True, name="CRMS"),
]
steps = [o.minimize(loss, global_step=gs) for o in opts]
norm = tf.sqrt(tf.reduce_sum(tf.square(emb), 1, keep_dims=True))
sim = tf.matmul(tf.nn.embedding_lookup(emb / norm, [1, 2]), emb / norm, transpose_b=True)
nearest = tf.nn.top_k(sim, 3)
feed = {center: [0, 1, 1, 5, 11, 0], target: [[1], [2], [2], [0], [4], [9]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i, s in enumerate(steps):
        for j in range(2):
            results["%d_%d" % (i, j)] = sess.run([loss, s], feed)[0]
    results["emb"] = sess.run(emb)
    results["near"] = sess.run(list(nearest))
    results["gs"] = sess.run(gs)
    results["repr"] = [
        repr(nearest),
        repr(tf.nn.embedding_lookup(emb, center)),
        str(gs.dtype),
        repr(gs.initial_value),
    ]
