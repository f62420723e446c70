"""Programs for TensorFlow 1.15, whose graphs `test_imported.py` imports: each returns what to run in one session.

Run by `record.py`, which writes the graph and the results of the runs to `recorded/`. A run is (fetches, feeds): names of
tensors or operations, and arrays by name of a tensor.
"""

import numpy as np
import tensorflow as tf

R = np.random.RandomState(7)


def _data(*shape):
    return R.normal(size=shape).astype(np.float32)


def _trained(fetches, feeds, steps=3, first=("init",)):
    """Return the runs of a training program: initializers, steps, and what is fetched after them."""
    return [([name], {}) for name in first] + [(fetches, feeds)] * steps


def optimize_loss():
    x, y = tf.placeholder(tf.float32, [None, 6], name="x"), tf.placeholder(tf.int64, [None], name="y")
    hidden = tf.layers.dense(x, 8, tf.nn.relu, name="hidden")
    logits = tf.layers.dense(hidden, 3, name="logits")
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    step = tf.train.get_or_create_global_step()
    tf.contrib.layers.optimize_loss(
        loss,
        step,
        0.05,
        "Adam",
        clip_gradients=1.0,
        learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 2, 0.9),
        summaries=["loss", "learning_rate"],
    )
    tf.identity(loss, name="loss_value")
    tf.global_variables_initializer()
    tf.train.Saver()
    feeds = {"x:0": _data(5, 6), "y:0": np.array([0, 1, 2, 1, 0])}
    return _trained(["OptimizeLoss/train", "loss_value:0"], feeds) + [(["hidden/kernel:0", "global_step:0"], {})]


def batch_norm_in_cond():
    x = tf.placeholder(tf.float32, [None, 4, 4, 3], name="x")
    training = tf.placeholder(tf.bool, [], name="training")
    net = tf.layers.conv2d(x, 5, 3, padding="same", name="conv")
    net = tf.layers.batch_normalization(net, training=training, name="bn")
    net = tf.nn.relu(net)
    net = tf.layers.max_pooling2d(net, 2, 2)
    loss = tf.reduce_mean(tf.square(tf.layers.dense(tf.layers.flatten(net), 1)), name="loss")
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, name="train")
    tf.global_variables_initializer()
    feeds = {"x:0": _data(3, 4, 4, 3), "training:0": np.array(True)}
    asked = {"x:0": feeds["x:0"], "training:0": np.array(False)}
    return _trained(["train", "loss:0"], feeds) + [(["loss:0", "bn/moving_variance:0", "conv/kernel:0"], asked)]


def contrib_batch_norm():
    x = tf.placeholder(tf.float32, [None, 4], name="x")
    training = tf.placeholder(tf.bool, name="training")
    net = tf.contrib.layers.fully_connected(
        x,
        6,
        normalizer_fn=tf.contrib.layers.batch_norm,
        normalizer_params={"is_training": training, "updates_collections": None},
    )
    net = tf.contrib.layers.dropout(net, 0.5, is_training=training)
    loss = tf.reduce_sum(tf.contrib.layers.fully_connected(net, 1) ** 2, name="loss")
    tf.train.RMSPropOptimizer(0.01).minimize(loss, name="train")
    tf.global_variables_initializer()
    feeds = {"x:0": _data(5, 4), "training:0": np.array(True)}
    return _trained(["train", "loss:0"], feeds) + [(["loss:0"], {**feeds, "training:0": np.array(False)})]


def dynamic_rnn():
    x, n = tf.placeholder(tf.float32, [None, 5, 3], name="x"), tf.placeholder(tf.int32, [None], name="n")
    cell = tf.nn.rnn_cell.LSTMCell(4)
    outputs, state = tf.nn.dynamic_rnn(cell, x, n, dtype=tf.float32)
    tf.identity(outputs, name="outputs")
    loss = tf.reduce_mean(tf.square(state.h), name="loss")
    grads = tf.gradients(loss, tf.trainable_variables() + [x])
    for i, grad in enumerate(grads):
        tf.identity(grad, name="grad%d" % i)
    tf.train.AdamOptimizer(0.1).minimize(loss, name="train")
    tf.global_variables_initializer()
    feeds = {"x:0": _data(3, 5, 3), "n:0": np.array([5, 2, 4], np.int32)}
    fetches = ["outputs:0"] + ["grad%d:0" % i for i in range(len(grads))]
    return [(["init"], {}), (fetches, feeds)] + [(["train", "loss:0"], feeds)] * 3


def stacked_bidirectional():
    x = tf.placeholder(tf.float32, [2, None, 3], name="x")
    cells = [tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.BasicLSTMCell(2)]) for _ in "ab"]
    outputs, _ = tf.nn.bidirectional_dynamic_rnn(cells[0], cells[1], x, dtype=tf.float32)
    loss = tf.reduce_sum(tf.concat(outputs, 2) ** 2, name="loss")
    tf.train.GradientDescentOptimizer(0.05).minimize(loss, name="train")
    tf.global_variables_initializer()
    return _trained(["train", "loss:0"], {"x:0": _data(2, 4, 3)})


def seq2seq_attention():
    source, target = (
        tf.placeholder(tf.int32, [None, None], name="source"),
        tf.placeholder(tf.int32, [None, None], name="target"),
    )
    lengths = tf.placeholder(tf.int32, [None], name="lengths")
    table = tf.get_variable("table", [10, 4])
    encoder, state = tf.nn.dynamic_rnn(
        tf.nn.rnn_cell.GRUCell(5), tf.nn.embedding_lookup(table, source), lengths, dtype=tf.float32, scope="encoder"
    )
    attention = tf.contrib.seq2seq.BahdanauAttention(5, encoder, lengths)
    cell = tf.contrib.seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(5), attention, attention_layer_size=5)
    batch = tf.shape(source)[0]
    helper = tf.contrib.seq2seq.TrainingHelper(
        tf.nn.embedding_lookup(table, target), tf.fill([batch], tf.shape(target)[1])
    )
    start = cell.zero_state(batch, tf.float32).clone(cell_state=state)
    decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, start, tf.layers.Dense(10))
    decoded, _, _ = tf.contrib.seq2seq.dynamic_decode(decoder)
    loss = tf.contrib.seq2seq.sequence_loss(decoded.rnn_output, target, tf.ones_like(target, tf.float32))
    tf.identity(loss, name="loss")
    tf.identity(decoded.sample_id, name="ids")
    tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "Adam", clip_gradients=5.0)
    tf.global_variables_initializer()
    feeds = {
        "source:0": R.randint(0, 10, (3, 4)).astype(np.int32),
        "target:0": R.randint(0, 10, (3, 5)).astype(np.int32),
        "lengths:0": np.array([4, 2, 3], np.int32),
    }
    return _trained(["OptimizeLoss/train", "loss:0", "ids:0"], feeds)


def greedy_decoder():
    table = tf.get_variable("table", [6, 4])
    cell = tf.nn.rnn_cell.BasicLSTMCell(4)
    helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(table, tf.constant([1, 2]), 0)
    decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(6))
    decoded, _, lengths = tf.contrib.seq2seq.dynamic_decode(decoder, maximum_iterations=5)
    tf.identity(decoded.sample_id, name="ids")
    tf.identity(lengths, name="sizes")
    tf.global_variables_initializer()
    return [(["init"], {}), (["ids:0", "sizes:0"], {})]


def metrics():
    labels, guesses = tf.placeholder(tf.int64, [None], name="labels"), tf.placeholder(tf.int64, [None], name="guesses")
    accuracy, update = tf.metrics.accuracy(labels, guesses, name="accuracy")
    precision, update2 = tf.metrics.precision(labels, guesses, name="precision")
    auc, update3 = tf.metrics.auc(labels, tf.cast(guesses, tf.float32) * 0.8 + 0.1, name="auc")
    mean, update4 = tf.metrics.mean_iou(labels, guesses, 2, name="iou")
    tf.group(update, update2, update3, update4, name="update")
    for name, value in (("a", accuracy), ("p", precision), ("u", auc), ("m", mean)):
        tf.identity(value, name=name)
    tf.local_variables_initializer()
    runs = [(["init"], {})]
    for _ in range(2):
        runs.append((["update"], {"labels:0": R.randint(0, 2, 8), "guesses:0": R.randint(0, 2, 8)}))
        runs.append((["a:0", "p:0", "u:0", "m:0"], {}))
    return runs


def resource_variables():
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    with tf.variable_scope("", use_resource=True):
        w = tf.get_variable("w", [3, 2])
        table = tf.get_variable("table", [5, 2])
    step = tf.Variable(0, trainable=False, use_resource=True, name="step")
    rows = tf.nn.embedding_lookup(table, [1, 3])
    loss = tf.add(tf.reduce_sum(tf.matmul(x, w) ** 2), tf.reduce_sum(rows * rows), name="loss")
    tf.train.AdamOptimizer(0.1).minimize(loss, step, name="train")
    with tf.control_dependencies([w.assign_add(tf.ones([3, 2]))]):
        tf.identity(w.read_value(), name="added")
    tf.global_variables_initializer()
    return _trained(["train", "loss:0"], {"x:0": _data(4, 3)}) + [
        (["added:0"], {}),
        (["table/Read/ReadVariableOp:0"], {}),
    ]


def while_loop():
    n, x = tf.placeholder(tf.int32, [], name="n"), tf.placeholder(tf.float32, [3], name="x")
    w = tf.Variable([1.0, 0.5, -0.5], name="w")

    def body(i, a, total):
        a = tf.cond(tf.equal(i % 2, 0), lambda: a * w + 1.0, lambda: tf.sin(a))
        return i + 1, a, total + tf.reduce_sum(a)

    _, a, total = tf.while_loop(lambda i, *rest: i < n, body, (0, x, 0.0))
    tf.identity(total, name="total")
    for i, grad in enumerate(tf.gradients(total, [x, w])):
        tf.identity(grad, name="grad%d" % i)
    tf.global_variables_initializer()
    return [(["init"], {})] + [
        (["total:0", "grad0:0", "grad1:0"], {"n:0": np.array(k, np.int32), "x:0": _data(3)}) for k in (0, 1, 4)
    ]


def nested_loops():
    x = tf.placeholder(tf.float32, [2], name="x")

    def inner(j, a):
        return j + 1, a * x + 0.1

    def outer(i, a):
        _, a = tf.while_loop(lambda j, _: j < i + 1, inner, (0, a))
        return i + 1, a

    _, a = tf.while_loop(lambda i, _: i < 3, outer, (0, x))
    tf.identity(a, name="a")
    tf.identity(tf.gradients(a, x)[0], name="grad")
    return [(["a:0", "grad:0"], {"x:0": _data(2)})]


def tensor_arrays():
    x = tf.placeholder(tf.float32, [4, 2], name="x")
    mapped = tf.map_fn(lambda row: tf.reduce_sum(row) * row, x)
    scanned = tf.scan(lambda a, row: a * 0.5 + row, x)
    folded = tf.foldl(lambda a, row: a + tf.sin(row), x)
    array = tf.TensorArray(tf.float32, 2, infer_shape=False).write(0, x[:1]).write(1, x[1:])
    tf.identity(array.concat(), name="joined")
    loss = tf.add_n([tf.reduce_sum(t**2) for t in (mapped, scanned, folded)], name="loss")
    tf.identity(tf.gradients(loss, x)[0], name="grad")
    tf.identity(scanned, name="scanned")
    return [(["loss:0", "grad:0", "scanned:0", "joined:0"], {"x:0": _data(4, 2)})]


def conditions():
    x, p = tf.placeholder(tf.float32, [3], name="x"), tf.placeholder(tf.bool, name="p")
    v = tf.Variable(1.0, name="v")
    y = tf.cond(p, lambda: tf.cond(x[0] > 0, lambda: x * v, lambda: tf.exp(x)), lambda: tf.constant([1.0, 2.0, 3.0]))
    written = tf.cond(p, lambda: tf.assign_add(v, 1.0), lambda: tf.assign(v, 10.0))
    tf.identity(written, name="written")
    z = tf.case([(x[0] > 1.0, lambda: x - 1.0), (x[0] > 0.0, lambda: x + 1.0)], default=lambda: x * 0.0)
    tf.identity(y, name="y")
    tf.identity(z, name="z")
    for i, grad in enumerate(tf.gradients([y, z], [x, v])):
        tf.identity(grad, name="grad%d" % i)
    with tf.control_dependencies([tf.Assert(x[0] > -9, [x])]):
        tf.identity(x, name="checked")
    tf.global_variables_initializer()
    runs = [(["init"], {})]
    for k, on in enumerate((True, False, True)):
        feeds = {"x:0": _data(3) * (1 if k else -1), "p:0": np.array(on)}
        runs += [(["y:0", "z:0", "grad0:0", "grad1:0", "checked:0"], feeds), (["written:0"], feeds)]
    return runs


def queues():
    queue = tf.FIFOQueue(10, [tf.float32, tf.int64], [[2], []], name="queue")
    rows, ids = tf.placeholder(tf.float32, [None, 2], name="rows"), tf.placeholder(tf.int64, [None], name="ids")
    queue.enqueue_many([rows, ids], name="fill")
    a, b = queue.dequeue_many(2, name="take")
    tf.identity(a * 2.0, name="a")
    tf.identity(b, name="b")
    queue.size(name="size")
    queue.close(name="close")
    padded = tf.PaddingFIFOQueue(5, [tf.float32], [[None]], name="padded")
    row = tf.placeholder(tf.float32, [None], name="row")
    padded.enqueue(row, name="put")
    padded.dequeue_many(2, name="both")
    return [
        (["fill"], {"rows:0": _data(5, 2), "ids:0": np.arange(5)}),
        (["a:0", "b:0"], {}),
        (["size:0"], {}),
        (["put"], {"row:0": _data(3)}),
        (["put"], {"row:0": _data(1)}),
        (["both:0"], {}),
        (["close"], {}),
    ]


def frozen():
    x = tf.placeholder(tf.float32, [None, 8, 8, 1], name="x")
    net = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu, name="conv")
    net = tf.layers.batch_normalization(net, name="bn")
    net = tf.layers.average_pooling2d(net, 2, 2)
    net = tf.nn.lrn(net)
    tf.nn.softmax(tf.layers.dense(tf.layers.flatten(net), 3), name="probabilities")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        graph_def = tf.graph_util.convert_variables_to_constants(
            session, tf.get_default_graph().as_graph_def(), ["probabilities"]
        )
    tf.reset_default_graph()
    tf.import_graph_def(graph_def, name="")
    return [(["probabilities:0"], {"x:0": _data(2, 8, 8, 1)})]


def functional():
    """Functional control flow, with a gradient."""
    tf.enable_control_flow_v2()
    x, p = tf.placeholder(tf.float32, [3], name="x"), tf.placeholder(tf.bool, [], name="p")
    w = tf.get_variable("w", [3], use_resource=True)
    y = tf.cond(p, lambda: x * w, lambda: tf.exp(x))
    _, z = tf.while_loop(lambda i, _: i < 3, lambda i, a: (i + 1, a * w + tf.sin(a)), (0, y))
    tf.identity(z, name="z")
    for i, grad in enumerate(tf.gradients(z, [x, w])):
        tf.identity(grad, name="grad%d" % i)
    tf.global_variables_initializer()
    tf.disable_control_flow_v2()
    x = _data(3)
    return [(["init"], {})] + [(["z:0", "grad0:0", "grad1:0"], {"x:0": x, "p:0": np.array(on)}) for on in (True, False)]


def monitored():
    """Build the graph of a MonitoredTrainingSession, with its scaffold's nodes."""
    x = tf.constant(_data(6, 2))
    step = tf.train.get_or_create_global_step()
    loss = tf.losses.mean_squared_error(tf.ones([6, 1]), tf.layers.dense(x, 1, name="dense"))
    tf.identity(loss, name="loss")
    tf.train.AdagradOptimizer(0.1).minimize(loss, step, name="train")
    with tf.train.MonitoredTrainingSession(hooks=[tf.train.StopAtStepHook(2)]) as session:
        while not session.should_stop():
            session.run("train")
    tf.get_default_graph()._unsafe_unfinalize()
    init = tf.get_collection(tf.GraphKeys.INIT_OP)[0].name
    return _trained(["train", "loss:0"], {}, first=(init,)) + [(["global_step:0", "dense/kernel:0"], {})]


def embeddings_and_sampling():
    ids, labels = tf.placeholder(tf.int32, [None], name="ids"), tf.placeholder(tf.int32, [None, 1], name="labels")
    table = tf.Variable(tf.random_uniform([20, 4], -1.0, 1.0, seed=3))
    weights, biases = tf.Variable(tf.truncated_normal([20, 4], seed=4)), tf.Variable(tf.zeros([20]))
    rows = tf.nn.embedding_lookup(table, ids)
    loss = tf.reduce_mean(tf.nn.nce_loss(weights, biases, labels, rows, 5, 20), name="loss")
    tf.train.GradientDescentOptimizer(1.0).minimize(loss, name="train")
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([weights])
    tf.nn.l2_normalize(table, 1, name="normal")
    tf.global_variables_initializer()
    feeds = {"ids:0": R.randint(0, 20, 6).astype(np.int32), "labels:0": R.randint(0, 20, (6, 1)).astype(np.int32)}
    return _trained(["train", "loss:0"], feeds) + [(["normal:0"], {})]


PROGRAMS = [
    batch_norm_in_cond,
    conditions,
    contrib_batch_norm,
    dynamic_rnn,
    embeddings_and_sampling,
    frozen,
    functional,
    greedy_decoder,
    metrics,
    monitored,
    nested_loops,
    optimize_loss,
    queues,
    resource_variables,
    seq2seq_attention,
    stacked_bidirectional,
    tensor_arrays,
    while_loop,
]
