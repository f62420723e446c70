"""The classic program: names of files, a reader of lines, decode_csv, shuffled batches, a model trained on them."""
import os
import tempfile

import minigraph as tf

folder = tempfile.mkdtemp()
for number in range(2):
    with open(os.path.join(folder, "part%d.csv" % number), "w") as file:
        file.write("x1,x2,label\n")
        for i in range(10):
            file.write("%d,%g,%d\n" % (i + 10 * number, 0.5 * i, i % 2))

names = tf.placeholder_with_default(["a.csv", "b.csv"], [2], name="names")  # so that no folder is in the graph
queue = tf.train.string_input_producer(names, num_epochs=3, shuffle=False)
reader = tf.TextLineReader(skip_header_lines=1)
key, line = reader.read(queue)
x1, x2, label = tf.decode_csv(line, record_defaults=[[0.0], [1.0], [0]])
features = tf.stack([x1, x2])
x, y = tf.train.batch([features, label], batch_size=5)
shuffled = tf.train.shuffle_batch([features, label], 5, capacity=30, min_after_dequeue=10, seed=2)
loss = tf.losses.sparse_softmax_cross_entropy(y, tf.layers.dense(x, 2, kernel_initializer=tf.ones_initializer()))
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
fill, close = queue.enqueue_many([names]), queue.close()
produced = reader.num_records_produced()

results = {}
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    paths = [os.path.join(folder, "part0.csv"), os.path.join(folder, "part1.csv")]
    sess.run(fill, {names: paths})
    runner = tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)[1]
    coord = tf.train.Coordinator()
    threads = runner.create_threads(sess, coord, daemon=True, start=True)
    sess.run(close)
    losses = []
    try:
        while not coord.should_stop():
            losses.append(sess.run([loss, train])[0])
    except tf.errors.OutOfRangeError:
        results["ended"] = True
    finally:
        coord.request_stop()
    coord.join(threads)
    results["losses"], results["produced"] = losses, sess.run(produced)
results["shapes"] = [str(t.shape) for t in (key, line, x1, label, x, y)]
print(results)
