"""`tf.dtypes`: the types of elements."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.dtypes": """
            DType as_dtype bfloat16 bool=bool_ complex128 complex64 double float16 float32 float64 half int16 int32
            int64 int8 qint16 qint32 qint8 quint16 quint8 resource string uint16 uint32 uint64 uint8 variant
        """.split(),
        "minigraph.ops.namespace": "cast complex saturate_cast".split(),
    },
    absent(__name__),
)
