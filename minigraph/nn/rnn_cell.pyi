# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.rnn.cells_base import RNNCell
from minigraph.rnn.cells_basic import BasicRNNCell, GRUCell
from minigraph.rnn.cells_dropout import DropoutWrapper
from minigraph.rnn.cells_lstm import BasicLSTMCell, LSTMCell, LSTMStateTuple
from minigraph.rnn.cells_multi import MultiRNNCell
from minigraph.rnn.cells_wrappers import DeviceWrapper, ResidualWrapper

__all__ = [
    "BasicLSTMCell",
    "BasicRNNCell",
    "DeviceWrapper",
    "DropoutWrapper",
    "GRUCell",
    "LSTMCell",
    "LSTMStateTuple",
    "MultiRNNCell",
    "RNNCell",
    "ResidualWrapper",
]
