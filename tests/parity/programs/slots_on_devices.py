"""Where variables and slots ask to be: in tf.device, beside another operation, in both."""
import minigraph as tf

w = tf.Variable([[1.0], [2.0]], name="w")
with tf.device("/gpu:1"):
    u = tf.Variable([1.0, 2.0], name="u")
with tf.device("/cpu:0"):
    loss = tf.reduce_sum(tf.gather(w, [0])) + tf.reduce_sum(u)
    for optimizer in (tf.train.AdamOptimizer(0.1), tf.train.MomentumOptimizer(0.1, 0.9), tf.train.FtrlOptimizer(0.1)):
        optimizer.minimize(loss)
with tf.Graph().as_default():
    a = tf.constant(1.0, name="a")
    with tf.device("/cpu:0"), tf.colocate_with(a):
        tf.Variable(1.0, name="v1")
        c = tf.constant(2.0, name="c1")
        with tf.device("/gpu:1"):
            tf.Variable(1.0, name="v2")
            with tf.colocate_with(c), tf.variable_scope("s"):
                tf.get_variable("v3", [2])
    with tf.device(None), tf.colocate_with(a):
        tf.Variable(1.0, name="v4")
    with tf.device(lambda op: "/gpu:0" if op.type == "VariableV2" else "/cpu:0"):
        tf.layers.dense(tf.ones([1, 2]), 2, name="dense")
    results = {"devices": [(op.name, op.device) for op in tf.get_default_graph().get_operations()]}
print(results)
