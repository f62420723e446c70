"""`tf.train.init_from_checkpoint`: by variables, names, scopes and parts; what it refuses."""
import os
import tempfile

import minigraph as tf

results = {}
here, path = os.getcwd(), os.path.join(".", "model")  # a name that is the same everywhere
os.chdir(tempfile.mkdtemp())
with tf.Graph().as_default(), tf.Session() as sess:
    for i, name in enumerate(["old/a", "old/deep/b", "c", "step"]):
        tf.get_variable(name, initializer=tf.range(6.0 + i) if name != "old/a" else tf.ones([5, 2]) * [[1.0, 2.0]])
    sess.run(tf.global_variables_initializer())
    tf.train.Saver().save(sess, path, write_meta_graph=False)

with tf.variable_scope("new"):
    a, b = tf.get_variable("a", [5, 2]), tf.get_variable("deep/b", [7])
with tf.variable_scope("res", use_resource=True):
    c = tf.get_variable("c", [8])
step = tf.Variable(tf.zeros([9]), name="step")
parts = tf.get_variable("parts/a", [5, 2], partitioner=tf.fixed_size_partitioner(2))
tf.train.init_from_checkpoint(path, {"old/": "new/", "c": c, "step": step})
tf.train.init_from_checkpoint(os.path.dirname(path), {"old/a": "parts/a"})
results["made"] = [getattr(a.initializer, "op", a.initializer).type, a.initial_value.op.type, getattr(c.initializer, "op", c.initializer).type, str(b.initial_value.shape)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["values"] = sess.run([a, b, c, step, parts.as_tensor()])
for name, function in sorted({
    "missing": {"nothing": b}, "shape": {"c": b}, "scope": {"old": "new/"}, "in scope": {"old/deep/": "new/"},
}.items()):
    try:
        tf.train.init_from_checkpoint(path, function)
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0][:50]]
os.chdir(here)
