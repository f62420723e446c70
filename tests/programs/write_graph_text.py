"""Write the graph as text and as bytes, and read both back; what is in a GraphDef."""
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf
from google.protobuf import text_format

tf.set_random_seed(0)
a = tf.placeholder(tf.float32, shape=(None, 3), name="a")
with tf.name_scope("layer"):
    v = tf.Variable(np.arange(6.0, dtype=np.float32).reshape(3, 2) / 10, name="my_variable")
    product = tf.matmul(a, v, name="product")
total = tf.reduce_sum(tf.tanh(product), axis=1, name="total")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.train.write_graph(sess.graph_def, "my-model", "train.pbtxt")
    tf.train.write_graph(sess.graph, "my-model", "train.pb", as_text=False)
    print("total:", sess.run(total, {a: [[1, 2, 3], [0.5, 0, -1]]}))

print(sorted(os.listdir("my-model")))
with open(os.path.join("my-model", "train.pbtxt")) as f:
    text = f.read()
print("\n".join(text.splitlines()[:28]))
from_text = tf.GraphDef()
text_format.Merge(text, from_text)
from_bytes = tf.GraphDef()
with open(os.path.join("my-model", "train.pb"), "rb") as f:
    from_bytes.ParseFromString(f.read())
print("equal:", from_text == from_bytes, "nodes:", len(from_bytes.node), "producer:", from_bytes.versions.producer)

kinds = {}
for node in from_bytes.node:
    kinds[node.op] = kinds.get(node.op, 0) + 1
for kind in sorted(kinds):
    print(kind, kinds[kind])
for node in from_bytes.node:
    if node.op == "Const" and node.attr["dtype"].type == tf.float32.as_datatype_enum:
        print(node.name, tf.make_ndarray(node.attr["value"].tensor).tolist())

part = tf.graph_util.extract_sub_graph(from_bytes, ["layer/product"])
print([node.name for node in part.node])
with tf.Graph().as_default() as graph:
    tf.import_graph_def(part, name="")
    print(graph.get_tensor_by_name("layer/product:0"))
    print(tf.graph_util.tensor_shape_from_node_def_name(graph, "layer/product"))
    with tf.Session() as sess:
        sess.run(graph.get_tensor_by_name("layer/my_variable:0").op.name + ":0", {"layer/my_variable:0": np.eye(3, 2)})
        print(sess.run("layer/product:0", {"a:0": [[1, 2, 3]], "layer/my_variable:0": np.ones((3, 2))}))
