"""What `tf.nn` combines of operations: dropout, embeddings, moments, norms, small layers."""

import numpy as np
from expressions import ask_each
from facts import fact

X = np.array([[1.0, 2.5], [3.0, -6.0], [0.5, 0.25]])


@fact
def dropout(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.dropout(x0, 0.5, seed=1)
        tf.nn.dropout(x0, rate=0.25, seed=1, name="d")
        tf.nn.dropout(x0, keep_prob=1.0)
        tf.nn.dropout(x0, rate=0)
    """,
        [X],
        order=1,
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.dropout(x0, rate=0.5, noise_shape=[3, 1], seed=2)
        tf.nn.dropout(x0, rate=0.5, noise_shape=[None, 1], seed=3)
        tf.nn.dropout(x0, rate=0.5, noise_shape=C([1, 2]), seed=4)
    """,
        [X],
    )
    ask_each(tf, note, "tf.nn.dropout(x0, keep_prob=x1, seed=5)", [np.float32(X), np.float32(0.5)])
    ask_each(tf, note, "tf.nn.dropout(x0, rate=0.5, noise_shape=[None, 1], seed=6)", [np.float32(X)], [[None, 2]])
    ask_each(
        tf,
        note,
        """
        tf.nn.dropout([1.0, 2.0], rate=C(0.25), seed=3)
        tf.nn.dropout([1.0, 2.0], rate=C(0.0))
        tf.nn.dropout(tf.ones([4, 3], tf.float16), rate=0.5, seed=2)
        tf.nn.dropout(C([1.0, 2.0]), rate=0.25, keep_prob=0.75)
        tf.nn.dropout(C([1.0, 2.0]))
        tf.nn.dropout(C([1, 2]), rate=0.2)
        tf.nn.dropout([1.0, 2.0], rate=1.0)
        tf.nn.dropout([1.0, 2.0], rate=-0.1)
        tf.nn.dropout([1.0, 2.0], keep_prob=0.0)
        tf.nn.dropout([1.0, 2.0], keep_prob=1.5)
        tf.nn.dropout([1.0, 2.0], keep_prob="a")
        tf.nn.dropout([1.0, 2.0], rate="a")
        tf.nn.dropout([1.0, 2.0], rate=C([0.1]))
        tf.nn.dropout([1.0, 2.0], rate=C(0.1, tf.float64))
    """,
    )


@fact
def embeddings(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.embedding_lookup(x0, [2, 0])
        tf.nn.embedding_lookup(x0, C([[2, 0]], tf.int64), name="e")
        tf.nn.embedding_lookup(x0, [2, 0], max_norm=2.0)
        tf.nn.embedding_lookup([x0, x0 * 2.0], [0, 1, 2, 3])
        tf.nn.embedding_lookup([x0, x0 * 2.0], [[0, 1], [2, 3]], partition_strategy="div", name="e")
        tf.nn.embedding_lookup([x0, x0[:2]], [0, 4], "div", max_norm=1.0)
        tf.gradients(tf.nn.embedding_lookup(x0, [2, 0, 2]), x0)[0].values
        tf.gradients(tf.nn.embedding_lookup([x0, x0 * 2.0], [0, 3, 3]), x0)
    """,
        [X],
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.embedding_lookup(None, [1])
        tf.nn.embedding_lookup([], [1])
        tf.nn.embedding_lookup(C([[1.0], [2.0]]), [[2]])
        tf.nn.embedding_lookup(C([[1.0], [2.0]]), [1.0])
        tf.nn.embedding_lookup([C([[1.0], [2.0]]), C([[3.0], [4.0]])], [0, 1], partition_strategy="foo")
        tf.nn.embedding_lookup([C([[1.0, 1.0]]), C([[3.0, 1.0, 3.0]])], [0, 1])
    """,
    )


@fact
def moments(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.moments(x0, [0])
        tf.nn.moments(x0, [0, 1], keep_dims=True, name="m")
        tf.nn.moments(x0, [-1], keepdims=True)
        tf.nn.weighted_moments(x0, [0], C([[1.0], [3.0], [0.5]], tf.float64))
        tf.nn.weighted_moments(x0, [1], C([1, 3]), keep_dims=True, name="w")
        tf.nn.sufficient_statistics(x0, [0])[:3]
        tf.nn.sufficient_statistics(x0, [0, 1], shift=1.0, keep_dims=True, name="s")
        tf.nn.normalize_moments(*tf.nn.sufficient_statistics(x0, [0], shift=C(1.0, tf.float64)))
        tf.nn.normalize_moments(*tf.nn.sufficient_statistics(x0, [0]), name="q")
        tf.nn.l2_normalize(x0, 0)
        tf.nn.l2_normalize(x0, [0, 1], name="n")
        tf.nn.l2_normalize(x0, dim=1)
        tf.nn.l2_normalize(x0)
        tf.nn.l2_loss(x0)
        tf.nn.zero_fraction(tf.nn.relu(x0), name="z")
    """,
        [X],
        order=1,
    )
    ask_each(tf, note, "tf.nn.sufficient_statistics(x0, [0], name='n')[:3]", [X], [[None, 2]])
    ask_each(tf, note, "tf.nn.sufficient_statistics(x0, [0], name='any')[:3]", [X], [None])
    ask_each(
        tf,
        note,
        """
        tf.nn.moments(tf.ones([2, 2], tf.float16), 0)
        tf.nn.weighted_moments(tf.ones([2, 2], tf.float16), [0], 1.0)
        tf.nn.moments(C([[1, 2], [3, 6]]), 0)
        tf.nn.moments(C([[1.0, 2.0]]), 3)
        tf.nn.moments(C([[1.0, 2.0]]), [0], keepdims=True, keep_dims=True)
        tf.nn.weighted_moments(C([[1.0, 2.0]]), [0], C([1.0, 2.0, 3.0]))
        tf.nn.l2_normalize([3.0, 4.0], axis=0, dim=0)
        tf.nn.l2_normalize(C([[3, 4]]), 1)
        tf.nn.l2_normalize(C([[3.0, 4.0]]), 5)
        tf.nn.l2_loss(C([1, 2]))
        tf.nn.zero_fraction([0, 1, 0])
        tf.nn.zero_fraction(C([]))
        tf.nn.zero_fraction(C([True]))
    """,
    )


@fact
def small_layers(tf, note):
    ask_each(
        tf, note, "tf.nn.xw_plus_b(x0, x1, x2)\ntf.nn.relu_layer(x0, x1, x2, name='r')", [X, X.T, X[:, 0]], order=1
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.xw_plus_b([[1.0, 2.0]], [[3.0], [4.0]], [0.5], name="x")
        tf.nn.xw_plus_b(C([[1.0, 2.0]]), C([[3.0]]), C([0.5]))
        tf.nn.xw_plus_b(C([[1.0, 2.0]]), C([[3.0], [4.0]]), C([0.5, 1.0]))
        tf.nn.relu_layer(C([[1.0, 2.0]]), C([[3], [4]]), C([0.5]))
    """,
    )
