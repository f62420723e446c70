"""Activation functions, softmax, the cross-entropies of logits, biases and top-k: values, nodes, gradients, errors."""

import numpy as np
from expressions import ask_each
from facts import fact

X = np.array([[-2.5, -0.7, 0.4], [0.9, 3.5, 7.5]])
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.9, 0.1]])


@fact
def activations(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.relu(x0)
        tf.nn.relu6(x0, name="six")
        tf.nn.elu(x0)
        tf.nn.selu(x0)
        tf.nn.softplus(x0)
        tf.nn.leaky_relu(x0)
        tf.nn.leaky_relu(x0, np.float32(0.5), "slope")
        tf.nn.crelu(x0)
        tf.nn.crelu(x0, axis=0, name="both")
    """,
        [X],
        order=2,
    )
    ask_each(tf, note, "tf.nn.softsign(x0)\ntf.nn.swish(x0)", [X], order=1)


@fact
def activations_of_python_values(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.relu([1, -2])
        tf.nn.relu6([1, -2, 9])
        tf.nn.leaky_relu([1, -2])
        tf.nn.leaky_relu(C([1, -2], tf.int64), 0.5)
        tf.nn.leaky_relu(C([1.0, -2.0], tf.float64), 0.1)
        tf.nn.crelu(C([[1, -2]]))
        tf.nn.softplus(1.0)
        tf.nn.softplus(C([-1000.0, 1000.0]))
        tf.nn.elu(C([np.nan, -1.0, np.inf]))
        tf.nn.relu(tf.zeros([0, 3]))
        tf.nn.relu(tf.placeholder_with_default([1.0], None))
        tf.nn.leaky_relu(C([1.0]), C(0.5))
        tf.nn.leaky_relu(C([True]))
        tf.nn.crelu(C([True]))
        tf.nn.elu([1, 2])
        tf.nn.selu(C([1, 2]))
        tf.nn.softplus(C([1, 2]))
        tf.nn.softsign(C([1, 2]))
        tf.nn.swish(C([1, 2]))
    """,
    )


@fact
def softmax(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.softmax(x0)
        tf.nn.softmax(x0, axis=0)
        tf.nn.softmax(x0, dim=1, name="s")
        tf.nn.log_softmax(x0)
        tf.nn.log_softmax(x0, 0, "s")
        tf.nn.log_softmax(x0, axis=-2)
        tf.nn.softmax(x0, axis=C(0))
    """,
        [X],
        order=1,
    )
    ask_each(tf, note, "tf.nn.softmax(x0, axis=-2)", [X[None]], order=2)
    ask_each(
        tf, note, "tf.nn.softmax(x0, axis=0, name='n')\ntf.nn.log_softmax(x0, name='n')", [X], [[None, 3]], order=1
    )
    ask_each(tf, note, "tf.nn.softmax(x0, name='any')", [X], [None])


@fact
def softmax_errors(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.softmax([1, 2])
        tf.nn.softmax(1.0)
        tf.nn.softmax(C([[1.0, 2.0]]), axis=2)
        tf.nn.softmax(C([[1.0, 2.0]]), axis=-3)
        tf.nn.softmax(C([[1.0, 2.0]]), dim=1, axis=1)
        tf.nn.log_softmax(C([[1.0, 2.0]]), axis=2)
        tf.nn.softmax(tf.zeros([0, 3]))
        tf.nn.softmax(tf.zeros([3, 0]))
    """,
    )
    ask_each(tf, note, "tf.nn.softmax(x0)", [np.float32(1.0)], [None], nodes=False)


@fact
def cross_entropy(tf, note):
    lines = """
        tf.nn.softmax_cross_entropy_with_logits(labels=x0, logits=x1)
        tf.nn.softmax_cross_entropy_with_logits(labels=x0, logits=x1, dim=0, name="n")
        tf.nn.softmax_cross_entropy_with_logits_v2(x0, x1)
        tf.nn.softmax_cross_entropy_with_logits_v2(labels=x0, logits=x1, dim=1)
        tf.nn.softmax_cross_entropy_with_logits_v2(x0, x1, axis=0, name="n")
        tf.nn.sigmoid_cross_entropy_with_logits(labels=x0, logits=x1)
        tf.nn.weighted_cross_entropy_with_logits(x0, x1, 2.0)
        tf.nn.weighted_cross_entropy_with_logits(targets=x0, logits=x1, pos_weight=0.5, name="w")
        tf.nn.log_poisson_loss(x0, x1)
    """
    ask_each(tf, note, lines, [LABELS, X], order=1)
    ask_each(
        tf,
        note,
        """
        tf.nn.softmax_cross_entropy_with_logits(labels=x0, logits=x1, dim=-1)
        tf.nn.softmax_cross_entropy_with_logits_v2(x0, x1, name="n")
    """,
        [LABELS, X],
        [None, None],
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.softmax_cross_entropy_with_logits_v2(tf.cast(x0, tf.float16), tf.cast(x1, tf.float16))
        tf.nn.log_poisson_loss(x0 * 20, x1, compute_full_loss=True, name="p")
        tf.nn.sigmoid_cross_entropy_with_logits(labels=[1, 0], logits=[1.0, -1000.0])
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([1, 2]), logits=x1)
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2], logits=x1, name="n")
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([[1, 2]], tf.int64), logits=x1[None], name="n")
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C(1), logits=x1[0])
        tf.gradients(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2], logits=x1), x1)
        tf.gradients(tf.gradients(tf.nn.softmax_cross_entropy_with_logits_v2(x0, x1), x1), x1)
        tf.gradients(tf.gradients(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2], logits=x1), x1), x1)
    """,
        [LABELS.astype(np.float32), X.astype(np.float32)],
    )


@fact
def cross_entropy_errors(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.softmax_cross_entropy_with_logits(C([[1.0, 0.0]]), C([[1.0, 2.0]]))
        tf.nn.softmax_cross_entropy_with_logits(labels=C([[1.0, 0.0]]))
        tf.nn.softmax_cross_entropy_with_logits(labels=C([[1, 0]]), logits=C([[1.0, 2.0]]))
        tf.nn.softmax_cross_entropy_with_logits(labels=C([[1, 0]]), logits=C([[1, 2]]))
        tf.nn.softmax_cross_entropy_with_logits(labels=C([[1.0, 0.0, 0.0]]), logits=C([[1.0, 2.0]]))
        tf.nn.softmax_cross_entropy_with_logits(labels=C([1.0, 0.0]), logits=C([1.0, 2.0]))
        tf.nn.softmax_cross_entropy_with_logits_v2(labels=None, logits=C([[1.0, 2.0]]))
        tf.nn.softmax_cross_entropy_with_logits_v2(C([[1.0, 0.0]]), C([[1.0, 2.0]]), dim=1, axis=1)
        tf.nn.softmax_cross_entropy_with_logits_v2(C([[1.0, 0.0]]), C([[1.0, 2.0]]), axis=3)
        tf.nn.softmax_cross_entropy_with_logits_v2(C([[1.0, 0.0]]), C([[1.0, 2.0], [3.0, 4.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(C([1]), C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([1]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([2]), logits=C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([-1]), logits=C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([1, 1]), logits=C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([[1]]), logits=C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C(1), logits=C(1.0))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([1.0]), logits=C([[1.0, 2.0]]))
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=C([1]), logits=C([[1, 2]]))
        tf.nn.sigmoid_cross_entropy_with_logits(C([1.0]), C([1.0]))
        tf.nn.sigmoid_cross_entropy_with_logits(labels=C([1.0]))
        tf.nn.sigmoid_cross_entropy_with_logits(labels=C([1.0, 0.0]), logits=C([1.0]))
        tf.nn.sigmoid_cross_entropy_with_logits(labels=C([1]), logits=C([1.0]))
        tf.nn.weighted_cross_entropy_with_logits(labels=C([1.0]), targets=C([1.0]), logits=C([1.0]), pos_weight=2.0)
        tf.nn.weighted_cross_entropy_with_logits(labels=C([1.0, 2.0]), logits=C([1.0]), pos_weight=2.0)
        tf.nn.weighted_cross_entropy_with_logits(labels=C([1.0]), logits=C([1.0]))
        tf.nn.log_poisson_loss(C([1.0, 2.0]), C([1.0]))
    """,
    )
    ask_each(
        tf,
        note,
        "tf.nn.softmax_cross_entropy_with_logits_v2(x0, x1, name='wide')",
        [np.float32([[1, 0, 0]]), np.float32([[3, 2]])],
        [None, None],
        nodes=False,
    )
    ask_each(
        tf,
        note,
        "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=x0, logits=x1)",
        [np.int32([1, 1]), np.float32([[3, 2]])],
        [[None], [None, 2]],
        nodes=False,
    )


@fact
def biases(tf, note):
    ask_each(tf, note, "tf.nn.bias_add(x0, x1)\ntf.nn.bias_add(x0, x1, 'N...C', name='b')", [X, X[0]], order=2)
    ask_each(tf, note, "tf.nn.bias_add(x0, x1, data_format='NCHW')", [np.ones([1, 2, 3, 4]), X[0, :2]], order=2)
    ask_each(
        tf,
        note,
        """
        tf.nn.bias_add([[1, 2]], [1, 2], name="b")
        tf.nn.bias_add([[1, 2]], [1.5, 2])
        tf.nn.bias_add(C([1.0, 2.0]), C([1.0]))
        tf.nn.bias_add(C([[1.0, 2.0]]), C([1.0]))
        tf.nn.bias_add(C([[1.0, 2.0]]), C([[1.0, 2.0]]))
        tf.nn.bias_add(C([[1.0, 2.0]]), C([1, 2]))
        tf.nn.bias_add(C([[1.0, 2.0]]), C([1.0, 2.0]), data_format="NWHC")
        tf.nn.bias_add(C([[1.0, 2.0]]), C([1.0, 2.0]), data_format="bad")
        tf.nn.bias_add(tf.ones([1, 2]), C([1.0, 2.0]), data_format="NCW")
        tf.nn.bias_add(tf.ones([1, 2, 3]), C([1.0, 2.0]), data_format="NCW").shape.as_list()
    """,
    )
    ask_each(tf, note, "tf.nn.bias_add(x0, [1.0, 2.0])", [np.float32([[1, 2, 3]])], [None], nodes=False)
    ask_each(tf, note, "tf.nn.bias_add(x0, [1.0, 2.0], name='vector')", [np.float32([1, 2])], [None], nodes=False)


@fact
def top_k(tf, note):
    ask_each(
        tf,
        note,
        "list(tf.nn.top_k(x0, 2))\ntf.reduce_sum(tf.nn.top_k(x0, k=C(2), sorted=False, name='t').values)",
        [X],
        order=1,
    )
    ask_each(
        tf,
        note,
        """
        list(tf.nn.top_k(C([3, 5, 5, 1])))
        list(tf.nn.top_k(C([[3, 5, 5, 1]], tf.uint8), 3))
        tf.nn.top_k(C([1.0, 2.0]), 3)
        tf.nn.top_k(C([1.0, 2.0]), -1)
        tf.nn.top_k(C(1.0), 1)
        tf.nn.top_k([1, 2, 3], [1])
        tf.nn.top_k([1, 2, 3], 1.5)
        tf.nn.top_k([1, 2, 3], C(1, tf.int64))
        tf.nn.top_k(C([True]), 1)
        tf.nn.in_top_k([[1.0, 2.0], [2.0, 1.0]], [1, 1], 1, name="k")
        tf.nn.in_top_k([[1, 2]], [1], 1)
        tf.nn.in_top_k(C([[1.0, 2.0]]), C([5]), 1)
        tf.nn.in_top_k(C([[1.0, 1.0, 0.0]]), C([1], tf.int64), 1)
        tf.nn.in_top_k(C([[1.0, np.inf]]), C([0]), 2)
        tf.nn.in_top_k(C([[1.0, 2.0]]), C([1, 2]), 1)
        tf.nn.in_top_k(C([1.0, 2.0]), C([1]), 1)
        tf.nn.in_top_k(C([[1.0, 2.0]]), C([1.0]), 1)
        tf.nn.in_top_k(C([[1.0, 2.0]], tf.float64), C([1]), 1)
    """,
    )
    ask_each(tf, note, "tf.nn.top_k(x0, x1).indices", [np.float32([1, 2]), np.int32(-1)], [None, None], nodes=False)
