"""Producers and batches: the nodes of tf.train.…_producer, batch, shuffle_batch and their kin, filled by threads."""
import minigraph as tf

tf.set_random_seed(11)
images = tf.constant([[1.0], [2.0], [3.0], [4.0], [5.0]])
labels = tf.constant([1, 2, 3, 4, 5])

image, label = tf.train.slice_input_producer([images, labels], num_epochs=2, seed=3)
pairs = tf.train.batch([image, label], 4, allow_smaller_final_batch=True)
ordered = tf.train.slice_input_producer([images, labels], num_epochs=1, shuffle=False, name="ordered")
named = tf.train.batch({"x": ordered[0], "y": ordered[1]}, 2, name="named", capacity=7)
names = tf.train.string_input_producer(["a", "b", "c"], num_epochs=2, seed=1, name="names")
name = names.dequeue()
indices = tf.train.range_input_producer(4, num_epochs=1, shuffle=False)
index = indices.dequeue_many(4)
rows = tf.train.input_producer(images, shuffle=False, summary_name="rows_full")
row = rows.dequeue_up_to(5)
many = tf.train.batch([images, labels], 3, enqueue_many=True, shared_name="many")
kept = tf.train.maybe_batch([images, labels], labels > 2, 3, enqueue_many=True)
mixed = tf.train.shuffle_batch([images, labels], 4, capacity=50, min_after_dequeue=10, enqueue_many=True, seed=5)
lengths = tf.train.slice_input_producer([tf.constant([1, 3, 2, 4])], num_epochs=1, shuffle=False)[0]
ragged = tf.train.batch([tf.range(lengths)], 2, dynamic_pad=True)
joined = tf.train.batch_join([[images, labels], [images + 10.0, labels + 10]], 5, enqueue_many=True)
mixed_join = tf.train.shuffle_batch_join(
    [[images], [images * 2.0]], 2, capacity=20, min_after_dequeue=1, enqueue_many=True, name="mixed_join"
)
limited = tf.train.limit_epochs(labels, num_epochs=2)
runner = tf.train.QueueRunner(rows, [rows.enqueue_many([images])] * 2)


def until_the_end(sess, fetch):
    """Return all that a fetch gives until the input ends."""
    found = []
    try:
        while True:
            found.append(sess.run(fetch))
    except tf.errors.OutOfRangeError:
        return found


results = {}
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coord)
    results["threads"] = sorted(thread.name for thread in threads)
    results["pairs"] = [value for batch in until_the_end(sess, pairs) for value in batch]
    results["named"] = [batch[key] for batch in until_the_end(sess, named) for key in sorted(batch)]
    results["names"] = until_the_end(sess, name)
    results["index"], results["row"] = sess.run(index), sess.run(row)
    results["many"] = [value for _ in range(3) for value in sess.run(many)]
    results["kept"] = [value for _ in range(3) for value in sess.run(kept)]
    results["mixed"] = [value.shape for value in sess.run(mixed)]
    results["ragged"] = until_the_end(sess, ragged)
    results["joined"] = [value.shape for value in sess.run(joined)]
    results["limited"] = until_the_end(sess, limited)
    coord.request_stop()
    coord.join(threads)
    results["alive"] = [thread.is_alive() for thread in threads]
results["shapes"] = [str(t.shape) for t in pairs + many + mixed + [ragged, mixed_join, name, row]]
results["runners"] = [
    [each.name, [op.name for op in each.enqueue_ops], each.close_op.name, each.cancel_op.name]
    for each in tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS) + [runner]
]


def failure(function, *args, **kwargs):
    """Return the type and the first line of the error of a call."""
    try:
        return str(function(*args, **kwargs))
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0]


results["refused"] = [
    failure(tf.train.string_input_producer, []),
    failure(tf.train.slice_input_producer, []),
    failure(tf.train.limit_epochs, labels, 0),
    failure(tf.train.shuffle_batch, [labels], 2, capacity=3, min_after_dequeue=3),
]
for key, value in results.items():
    print(key, value)
