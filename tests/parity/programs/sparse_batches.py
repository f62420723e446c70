"""Sparse tensors in tf.train.batch and its like: nodes and values."""
import numpy as np

import minigraph as tf



def example():
    """Return a number, and a sparse vector of that length, from a source of its own."""
    number = tf.train.range_input_producer(4, shuffle=False).dequeue()
    row = tf.SparseTensor(
        tf.expand_dims(tf.cast(tf.range(number), tf.int64), 1),
        tf.cast(tf.range(number), tf.float32) + tf.cast(number, tf.float32),
        tf.cast(tf.expand_dims(number + 1, 0), tf.int64),
    )
    return [row, number]


one = tf.train.batch(example(), 3)
table = tf.SparseTensor([[0, 1], [2, 0], [2, 1]], ["a", "b", "c"], [4, 2])
many = tf.train.batch({"table": table, "ids": tf.range(4)}, 4, enqueue_many=True, capacity=8)
alone = tf.train.batch([tf.SparseTensor([[1]], [5], [3])], 2, allow_smaller_final_batch=True, name="alone")
shuffled = tf.train.shuffle_batch(example(), 4, 40, 8, seed=3)
joined = tf.train.batch_join([[tf.SparseTensor([[i]], [i], [3]), tf.constant(i)] for i in range(2)], 2)
kept = tf.train.maybe_batch([table, tf.range(4)], tf.constant([True, False, True, False]), 2, enqueue_many=True)
fetches = {"one": one, "many": many, "alone": alone, "kept": kept}
results = {
    "shapes": [str(each.shape) for each in one + [many["table"], many["ids"], alone] + shuffled + joined + kept],
    "types": [each.dtype.name for each in one + [many["table"], alone]],
}
with tf.Session() as sess:
    coordinator = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coordinator)
    for i in range(2):
        for key, value in sorted(sess.run(fetches).items()):
            flat = [value[k] for k in sorted(value)] if isinstance(value, dict) else value
            flat = [flat] if hasattr(flat, "indices") else flat
            results["%s %d" % (key, i)] = [part for v in flat for part in (v if hasattr(v, "indices") else [v])]
    found, ids = sess.run(shuffled)
    results["shuffled"] = [np.bincount(found.indices[:, 0], minlength=4).tolist() == ids.tolist(), found.dense_shape[0]]
    found, ids = sess.run(joined)
    results["joined"] = [found.values.tolist() == ids.tolist(), found.dense_shape]
    coordinator.request_stop()
    coordinator.join(threads, stop_grace_period_secs=5)

for name, value in results.items():
    print(name, value)
