"""Four train ops by optimize_loss on one loss, with every option."""

import minigraph as tf

results = {}
tf.set_random_seed(17)
x = tf.random_normal([6, 3])
y = tf.to_float(tf.reduce_sum(x, 1, keepdims=True) > 0)
W = tf.get_variable("W", [3, 4])
b = tf.get_variable("b", [4], initializer=tf.zeros_initializer())
V = tf.get_variable("V", [4, 1])
loss = tf.reduce_mean(
    tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=tf.matmul(tf.nn.leaky_relu(tf.nn.xw_plus_b(x, W, b)), V))
)
ol = tf.contrib.layers.optimize_loss
gs = tf.train.get_or_create_global_step()
S = tf.contrib.layers.OPTIMIZER_SUMMARIES
a = ol(
    loss,
    gs,
    0.1,
    "Momentum",
    gradient_noise_scale=0.3,
    gradient_multipliers={"W:0": 2.0, b: tf.constant(0.5)},
    clip_gradients=0.7,
    learning_rate_decay_fn=lambda lr, g: tf.train.inverse_time_decay(lr, g, 2, 0.5, staircase=True),
    summaries=S,
    name="first",
    colocate_gradients_with_ops=True,
)
b_ = ol(
    loss,
    gs,
    tf.constant(0.01),
    "RMSProp",
    clip_gradients=tf.contrib.layers.adaptive_clipping_fn(
        decay=0.5, global_step=gs, report_summary=True, static_max_norm=2.0
    ),
    variables=[W, V],
    increment_global_step=False,
    summaries=["gradients", "global_gradient_norm"],
)
c = ol(
    loss,
    None,
    None,
    tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01),
    update_ops=[tf.assign_add(tf.get_variable("cnt", [], initializer=tf.zeros_initializer(), trainable=False), 1.0)],
    summaries=[],
    increment_global_step=False,
)
d = ol(
    loss,
    gs,
    0.5,
    lambda lr: tf.train.ProximalAdagradOptimizer(lr, l2_regularization_strength=0.1),
    gradient_multipliers={V: 0.0},
    name="last",
    increment_global_step=False,
    summaries=["loss", "gradient_norm"],
)
m = tf.summary.merge_all()
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(3):
        results[str(i)] = [s.run(t) for t in (a, b_, c, d)]
    results["vars"] = {v.name: s.run(v) for v in tf.global_variables()}
results["t"] = [str(t) for t in (a, b_, c, d, m)] + [t.name for t in tf.get_collection("summaries")]
