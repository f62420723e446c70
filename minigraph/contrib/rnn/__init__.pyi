# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.rnn.embedding import EmbeddingWrapper
from minigraph.contrib.rnn.normalized import LayerNormBasicLSTMCell
from minigraph.contrib.rnn.projections import InputProjectionWrapper, OutputProjectionWrapper
from minigraph.contrib.rnn.stacked import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn
from minigraph.rnn.cells_base import LayerRNNCell, RNNCell
from minigraph.rnn.cells_basic import BasicRNNCell, GRUCell
from minigraph.rnn.cells_dropout import DropoutWrapper
from minigraph.rnn.cells_lstm import BasicLSTMCell, LSTMCell, LSTMStateTuple
from minigraph.rnn.cells_multi import MultiRNNCell
from minigraph.rnn.cells_wrappers import DeviceWrapper, ResidualWrapper
from minigraph.rnn.dynamic_rnn import batch_size_of as best_effort_input_batch_size, transposed as transpose_batch_time
from minigraph.rnn.static_rnn import static_bidirectional_rnn, static_rnn, static_state_saving_rnn

__all__ = [
    "BasicLSTMCell",
    "BasicRNNCell",
    "DeviceWrapper",
    "DropoutWrapper",
    "EmbeddingWrapper",
    "GRUCell",
    "InputProjectionWrapper",
    "LSTMCell",
    "LSTMStateTuple",
    "LayerNormBasicLSTMCell",
    "LayerRNNCell",
    "MultiRNNCell",
    "OutputProjectionWrapper",
    "RNNCell",
    "ResidualWrapper",
    "best_effort_input_batch_size",
    "stack_bidirectional_dynamic_rnn",
    "stack_bidirectional_rnn",
    "static_bidirectional_rnn",
    "static_rnn",
    "static_state_saving_rnn",
    "transpose_batch_time",
]
