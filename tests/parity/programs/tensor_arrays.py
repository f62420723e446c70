"""TensorArray outside of loops: written, read, stacked, scattered, split, joined; gradients; errors."""
import numpy as np

import minigraph as tf

x = tf.placeholder(tf.float32, [3, 2], name="x")
y = tf.placeholder(tf.float32, [None, 2], name="y")
X = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.9]], np.float32)

written = tf.TensorArray(tf.float32, 3, name="written")
for i in range(3):
    written = written.write(i, x[i] * x[i])
unstacked = tf.TensorArray(tf.float32, size=tf.shape(y)[0], clear_after_read=False).unstack(y)
scattered = unstacked.scatter([2, 0], x[:2])
scalars = tf.TensorArray(tf.float32, 2, element_shape=[]).write(0, 3.0)
split = tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, [1, 2])
outputs = {
    "stack": written.stack(),
    "read": unstacked.read(1),
    "gather": unstacked.gather([2, 0]),
    "scattered": scattered.stack(name="scattered"),
    "concat": written.concat(),
    "split": split.read(1),
    "joined": split.concat(),
    "size": unstacked.size(),
    "scalars": scalars.stack(),
    "identity": written.identity().read(tf.constant(2)),
    "text": tf.TensorArray(tf.string, 2).write(0, "a").stack(),
}
loss = sum(tf.reduce_sum(outputs[key] ** 2) for key in ("stack", "read", "scattered", "concat", "split", "joined"))
grads = tf.gradients(loss, [x, y])
closed = written.close()


def refused(function):
    try:
        function()
    except (TypeError, ValueError, NotImplementedError, tf.errors.OpError) as error:
        return "%s: %s" % (type(error).__name__, str(error).split("\n")[0].strip())
    return None


with tf.Session() as sess:
    feeds = {x: X, y: 2.0 * X}
    results = {key: sess.run(value, feeds) for key, value in outputs.items()}
    results["loss"], results["grads"] = sess.run([loss, grads], feeds)
    graph = tf.Graph()
    with graph.as_default(), tf.Session() as other:

        def array(**options):
            return tf.TensorArray(tf.float32, **options)

        results["errors"] = [
            refused(lambda: array()),
            refused(lambda: array(flow=array(size=1).flow, size=2)),
            refused(lambda: array(flow=tf.constant(1.0))),
            refused(lambda: other.run(array(size=3, element_shape=[2]).read(5))),
            refused(lambda: other.run(array(size=3).read(1))),
            refused(lambda: other.run(array(size=3).write(-1, [1.0]).flow.op)),
            refused(lambda: other.run(array(size=3).stack())),
            refused(lambda: other.run(array(size=0).stack())),
            refused(lambda: other.run(array(size=3).unstack([1.0, 2.0, 3.0]).gather([3]))),
            refused(lambda: other.run(array(size=2, infer_shape=False).split([[1.0], [2.0]], [1, 2]).read(0))),
            refused(lambda: other.run(array(size=2, infer_shape=False).split([[1.0], [2.0]], [1, 0]).read(0))),
            refused(lambda: other.run(array(size=2, infer_shape=False).write(0, [1.0]).write(1, 1.0).stack())),
        ]

for name, value in results.items():
    print(name, value)
