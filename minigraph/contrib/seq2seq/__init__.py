"""`tf.contrib.seq2seq`: decoders that run in a loop, and losses of sequences."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.seq2seq.attention_cell": "AttentionWrapper AttentionWrapperState".split(),
        "minigraph.contrib.seq2seq.attention_mechanisms": """
            AttentionMechanism BahdanauAttention LuongAttention hardmax
        """.split(),
        "minigraph.contrib.seq2seq.basic_decoder": "BasicDecoder BasicDecoderOutput".split(),
        "minigraph.contrib.seq2seq.beam_scores": "BeamSearchDecoderOutput BeamSearchDecoderState".split(),
        "minigraph.contrib.seq2seq.beam_search": "BeamSearchDecoder FinalBeamSearchDecoderOutput".split(),
        "minigraph.contrib.seq2seq.decoding": "Decoder dynamic_decode".split(),
        "minigraph.contrib.seq2seq.embedding_helpers": "GreedyEmbeddingHelper SampleEmbeddingHelper".split(),
        "minigraph.contrib.seq2seq.helpers": "CustomHelper Helper InferenceHelper TrainingHelper".split(),
        "minigraph.contrib.seq2seq.losses": ["sequence_loss"],
        "minigraph.ops.namespace": ["gather_tree"],
        "minigraph.contrib.seq2seq.scheduled_helpers": """
            ScheduledEmbeddingTrainingHelper ScheduledOutputTrainingHelper
        """.split(),
        "minigraph.contrib.seq2seq.same_shape": ["tile_batch"],
    },
    absent(__name__),
)
