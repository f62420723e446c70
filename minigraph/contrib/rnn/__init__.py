"""`tf.contrib.rnn`: the cells of `tf.nn.rnn_cell`, and more of them."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.rnn.embedding": ["EmbeddingWrapper"],
        "minigraph.contrib.rnn.normalized": ["LayerNormBasicLSTMCell"],
        "minigraph.contrib.rnn.projections": "InputProjectionWrapper OutputProjectionWrapper".split(),
        "minigraph.contrib.rnn.stacked": "stack_bidirectional_dynamic_rnn stack_bidirectional_rnn".split(),
        "minigraph.nn.rnn_cell": """
            BasicLSTMCell BasicRNNCell DeviceWrapper DropoutWrapper GRUCell LSTMCell LSTMStateTuple MultiRNNCell RNNCell
            ResidualWrapper
        """.split(),
        "minigraph.rnn.cells_base": ["LayerRNNCell"],
        "minigraph.rnn.dynamic_rnn": """
            best_effort_input_batch_size=batch_size_of transpose_batch_time=transposed
        """.split(),
        "minigraph.rnn.static_rnn": "static_bidirectional_rnn static_rnn static_state_saving_rnn".split(),
    },
    absent(__name__),
)
