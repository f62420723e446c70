"""Images in TFRecord files: written as Examples, read with parse_single_example, for a small convolutional net."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)


def bars(count):
    """Return images of horizontal and vertical bars, and which they are."""
    images, labels = np.zeros((count, 8, 8), np.uint8), rng.randint(0, 2, count)
    for image, label in zip(images, labels):
        at = rng.randint(0, 8)
        if label:
            image[at] = 200
        else:
            image[:, at] = 200
        image += rng.randint(0, 50, (8, 8)).astype(np.uint8)
    return images, labels


for name, count in (("train.tfrecords", 96), ("test.tfrecords", 40)):
    with tf.python_io.TFRecordWriter(name) as writer:
        for image, label in zip(*bars(count)):
            feature = {
                "image_raw": tf.train.Feature(bytes_list=tf.train.BytesList(value=[image.tobytes()])),
                "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[int(label)])),
                "mean": tf.train.Feature(float_list=tf.train.FloatList(value=[float(image.mean())])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())


def parser(record):
    keys = {
        "image_raw": tf.FixedLenFeature([], tf.string),
        "label": tf.FixedLenFeature([], tf.int64),
        "mean": tf.FixedLenFeature([], tf.float32, default_value=0.0),
    }
    parsed = tf.parse_single_example(record, keys)
    image = tf.cast(tf.decode_raw(parsed["image_raw"], tf.uint8), tf.float32)
    return {"image": tf.reshape(image, [8, 8, 1]) / 255.0, "mean": parsed["mean"]}, tf.cast(parsed["label"], tf.int32)


def input_fn(name, training):
    dataset = tf.data.TFRecordDataset(name).map(parser)
    if training:
        dataset = dataset.apply(tf.data.experimental.shuffle_and_repeat(64, count=5, seed=8))
    return dataset.batch(16).make_initializable_iterator()


tf.set_random_seed(9)
train, test = input_fn("train.tfrecords", True), input_fn("test.tfrecords", False)


def model(features):
    with tf.variable_scope("model", reuse=tf.AUTO_REUSE):
        net = tf.layers.conv2d(features["image"], 4, 3, activation=tf.nn.relu, name="conv")
        net = tf.layers.max_pooling2d(net, 2, 2)
        return tf.layers.dense(tf.layers.flatten(net), 2, name="logits")


features, labels = train.get_next()
loss = tf.losses.sparse_softmax_cross_entropy(labels, model(features))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)
test_features, test_labels = test.get_next()
predictions = tf.argmax(model(test_features), 1, output_type=tf.int32)
right = tf.reduce_sum(tf.to_int32(tf.equal(predictions, test_labels)))

print(train.output_types, train.output_shapes[0]["image"])
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), train.initializer])
    step = 0
    while True:
        try:
            value, mean, _ = sess.run([loss, features["mean"], train_op])
        except tf.errors.OutOfRangeError:
            break
        step += 1
        if step % 5 == 0:
            print("step %2d loss %.4f mean %.3f batch of %d" % (step, value, mean[0], len(mean)))
    sess.run(test.initializer)
    found = 0
    try:
        while True:
            found += sess.run(right)
    except tf.errors.OutOfRangeError:
        print("right: %d of 40" % found)
