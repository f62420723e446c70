"""Groups, tuples and initializers, by device; an update runs where its variable is."""

import minigraph as tf

results = {}
a = tf.variables_initializer([])
b = tf.group()
c = tf.no_op()
d = tf.global_variables_initializer()
e = tf.local_variables_initializer()
v = tf.Variable(1.0)
w = tf.Variable(2.0)
f = tf.group(v.initializer, w.initializer, name="g")
g = tf.tuple([v + 1.0, None, w * 2.0], control_inputs=[f], name="tt")
with tf.device("/cpu:0"):
    h = tf.group(v.assign(3.0), w.assign(4.0))
    k = tf.assign_add(v, 1.0)
i = tf.group(h, f, tf.assign(w, 1.0))
j = tf.group([h, [f, (g[0],)]], name="nest")
last = tf.group(h, k, i)
results["n"] = [str(x) for x in (a, b, c, d, e, f, g, h, i, j, last)]
results["dev"] = [h.device, k.device, i.device, last.device]
r = tf.report_uninitialized_variables()
r0 = tf.report_uninitialized_variables([])
q = tf.assert_variables_initialized()
results["r"] = [str(r), str(r0), str(q)]
