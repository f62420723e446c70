# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.seq2seq.attention_cell import AttentionWrapper, AttentionWrapperState
from minigraph.contrib.seq2seq.attention_mechanisms import (
    AttentionMechanism,
    BahdanauAttention,
    LuongAttention,
    hardmax,
)
from minigraph.contrib.seq2seq.basic_decoder import BasicDecoder, BasicDecoderOutput
from minigraph.contrib.seq2seq.beam_scores import BeamSearchDecoderOutput, BeamSearchDecoderState
from minigraph.contrib.seq2seq.beam_search import BeamSearchDecoder, FinalBeamSearchDecoderOutput
from minigraph.contrib.seq2seq.decoding import Decoder, dynamic_decode
from minigraph.contrib.seq2seq.embedding_helpers import GreedyEmbeddingHelper, SampleEmbeddingHelper
from minigraph.contrib.seq2seq.helpers import CustomHelper, Helper, InferenceHelper, TrainingHelper
from minigraph.contrib.seq2seq.losses import sequence_loss
from minigraph.contrib.seq2seq.same_shape import tile_batch
from minigraph.contrib.seq2seq.scheduled_helpers import ScheduledEmbeddingTrainingHelper, ScheduledOutputTrainingHelper
from minigraph.ops.rows.gather_tree import gather_tree

__all__ = [
    "AttentionMechanism",
    "AttentionWrapper",
    "AttentionWrapperState",
    "BahdanauAttention",
    "BasicDecoder",
    "BasicDecoderOutput",
    "BeamSearchDecoder",
    "BeamSearchDecoderOutput",
    "BeamSearchDecoderState",
    "CustomHelper",
    "Decoder",
    "FinalBeamSearchDecoderOutput",
    "GreedyEmbeddingHelper",
    "Helper",
    "InferenceHelper",
    "LuongAttention",
    "SampleEmbeddingHelper",
    "ScheduledEmbeddingTrainingHelper",
    "ScheduledOutputTrainingHelper",
    "TrainingHelper",
    "dynamic_decode",
    "gather_tree",
    "hardmax",
    "sequence_loss",
    "tile_batch",
]
