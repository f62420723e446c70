"""Names of optimizers' nodes and slots in scopes; rates that are tensors, variables and functions."""

import minigraph as tf

results = {}
x = tf.Variable([1.0, 2.0], name="x")


def f():
    return tf.reduce_sum(x * x)


with tf.name_scope("a"):
    with tf.variable_scope("b"):
        o = tf.train.AdamOptimizer(name="MyAdam")
        loss = f()
        u = o.minimize(loss)
    u2 = o.minimize(loss, name="second")
with tf.variable_scope("c", reuse=tf.AUTO_REUSE):
    u3 = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    u4 = tf.train.AdagradOptimizer(tf.constant(0.1), name="Ada").minimize(loss)
o5 = tf.train.MomentumOptimizer(tf.Variable(0.1, name="lr", trainable=False), tf.placeholder_with_default(0.9, []))
u5 = o5.minimize(loss)
o6 = tf.train.RMSPropOptimizer(lambda: 0.1)
u6 = o6.minimize(loss)
o7 = tf.train.GradientDescentOptimizer(lambda: tf.constant(0.2))
u7 = o7.minimize(loss)
gv = o7.compute_gradients(loss, [x])
u8 = o7.apply_gradients(gv, tf.train.get_or_create_global_step(), "named")
results["n"] = (
    [k.name for k in (u, u2, u3, u4, u5, u6, u7, u8)]
    + [v.name for v in tf.global_variables()]
    + [v.name for v in o.variables()]
    + [str(k) for k in o._get_beta_accumulators()]
)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for k in (u, u2, u3, u4, u5, u6, u7, u8):
        s.run(k)
        results[k.name] = s.run(x)
