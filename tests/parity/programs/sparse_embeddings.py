"""embedding_lookup_sparse and the safe one: combiners, weights, parts, empty rows; training of the table."""
import numpy as np

import minigraph as tf

random = np.random.RandomState(5)
table = tf.Variable(random.randn(6, 3).astype(np.float32), name="table")
halves = [tf.Variable(random.randn(3, 3).astype(np.float32), name="half%d" % i) for i in range(2)]
places = [[0, 0], [0, 1], [1, 0], [3, 0], [3, 1], [3, 2]]
full = [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1], [2, 2]]


def sparse(indices, values, shape):
    """Return a sparse tensor of which nothing is known before a run."""
    return tf.SparseTensor(
        tf.placeholder_with_default(tf.constant(indices, tf.int64), [None, len(shape)]),
        tf.placeholder_with_default(values, [None]),
        tf.placeholder_with_default(tf.constant(shape, tf.int64), [len(shape)]),
    )


ids = sparse(full, tf.constant([1, 3, 3, 0, 5, 1], tf.int64), [3, 4])
some = sparse(places, tf.constant([1, 3, -1, 0, 5, 1], tf.int64), [5, 4])
weights = sparse(full, [0.5, 1.5, 2.0, 1.0, -0.5, 0.25], [3, 4])
some_weights = sparse(places, [0.5, 1.5, 2.0, 1.0, -0.5, 0.25], [5, 4])
cube = sparse([[0, 0, 0], [0, 1, 1], [1, 0, 0]], tf.constant([1, 2, 3], tf.int64), [2, 2, 2])
fed = tf.sparse_placeholder(tf.int64)
fed_weights = tf.sparse_placeholder(tf.float32)

found = []
for combiner in ("sum", "mean", "sqrtn"):
    found += [
        tf.nn.embedding_lookup_sparse(table, ids, None, combiner=combiner),
        tf.nn.embedding_lookup_sparse(table, ids, weights, combiner=combiner, name="weighted"),
        tf.nn.embedding_lookup_sparse(halves, ids, weights, combiner=combiner, max_norm=1.0),
        tf.nn.safe_embedding_lookup_sparse(table, some, combiner=combiner),
        tf.nn.safe_embedding_lookup_sparse(halves, some, some_weights, combiner=combiner, name="safe"),
        tf.nn.safe_embedding_lookup_sparse(halves, some, combiner=combiner, default_id=2),
    ]
found += [
    tf.nn.embedding_lookup_sparse(table, ids, None),
    tf.nn.embedding_lookup_sparse(halves, ids, None, partition_strategy="div", combiner="sum"),
    tf.nn.safe_embedding_lookup_sparse(table, cube),
    tf.nn.safe_embedding_lookup_sparse(table, fed, fed_weights),
]
loss = tf.add_n([tf.reduce_sum(tf.square(each)) for each in found])
gradients = tf.gradients(loss, [table] + halves)
train = tf.train.AdagradOptimizer(0.1).minimize(loss)
feed = {
    fed: tf.SparseTensorValue([[0, 0], [2, 1]], [4, 5], [3, 2]),
    fed_weights: tf.SparseTensorValue([[0, 0], [2, 1]], [0.5, 2.0], [3, 2]),
}


def failure(function, *args, **kwargs):
    try:
        return str(function(*args, **kwargs))
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0]


results = {
    "shapes": [str(each.shape) for each in found],
    "failures": [
        failure(tf.nn.embedding_lookup_sparse, table, [1, 2], None),
        failure(tf.nn.embedding_lookup_sparse, table, ids, [1.0]),
        failure(tf.nn.embedding_lookup_sparse, table, ids, None, combiner="max"),
        failure(tf.nn.safe_embedding_lookup_sparse, None, ids),
        failure(tf.nn.safe_embedding_lookup_sparse, [], ids),
    ],
}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i, value in enumerate(sess.run(found, feed)):
        results["found %d" % i] = value
    results["gradients"] = sess.run([tf.convert_to_tensor(each) for each in gradients], feed)
    for _ in range(3):
        sess.run(train, feed)
    results["trained"] = sess.run([table] + halves)

for name, value in results.items():
    print(name, value)
