"""Train softmax regression and export it as a SavedModel with two signatures, as for TensorFlow Serving; load it."""
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
centers = rng.randn(4, 16).astype(np.float32)
y_train = rng.randint(0, 4, 200)
x_train = (centers[y_train] + 0.8 * rng.randn(200, 16)).astype(np.float32)

sess = tf.InteractiveSession()
serialized_tf_example = tf.placeholder(tf.string, name="tf_example")
feature_configs = {"x": tf.FixedLenFeature(shape=[16], dtype=tf.float32)}
tf_example = tf.parse_example(serialized_tf_example, feature_configs)
x = tf.identity(tf_example["x"], name="x")
y_ = tf.placeholder("float", shape=[None, 4])
w = tf.Variable(tf.zeros([16, 4]))
b = tf.Variable(tf.zeros([4]))
sess.run(tf.global_variables_initializer())
y = tf.nn.softmax(tf.matmul(x, w) + b, name="y")
cross_entropy = -tf.reduce_sum(y_ * tf.log(y))
train_step = tf.train.GradientDescentOptimizer(0.002).minimize(cross_entropy)
values, indices = tf.nn.top_k(y, 4)
names = tf.constant(["zero", "one", "two", "three"])
prediction_classes = tf.gather(names, indices)

one_hot = np.eye(4, dtype=np.float32)[y_train]
for i in range(30):
    train_step.run(feed_dict={x: x_train, y_: one_hot})
    if i % 10 == 9:
        print("cross entropy after %d steps: %.4f" % (i + 1, cross_entropy.eval({x: x_train, y_: one_hot})))
correct_prediction = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1))
accuracy = tf.reduce_mean(tf.cast(correct_prediction, "float"))
print("training accuracy %g" % sess.run(accuracy, feed_dict={x: x_train, y_: one_hot}))

export_path = os.path.join("export", str(1))
print("Exporting trained model to", export_path)
builder = tf.saved_model.builder.SavedModelBuilder(export_path)

classification_signature = tf.saved_model.signature_def_utils.build_signature_def(
    inputs={
        tf.saved_model.signature_constants.CLASSIFY_INPUTS: tf.saved_model.utils.build_tensor_info(
            serialized_tf_example
        )
    },
    outputs={
        tf.saved_model.signature_constants.CLASSIFY_OUTPUT_CLASSES: tf.saved_model.utils.build_tensor_info(
            prediction_classes
        ),
        tf.saved_model.signature_constants.CLASSIFY_OUTPUT_SCORES: tf.saved_model.utils.build_tensor_info(values),
    },
    method_name=tf.saved_model.signature_constants.CLASSIFY_METHOD_NAME,
)
prediction_signature = tf.saved_model.signature_def_utils.build_signature_def(
    inputs={"images": tf.saved_model.utils.build_tensor_info(x)},
    outputs={"scores": tf.saved_model.utils.build_tensor_info(y)},
    method_name=tf.saved_model.signature_constants.PREDICT_METHOD_NAME,
)
builder.add_meta_graph_and_variables(
    sess,
    [tf.saved_model.tag_constants.SERVING],
    signature_def_map={
        "predict_images": prediction_signature,
        tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: classification_signature,
    },
    legacy_init_op=tf.group(tf.local_variables_initializer(), name="legacy_init_op"),
)
builder.save()
for folder, _, files in sorted(os.walk("export")):
    print(folder, sorted(files))
sess.close()

with tf.Session(graph=tf.Graph()) as sess:
    meta_graph_def = tf.saved_model.loader.load(sess, [tf.saved_model.tag_constants.SERVING], export_path)
    for key in sorted(meta_graph_def.signature_def):
        print(key)
        print(meta_graph_def.signature_def[key].method_name)
    signature = meta_graph_def.signature_def["predict_images"]
    print(signature.inputs["images"])
    scores = sess.run(signature.outputs["scores"].name, {signature.inputs["images"].name: x_train[:3]})
    print(scores)
    signature = meta_graph_def.signature_def["serving_default"]
    examples = [
        tf.train.Example(
            features=tf.train.Features(
                feature={"x": tf.train.Feature(float_list=tf.train.FloatList(value=row.tolist()))}
            )
        ).SerializeToString()
        for row in x_train[:2]
    ]
    found = sess.run(
        [signature.outputs["classes"].name, signature.outputs["scores"].name],
        {signature.inputs["inputs"].name: examples},
    )
    print(found[0])
    print(found[1])
