"""Export a regression model with a signature, and serve it from the folder (TensorFlow Serving's tutorial, shortened)."""
import os
import shutil

import numpy as np
import tensorflow as tf

EXPORT = "exported"
if os.path.isdir(EXPORT):
    shutil.rmtree(EXPORT)

rng = np.random.RandomState(3)
x_data = rng.uniform(-1, 1, (64, 3)).astype(np.float32)
y_data = (x_data @ np.array([[1.0], [-2.0], [0.5]], np.float32) + 0.3).astype(np.float32)

with tf.Graph().as_default(), tf.Session() as sess:
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y_ = tf.placeholder(tf.float32, [None, 1], name="y_")
    W = tf.get_variable("W", [3, 1])
    b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
    y = tf.add(tf.matmul(x, W), b, name="y")
    loss = tf.reduce_mean(tf.square(y - y_))
    step = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
    sess.run(tf.global_variables_initializer())
    for i in range(40):
        sess.run(step, {x: x_data, y_: y_data})
    print("loss %.6f" % sess.run(loss, {x: x_data, y_: y_data}))

    builder = tf.saved_model.builder.SavedModelBuilder(EXPORT)
    signature = tf.saved_model.signature_def_utils.build_signature_def(
        inputs={"x": tf.saved_model.utils.build_tensor_info(x)},
        outputs={"y": tf.saved_model.utils.build_tensor_info(y)},
        method_name=tf.saved_model.signature_constants.PREDICT_METHOD_NAME)
    builder.add_meta_graph_and_variables(
        sess, [tf.saved_model.tag_constants.SERVING],
        signature_def_map={tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature})
    builder.save()
for root, _, files in sorted(os.walk(EXPORT)):
    for name in sorted(files):
        print(os.path.join(root, name))

key = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
with tf.Session(graph=tf.Graph()) as sess:
    meta_graph = tf.saved_model.loader.load(sess, [tf.saved_model.tag_constants.SERVING], EXPORT)
    signature = meta_graph.signature_def[key]
    print(signature.method_name, sorted(signature.inputs), sorted(signature.outputs))
    info = signature.inputs["x"]
    print(info.name, tf.as_dtype(info.dtype).name, [dim.size for dim in info.tensor_shape.dim])
    x = sess.graph.get_tensor_by_name(info.name)
    y = sess.graph.get_tensor_by_name(signature.outputs["y"].name)
    print(np.round(sess.run(y, {x: [[0, 0, 0], [1, 1, 1], [0.5, -0.5, 2]]}), 3).tolist())
    print([v.name for v in tf.trainable_variables()])
    print(np.round(sess.run("W:0"), 3).ravel().tolist())
    # ... and it can be trained further: the graph is all there
    print("loss again %.6f" % np.mean((sess.run(y, {x: x_data}) - y_data) ** 2))

print(tf.saved_model.loader.maybe_saved_model_directory(EXPORT), tf.saved_model.loader.maybe_saved_model_directory("."))
try:
    with tf.Session(graph=tf.Graph()) as sess:
        tf.saved_model.loader.load(sess, ["train"], EXPORT)
except RuntimeError as e:
    print("RuntimeError:", str(e).split(" To inspect")[0])
shutil.rmtree(EXPORT)
