"""What cells and static_rnn refuse."""
import minigraph as tf

results = {}
cells = tf.nn.rnn_cell
x = tf.placeholder(tf.float32, [2, 3])
ids = tf.placeholder(tf.int32, [2, 3])
gru = cells.GRUCell(4)
CASES = {
    "not a cell": lambda: tf.nn.static_rnn(abs, [x], dtype=tf.float32),
    "no list": lambda: tf.nn.static_rnn(gru, x, dtype=tf.float32),
    "empty": lambda: tf.nn.static_rnn(gru, [], dtype=tf.float32),
    "no type": lambda: tf.nn.static_rnn(gru, [x]),
    "unknown depth": lambda: tf.nn.static_rnn(gru, [tf.placeholder(tf.float32, [2, None])], dtype=tf.float32),
    "unknown depth of cell": lambda: cells.LSTMCell(4)(
        tf.placeholder(tf.float32, [2, None]), (x, x)),
    "vector": lambda: gru(tf.zeros([3]), x),
    "lengths": lambda: tf.nn.static_rnn(gru, [x], dtype=tf.float32, sequence_length=[[1]]),
    "integers": lambda: gru(ids, ids),
    "integer type": lambda: cells.BasicLSTMCell(4, dtype=tf.int32),
    "no cells": lambda: cells.MultiRNNCell([]),
    "one cell": lambda: cells.MultiRNNCell(gru),
    "tuples": lambda: cells.MultiRNNCell([cells.LSTMCell(4)], state_is_tuple=False),
    "state of multi": lambda: cells.MultiRNNCell([gru])(x, x),
    "probability": lambda: cells.DropoutWrapper(gru, input_keep_prob=1.5),
    "visitor": lambda: cells.DropoutWrapper(gru, dropout_state_filter_visitor=3),
    "variational type": lambda: cells.DropoutWrapper(gru, variational_recurrent=True),
    "variational size": lambda: cells.DropoutWrapper(gru, 0.5, variational_recurrent=True, dtype=tf.float32),
    "wrapped": lambda: cells.ResidualWrapper(3),
    "residual": lambda: cells.ResidualWrapper(cells.GRUCell(4))(x, tf.zeros([2, 4])),
    "residual structure": lambda: cells.ResidualWrapper(cells.GRUCell(4), None)((x,), tf.zeros([2, 4])),
    "state nothing": lambda: gru.get_initial_state(),
    "state batch": lambda: gru.get_initial_state(x, batch_size=3),
    "state type": lambda: gru.get_initial_state(x, dtype=tf.float64),
    "abstract": lambda: cells.RNNCell().state_size,
    "abstract output": lambda: cells.RNNCell().output_size,
    "keyword": lambda: cells.GRUCell(4, unknown=3),
    "state names": lambda: tf.nn.static_state_saving_rnn(gru, [x], None, ("a", "b")),
    "state count": lambda: tf.nn.static_state_saving_rnn(cells.LSTMCell(4), [x], None, ("a",)),
    "bidirectional": lambda: tf.nn.static_bidirectional_rnn(gru, 3, [x], dtype=tf.float32),
    "state tuple": lambda: cells.LSTMStateTuple(x, ids).dtype,
}
for name, function in sorted(CASES.items()):
    with tf.Graph().as_default():
        try:
            function()
            results[name] = "nothing"
        except Exception as error:
            results[name] = [type(error).__name__, str(error).split("\n")[0].split(" <")[0].split(" at 0x")[0]]
