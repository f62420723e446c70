"""Arrays as TensorProto messages and back, as clients of a model server send them."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib.util import make_ndarray, make_tensor_proto
from tensorflow.core.framework import tensor_pb2
from tensorflow.python.framework import tensor_util

image = np.linspace(0, 1, 6, dtype=np.float32).reshape(1, 2, 3)
request = {
    "image": tf.contrib.util.make_tensor_proto(image, shape=[1, 2, 3]),
    "keep": make_tensor_proto(0.75, dtype=tf.float32),
    "names": tf.make_tensor_proto(["a", "bc"]),
    "mask": tf.make_tensor_proto([True, False], shape=[2, 2]),
    "half": tf.make_tensor_proto(np.float16([0.5, -2.0])),
    "count": tensor_util.make_tensor_proto(7, dtype=tf.int64, shape=[2]),
}
for key in sorted(request):
    message = request[key]
    data = message.SerializeToString()
    again = tensor_pb2.TensorProto.FromString(data)
    array = make_ndarray(again)
    print(key, message.dtype, len(data), [dim.size for dim in message.tensor_shape.dim], array.dtype, array.tolist())
print(request["keep"])
print(request["mask"])
print(tf.as_dtype(request["half"].dtype), tf.TensorShape(request["image"].tensor_shape))

x = tf.placeholder(tf.float32, [None, 2, 3])
scores = tf.nn.softmax(tf.reduce_sum(x, axis=1))
with tf.Session() as sess:
    result = sess.run(scores, {x: make_ndarray(request["image"])})
    response = make_tensor_proto(result)
    print(np.round(tf.make_ndarray(response), 6), response.dtype == tf.float32.as_datatype_enum)
    constant = tf.constant(tf.make_ndarray(request["count"]), name="count")
    print(sess.run(constant * 2), constant.dtype)
for bad in ([1.0, 2.0, 3.0], [2]), (None, None), ([[1], [2, 3]], None):
    try:
        make_tensor_proto(bad[0], shape=bad[1])
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
