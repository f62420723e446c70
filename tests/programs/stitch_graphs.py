"""Graph surgery: text GraphDefs, renamed inputs, a recurrent network's graph run again, and merged graphs."""
import numpy as np
import tensorflow as tf
from google.protobuf import text_format

np.random.seed(2)

# 1. a graph as text, edited by hand
tf.reset_default_graph()
a = tf.placeholder(tf.float32, [2], name="a")
b = tf.multiply(a, 3.0, name="b")
c = tf.add(b, 1.0, name="c")
text = text_format.MessageToString(tf.get_default_graph().as_graph_def())
text = text.replace('op: "Mul"', 'op: "Sub"')
edited = text_format.Parse(text, tf.GraphDef())
with tf.Graph().as_default(), tf.Session() as sess:
    tf.import_graph_def(edited, name="")
    print(sess.run("c:0", {"a:0": [1.0, 10.0]}))

# 2. one network twice, with another input each time
with tf.Graph().as_default() as net:
    x = tf.placeholder(tf.float32, [None, 4, 3], name="x")
    tf.set_random_seed(5)
    outputs, state = tf.nn.static_rnn(tf.nn.rnn_cell.GRUCell(4), tf.unstack(x, axis=1), dtype=tf.float32)
    tf.identity(state, name="state")
    tf.group(tf.global_variables_initializer(), name="init_all")
    rnn = net.as_graph_def()
data = np.random.randn(2, 4, 3).astype(np.float32)
with tf.Graph().as_default(), tf.Session() as sess:
    forward = tf.constant(data)
    backward = tf.reverse(forward, [1])
    first, init1 = tf.import_graph_def(rnn, {"x:0": forward}, ["state:0", "init_all"], name="left")
    second, init2 = tf.import_graph_def(rnn, {"x": backward}, ["state:0", "init_all"], name="right")
    sess.run([init1, init2])
    both = tf.concat([first, second], 1)
    print(first.name, second.name, both.shape)
    value = sess.run(both)
    print("finite:", np.isfinite(value).all(), "different halves:", not np.allclose(value[:, :4], value[:, 4:]))
    slope = tf.gradients(tf.reduce_sum(first), forward)[0]
    print("slope %.4f" % np.abs(sess.run(slope)).sum(), slope.shape)

# 3. control inputs, counters and what is not there
with tf.Graph().as_default() as g:
    count = tf.Variable(0, name="count")
    bump = tf.assign_add(count, 1, name="bump")
    with tf.control_dependencies([bump]):
        tf.identity(tf.constant(7.0), name="seven")
    tf.variables_initializer([count], name="start")
    graph_def = g.as_graph_def()
with tf.Graph().as_default(), tf.Session() as sess:
    tf.import_graph_def(graph_def, name="sub")
    sess.run("sub/start")
    print([float(sess.run("sub/seven:0")) for _ in range(3)], sess.run("sub/count:0"))
    quiet = tf.no_op(name="quiet")
    with tf.control_dependencies([quiet]):
        zero = tf.constant(0, name="zero")
    seven, = tf.import_graph_def(graph_def, {"^bump": zero}, ["seven:0"])
    print(seven.name, [op.name for op in seven.op.control_inputs], float(sess.run(seven)))
    for wrong in ({"return_elements": ["eight:0"]}, {"return_elements": ["seven:3"]}, {"input_map": {"zero:0": seven}}):
        try:
            tf.import_graph_def(graph_def, name="w", **wrong)
        except ValueError as e:
            print("ValueError:", str(e).split("\n")[0])
