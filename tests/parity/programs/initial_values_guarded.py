"""Initial values made of other variables: TF1 reads their initialized_value in their place."""

import minigraph as tf

results = {}
tf.set_random_seed(3)
v1 = tf.Variable(tf.random_normal([2]), name="v1")
v2 = tf.Variable(v1 * 2.0 + 1.0, name="v2")
v3 = tf.Variable(tf.transpose(v2[None]), name="v3")
v4 = tf.get_variable("v4", initializer=tf.concat([v1, v2], 0))
v5 = tf.Variable(lambda: v1 + 2.0, name="v5")
with tf.variable_scope("s"):
    v6 = tf.Variable(tf.split(v4, 2)[1], name="v6", trainable=False, collections=["mine"])
    v7 = tf.Variable(v6 * v1, name="v7")
    v8 = tf.Variable(tf.zeros_like(v7))
with tf.Session() as s:
    for v in (v1, v2, v3, v4, v5, v6, v7, v8):
        s.run(v.initializer)
    results["all"] = s.run([v1, v2, v3, v4, v5, v6, v7, v8])
results["n"] = [v.initial_value.name for v in (v1, v2, v3, v4, v5, v6, v7, v8)]
