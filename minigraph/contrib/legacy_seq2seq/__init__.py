"""`tf.contrib.legacy_seq2seq`: decoders, models and losses of sequences given as lists of tensors."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.legacy_seq2seq.attention": "attention_decoder embedding_attention_decoder".split(),
        "minigraph.contrib.legacy_seq2seq.decoders": "embedding_rnn_decoder rnn_decoder".split(),
        "minigraph.contrib.legacy_seq2seq.losses": """
            model_with_buckets sequence_loss sequence_loss_by_example
        """.split(),
        "minigraph.contrib.legacy_seq2seq.models": """
            basic_rnn_seq2seq embedding_attention_seq2seq embedding_rnn_seq2seq embedding_tied_rnn_seq2seq
            one2many_rnn_seq2seq tied_rnn_seq2seq
        """.split(),
    },
    absent(__name__),
)
