# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.seq2seq.basic_decoder import BasicDecoder, BasicDecoderOutput
from minigraph.contrib.seq2seq.decoding import Decoder, dynamic_decode
from minigraph.contrib.seq2seq.embedding_helpers import GreedyEmbeddingHelper, SampleEmbeddingHelper
from minigraph.contrib.seq2seq.helpers import CustomHelper, Helper, InferenceHelper, TrainingHelper
from minigraph.contrib.seq2seq.losses import sequence_loss

__all__ = [
    "BasicDecoder",
    "BasicDecoderOutput",
    "CustomHelper",
    "Decoder",
    "GreedyEmbeddingHelper",
    "Helper",
    "InferenceHelper",
    "SampleEmbeddingHelper",
    "TrainingHelper",
    "dynamic_decode",
    "sequence_loss",
]
