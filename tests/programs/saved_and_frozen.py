"""A model that is saved, frozen, written to a file and loaded: by its meta graph, and by its graph alone."""
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile

x_data = np.arange(6, dtype=np.float32).reshape(3, 2)

with tf.Graph().as_default():
    tf.set_random_seed(33)
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    w = tf.Variable(tf.random_normal([2, 3], seed=1), name='w')
    b = tf.Variable(tf.constant([0.5, -0.5, 0.25]), name='b')
    out = tf.nn.softmax(tf.matmul(x, w) + b, name='out')
    tf.add_to_collection('predictions', out)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        saver = tf.train.Saver()
        path = saver.save(sess, './model.ckpt')
        print(path, sess.run(out, {x: x_data}))
        frozen = graph_util.convert_variables_to_constants(sess, sess.graph.as_graph_def(), ['out'])
        print(len(frozen.node), sorted(set(n.op for n in frozen.node)))
    if not tf.gfile.Exists('frozen'):
        tf.gfile.MakeDirs('frozen')
    with tf.gfile.GFile('frozen/model.pb', 'wb') as f:
        f.write(frozen.SerializeToString())

with tf.Graph().as_default(), tf.Session() as sess:
    saver = tf.train.import_meta_graph('model.ckpt.meta')
    saver.restore(sess, tf.train.latest_checkpoint('./'))
    out = tf.get_collection('predictions')[0]
    x = tf.get_default_graph().get_tensor_by_name('x:0')
    print(out.name, sess.run(out, {x: x_data}))
    print([v.name for v in tf.all_variables()], sess.run('w:0')[0])

with tf.Graph().as_default(), tf.Session() as sess:
    with gfile.FastGFile('frozen/model.pb', 'rb') as f:
        graph_def = tf.GraphDef()
        graph_def.ParseFromString(f.read())
    out, = tf.import_graph_def(graph_def, return_elements=['out:0'], name='net')
    print(out.name, sess.run(out, {'net/x:0': x_data[:1]}))
    logits = tf.import_graph_def(graph_def, input_map={'x': tf.constant(x_data[1:])}, return_elements=['add:0'], name='')
    print(sess.run(logits))
with tf.gfile.FastGFile('frozen/model.pb', 'rb') as f:
    print(len(f.read()) > 300, tf.gfile.ListDirectory('frozen'))
