"""Summaries as bytes: those that TensorBoard's messages give, without them."""

import numpy as np
import pytest

import minigraph as tf
from minigraph.ops.summary import messages
from minigraph.ops.summary.histogram import histogram_fields

summary_pb2 = pytest.importorskip("tensorboard.compat.proto.summary_pb2")
tensor_pb2 = pytest.importorskip("tensorboard.compat.proto.tensor_pb2")
tensor_shape_pb2 = pytest.importorskip("tensorboard.compat.proto.tensor_shape_pb2")


def run(build, *values):
    with tf.Graph().as_default(), tf.Session() as sess:
        fed = [tf.placeholder(v.dtype if v.dtype != object else tf.string, v.shape) for v in map(np.asarray, values)]
        return sess.run(build(*fed), dict(zip(fed, values)))


@pytest.mark.parametrize("number", [0.0, -0.0, 0.5, -3.25, 1e-42, 1e300, -1e300, np.inf, np.nan])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.filterwarnings("ignore:overflow")
def test_a_number(number, dtype):
    number = dtype(number)
    wanted = summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag="a_size", simple_value=float(number))])
    assert run(lambda x: tf.summary.scalar("a size", x), number) == wanted.SerializeToString()


@pytest.mark.parametrize(
    "values", [[], [0.0], [-0.0], [1.0] * 300, [-1e30, 1e-20, 5.0], np.linspace(-3, 3, 1000) ** 3], ids=len
)
def test_a_histogram(values):
    values = np.array(values, np.float64)
    proto = summary_pb2.HistogramProto(**histogram_fields(values))
    wanted = summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag="h", histo=proto)])
    assert run(lambda x: tf.summary.histogram("h", x), values) == wanted.SerializeToString()


@pytest.mark.parametrize("shape", [(2, 3, 4, 1), (1, 300, 2, 3), (1, 1, 200, 4), (0, 2, 2, 1)])
def test_images(shape):
    pixels = np.random.RandomState(0).randint(0, 256, shape).astype(np.uint8)
    read = run(lambda x: tf.summary.image("i", x, max_outputs=2), pixels)
    message = summary_pb2.Summary.FromString(read)
    assert [value.tag for value in message.value] == [f"i/image/{k}" for k in range(min(2, shape[0]))]
    for value in message.value:
        assert (value.image.height, value.image.width, value.image.colorspace) == shape[1:]
        assert value.image.encoded_image_string.startswith(b"\x89PNG")
    assert read == message.SerializeToString()


@pytest.mark.parametrize("texts", ["one", ["a", ""], [["größe"], ["b" * 300]], np.zeros([0, 2], object)], ids=len)
def test_texts(texts):
    texts = np.array(texts, dtype=object)
    plugin = summary_pb2.SummaryMetadata(plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name="text"))
    sizes = [tensor_shape_pb2.TensorShapeProto.Dim(size=size) for size in texts.shape]
    shape = tensor_shape_pb2.TensorShapeProto(dim=sizes)
    tensor = tensor_pb2.TensorProto(dtype=7, tensor_shape=shape, string_val=[text.encode() for text in texts.ravel()])
    wanted = summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag="t", tensor=tensor, metadata=plugin)])
    assert run(lambda x: tf.summary.text("t", x), texts) == wanted.SerializeToString()


def test_a_merge_is_one_message():
    def build(x):
        return tf.summary.merge([tf.summary.scalar("a", x[0]), tf.summary.histogram("b", x)])

    message = summary_pb2.Summary.FromString(made := run(build, np.array([1.0, 2.0])))
    assert [value.tag for value in message.value] == ["a", "b"] and message.SerializeToString() == made


@pytest.mark.parametrize(
    "damaged",
    [
        b"\x0a",
        b"\x0a\x05\x0a",
        b"\xff" * 11,
        b"\x0b\x00",
        b"\x0d\x00",
        b"\x0a\x02\x0a\x09",
        b"\x0a\x03\x0a\x01\xff",
        "text",
    ],
)
def test_what_is_no_summary_cannot_be_merged(damaged):
    with pytest.raises(Exception, match="Could not parse one of the summary inputs"):
        run(lambda x: tf.summary.merge([x]), np.array(damaged, dtype=object))


def test_unknown_fields_are_passed_on():
    known = messages.summary(messages.value("a", messages.single(2, 1.0))).item()
    unknown = messages.integer(9, 300) + messages.double(10, 2.0) + messages.single(11, 0.0) + messages.part(12, b"x")
    assert run(lambda x: tf.summary.merge([x]), np.array(unknown + known, dtype=object)) == unknown + known
    assert list(messages.tags(unknown + known)) == ["a"]
