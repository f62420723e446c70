"""`tf.nn.rnn_cell`: cells, the steps of recurrent networks."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.rnn.cells_base": ["RNNCell"],
        "minigraph.rnn.cells_basic": "BasicRNNCell GRUCell".split(),
        "minigraph.rnn.cells_dropout": ["DropoutWrapper"],
        "minigraph.rnn.cells_lstm": "BasicLSTMCell LSTMCell LSTMStateTuple".split(),
        "minigraph.rnn.cells_multi": ["MultiRNNCell"],
        "minigraph.rnn.cells_wrappers": "DeviceWrapper ResidualWrapper".split(),
    },
    absent(__name__),
)
