"""Protocol messages: TensorBoard's under the names of `tf`; a clear error where it is not installed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import minigraph as tf
from minigraph.alias.modules import installed
from minigraph.graph import protos
from minigraph.graph.tensor_protos import array_of

pytest.importorskip("tensorboard")


@pytest.mark.parametrize("name", sorted(protos._FILE_OF))
def test_each_message_is_in_its_file(name):
    file = protos._FILE_OF[name]
    module = protos.tensorboard(file) if "." in file else protos.file(file)
    assert getattr(protos, name) is getattr(module, name)
    assert getattr(protos, name).DESCRIPTOR.name == name and name in dir(protos)


def test_names_of_tf_are_these_messages():
    assert tf.GraphDef is tf.compat.v1.GraphDef is protos.GraphDef
    assert tf.summary.Summary is tf.Summary and tf.Summary.Value(tag="a", simple_value=1.0).tag == "a"
    assert not hasattr(protos, "Nothing") and protos.file("nothing_pb2") is None


def test_paths_of_tensorflow_lead_to_them():
    with installed():
        from tensorflow.core.example import example_pb2
        from tensorflow.core.framework import graph_pb2, tensor_pb2, types_pb2
        from tensorflow.core.protobuf.config_pb2 import ConfigProto
        from tensorflow.core.util.event_pb2 import Event

        assert graph_pb2.GraphDef is tf.GraphDef and Event is tf.Event and ConfigProto is tf.ConfigProto
        assert types_pb2.DT_HALF == 19 and tensor_pb2.DESCRIPTOR.name.endswith("tensor.proto")
        assert example_pb2.Example is tf.train.Example
        for module in graph_pb2, example_pb2:
            with pytest.raises(AttributeError, match="Nothing"):
                module.Nothing  # noqa: B018


def test_without_tensorboard_only_their_use_fails():
    program = """
import sys
sys.modules["tensorboard"] = None
import minigraph as tf
y = tf.constant([1.0]) + tf.zeros([1])
for use in lambda: tf.GraphDef, lambda: tf.summary.Summary, lambda: tf.make_tensor_proto(1.0), y.shape.as_proto:
    try:
        use()
    except ImportError as error:
        print(error)
print(tf.Session().run(y))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *errors, last = done.stdout.splitlines()
    assert errors == 4 * ["Protocol messages need the package tensorboard: pip install 'minigraph[tensorboard]'"]
    assert last == "[1.]"


def test_a_repeated_element_takes_no_memory_until_it_must():
    message = tf.make_tensor_proto(1.5, shape=[1 << 20, 1 << 20])
    assert array_of(message).strides == (0, 0) and not array_of(message).flags.writeable


@pytest.mark.parametrize("dtype", [tf.qint8, tf.quint16, tf.qint32])
def test_quantized_numbers(dtype):
    for size in (1, 3):
        array = np.array([(7,)] * size, dtype.as_numpy_dtype)
        message = tf.make_tensor_proto(array, dtype)
        assert message.dtype == dtype.as_datatype_enum and tf.make_ndarray(message).tolist() == array.tolist()


def test_unsigned_numbers_of_32_and_64_bits_are_read_from_their_fields():
    for dtype in np.uint32, np.uint64:
        assert tf.make_ndarray(tf.make_tensor_proto(np.array([1, 2], dtype), shape=[3])).tolist() == [1, 2, 2]


def test_bfloat16():
    pytest.importorskip("ml_dtypes")
    message = tf.make_tensor_proto([1.0, 2.0], tf.bfloat16)
    assert message.SerializeToString().hex() == "080e1204120208026a05807f808001"  # recorded from TensorFlow 1.15.5
    assert tf.make_ndarray(message).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("dtype", [0, 20, 21, 101, 999])
def test_types_that_arrays_do_not_have(dtype):
    with pytest.raises(TypeError, match="Unsupported tensor type"):
        tf.make_ndarray(protos.TensorProto(dtype=dtype))


def test_elements_that_do_not_fit_the_shape():
    shape = tf.TensorShape([2]).as_proto()
    for wrong in (
        protos.TensorProto(dtype=1, tensor_shape=shape, tensor_content=b"1234" * 3),
        protos.TensorProto(dtype=1, tensor_shape=shape, tensor_content=b"123"),
        protos.TensorProto(dtype=1, tensor_shape=shape, float_val=[1.0, 2.0, 3.0]),
        protos.TensorProto(dtype=1, tensor_shape=tf.TensorShape(None).as_proto(), float_val=[1.0, 2.0]),
    ):
        with pytest.raises(ValueError):
            tf.make_ndarray(wrong)
