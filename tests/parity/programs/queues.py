"""Queues of all four kinds: nodes, shapes, what comes out in which order (the random one by seed), and errors."""
import minigraph as tf

tf.set_random_seed(7)
pair = tf.FIFOQueue(4, [tf.float32, tf.int32], shapes=[[2], []])
put_pair = pair.enqueue([[1.0, 2.0], 3])
put_pairs = pair.enqueue_many([[[1.0, 2.0], [3.0, 4.0]], [5, 6]])
one, some, rest = pair.dequeue(), pair.dequeue_many(2), pair.dequeue_up_to(3)
size, closed = pair.size(), pair.is_closed()
close, cancel = pair.close(), pair.close(cancel_pending_enqueues=True)

mixed = tf.RandomShuffleQueue(40, 5, [tf.int32], shapes=[[]], seed=3)
put_mixed, close_mixed = mixed.enqueue_many([tf.range(30)]), mixed.close()
one_mixed, some_mixed, rest_mixed = mixed.dequeue(), mixed.dequeue_many(8), mixed.dequeue_up_to(30)
unseeded = tf.RandomShuffleQueue(40, 0, [tf.string, tf.float32], shapes=[[], [1]], shared_name="mixed", name="by_graph")
put_unseeded = unseeded.enqueue_many([["a", "b", "c", "d", "e"], [[0.0], [1.0], [2.0], [3.0], [4.0]]])
take_unseeded = unseeded.dequeue_many(5)

padded = tf.PaddingFIFOQueue(9, [tf.int32, tf.float32], shapes=[[None], [None, 2]], name="padded")
row, block = tf.placeholder(tf.int32, [None]), tf.placeholder(tf.float32, [None, 2])
put_padded = padded.enqueue([row, block])
take_padded, one_padded = padded.dequeue_many(2), padded.dequeue()

first = tf.PriorityQueue(9, [tf.string], shapes=[[]])
put_first = first.enqueue_many([tf.constant([5, 1, 3, 2], tf.int64), ["five", "one", "three", "two"]])
take_first, take_firsts = first.dequeue(), first.dequeue_many(3)

with tf.name_scope("named"):
    named = tf.FIFOQueue(3, [tf.int32, tf.float32], names=["i", "f"], shapes=[[], [2]], shared_name="shared", name="q")
    put_named = named.enqueue({"i": 1, "f": [2.0, 3.0]})
    take_named = named.dequeue()
loose = tf.FIFOQueue(3, tf.float32, name="loose")
put_loose, take_loose = loose.enqueue([[1.0, 2.0]]), loose.dequeue()
fed = tf.placeholder(tf.float32)
put_fed = pair.enqueue([fed, 1])


def failure(function, *args, **kwargs):
    """Return the type and the first line of the error of a call, without the number of the queue."""
    try:
        return str(function(*args, **kwargs))
    except Exception as error:
        text = str(error).split("\n")[0]
        return type(error).__name__ + ": " + "".join(c for c in text if not c.isdigit())


results = {}
with tf.Session() as sess:
    run = sess.run
    run(put_pair)
    run(put_pairs)
    results["size"] = run(size)
    results["one"], results["some"] = run(one), run(some)
    run(put_pair)
    results["closed"] = [run(closed), run(close), run(closed)]
    results["rest"] = run(rest)
    results["ended"] = [failure(run, t) for t in (one, some, rest, put_pair, put_pairs, close, cancel)]
    results["wrong shape"] = failure(run, put_fed, {fed: [1.0, 2.0, 3.0]})
    run(put_mixed)
    results["mixed"] = [int(run(one_mixed)) for _ in range(6)] + run(some_mixed).tolist()
    run(close_mixed)
    results["mixed rest"] = run(rest_mixed)
    run(put_unseeded)
    results["by the graph's seed"] = run(take_unseeded)
    for values in ([1], [[1.0, 2.0]]), ([1, 2, 3], [[3.0, 4.0], [5.0, 6.0]]), ([], [[0.0, 0.0]]):
        run(put_padded, {row: values[0], block: values[1]})
    results["padded"], results["one padded"] = run(take_padded), run(one_padded)
    run(put_first)
    results["first"], results["firsts"] = run(take_first), run(take_firsts)
    run(put_named)
    found = run(take_named)
    results["named"] = [found["i"], found["f"]]
    run(put_loose)
    results["loose"] = run(take_loose)
results["refused"] = [
    failure(tf.FIFOQueue, 3, [tf.int32], shapes=[[], []]),
    failure(tf.FIFOQueue, 3, [tf.int32], names=["a", "b"]),
    failure(tf.PaddingFIFOQueue, 3, [tf.int32], shapes=None),
    failure(pair.enqueue, {"a": 1}),
    failure(named.enqueue, [1, [2.0, 3.0]]),
    failure(named.enqueue, {"i": 1}),
    failure(tf.train.QueueRunner, pair, []),
    failure(tf.train.QueueRunner, pair, [put_pair], queue_closed_exception_types=3),
]
for name, value in results.items():
    print(name, value)
