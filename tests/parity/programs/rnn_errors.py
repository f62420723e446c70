"""What cells and static_rnn refuse."""
import minigraph as tf

results = {}
cells = tf.nn.rnn_cell
CASES = {
    "not a cell": lambda x, ids, gru: tf.nn.static_rnn(abs, [x], dtype=tf.float32),
    "no list": lambda x, ids, gru: tf.nn.static_rnn(gru, x, dtype=tf.float32),
    "empty": lambda x, ids, gru: tf.nn.static_rnn(gru, [], dtype=tf.float32),
    "no type": lambda x, ids, gru: tf.nn.static_rnn(gru, [x]),
    "unknown depth": lambda x, ids, gru: tf.nn.static_rnn(gru, [tf.placeholder(tf.float32, [2, None])], dtype=tf.float32),
    "unknown depth of cell": lambda x, ids, gru: cells.LSTMCell(4)(
        tf.placeholder(tf.float32, [2, None]), (x, x)),
    "vector": lambda x, ids, gru: gru(tf.zeros([3]), x),
    "lengths": lambda x, ids, gru: tf.nn.static_rnn(gru, [x], dtype=tf.float32, sequence_length=[[1]]),
    "integers": lambda x, ids, gru: gru(ids, ids),
    "integer type": lambda x, ids, gru: cells.BasicLSTMCell(4, dtype=tf.int32),
    "no cells": lambda x, ids, gru: cells.MultiRNNCell([]),
    "one cell": lambda x, ids, gru: cells.MultiRNNCell(gru),
    "tuples": lambda x, ids, gru: cells.MultiRNNCell([cells.LSTMCell(4)], state_is_tuple=False),
    "probability": lambda x, ids, gru: cells.DropoutWrapper(gru, input_keep_prob=1.5),
    "visitor": lambda x, ids, gru: cells.DropoutWrapper(gru, dropout_state_filter_visitor=3),
    "variational type": lambda x, ids, gru: cells.DropoutWrapper(gru, variational_recurrent=True),
    "variational size": lambda x, ids, gru: cells.DropoutWrapper(gru, 0.5, variational_recurrent=True, dtype=tf.float32),
    "wrapped": lambda x, ids, gru: cells.ResidualWrapper(3),
    "state nothing": lambda x, ids, gru: gru.get_initial_state(),
    "state batch": lambda x, ids, gru: gru.get_initial_state(x, batch_size=3),
    "state type": lambda x, ids, gru: gru.get_initial_state(x, dtype=tf.float64),
    "abstract": lambda x, ids, gru: cells.RNNCell().state_size,
    "abstract output": lambda x, ids, gru: cells.RNNCell().output_size,
    "keyword": lambda x, ids, gru: cells.GRUCell(4, unknown=3),
    "state names": lambda x, ids, gru: tf.nn.static_state_saving_rnn(gru, [x], None, ("a", "b")),
    "state count": lambda x, ids, gru: tf.nn.static_state_saving_rnn(cells.LSTMCell(4), [x], None, ("a",)),
    "bidirectional": lambda x, ids, gru: tf.nn.static_bidirectional_rnn(gru, 3, [x], dtype=tf.float32),
    "reverse no axis": lambda x, ids, gru: tf.reverse_sequence(x, [1, 2]),
    "reverse both": lambda x, ids, gru: tf.reverse_sequence(x, [1, 2], 1, seq_dim=1),
    "reverse axis": lambda x, ids, gru: tf.reverse_sequence(x, [1, 2], 5, name="bad"),
    "reverse lengths": lambda x, ids, gru: tf.reverse_sequence(x, [1, 2, 3], 1, name="bad"),
    "reverse rank": lambda x, ids, gru: tf.reverse_sequence(x, [[1, 2]], 1, name="bad"),
    "reverse floats": lambda x, ids, gru: tf.reverse_sequence(x, tf.constant([1.0, 2.0]), 1, name="bad"),
    "state tuple": lambda x, ids, gru: cells.LSTMStateTuple(x, ids).dtype,
}
for name, function in sorted(CASES.items()):
    with tf.Graph().as_default():
        x, ids = (tf.placeholder(dtype, [2, 3]) for dtype in (tf.float32, tf.int32))
        gru = cells.GRUCell(4)
        try:
            function(x, ids, gru)
            results[name] = "nothing"
        except Exception as error:
            results[name] = [type(error).__name__, str(error).split("\n")[0].split(" <")[0].split(" for '")[0]]
