"""`tf.print`: its nodes, templates and streams."""
import os
import sys
import tempfile

import numpy as np

import minigraph as tf

results = {}
a, s = tf.constant(np.arange(24).reshape(2, 3, 4)), tf.constant(["a", "b\n'\""])
path = os.path.join(tempfile.mkdtemp(), "printed")
v = tf.Variable([1.5, 2.0], name="v")
stream = "file://" + path
made = [
    tf.print(a), tf.print("a:", a[0], summarize=-1, name="named"), tf.print(s, tf.constant([True, False]), output_stream=sys.stdout),
    tf.print(tf.constant("plain")), tf.print({"x": a[0, 0], "y": [1, "z", tf.constant(0.5)]}, sep="|", end="!"),
    tf.print(v, 3, None, "{}", output_stream=tf.logging.info)]
results["names"] = [[op.name, op.type, [t.op.type for t in op.inputs]] for op in made]
results["attributes"] = [[op.get_attr("output_stream"), op.get_attr("end")] for op in made]
results["templates"] = [[op.inputs[0].op.get_attr(key) for key in ("template", "placeholder", "summarize")]
                        for op in made if op.inputs[0].op.type == "StringFormat"]
texts = [op.inputs[0] for op in made]
with tf.Session() as sess:
    sess.run(v.initializer)
    results["texts"] = sess.run(texts)
for name, function in sorted({
    "stream": lambda: tf.print(a, output_stream="nowhere"), "keyword": lambda: tf.print(a, flush=True),
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0][:60]]
