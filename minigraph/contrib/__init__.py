"""`tf.contrib`: the parts of TensorFlow 1.x's contributed code that MiniGraph supports."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: """
            crf data distributions framework image layers legacy_seq2seq lookup losses metrics opt rnn seq2seq slim
            tensorboard training util
        """.split()
    },
    absent(__name__),
)
