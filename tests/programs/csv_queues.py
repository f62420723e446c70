"""Input by queues: file names, lines, columns, batches; then a regression on what they hand out."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(13)
for part in range(2):
    with open('part%d.csv' % part, 'w') as f:
        f.write('a,b,kind,y\n')
        for _ in range(12):
            a, b, kind = rng.rand(), rng.rand(), rng.choice(['plain', 'odd'])
            f.write('%.4f,%.4f,%s,%.4f\n' % (a, b, kind, 2 * a - b + (0.5 if kind == 'odd' else 0.0)))

filename_queue = tf.train.string_input_producer(['part0.csv', 'part1.csv'], shuffle=False)
reader = tf.TextLineReader(skip_header_lines=1)
key, value = reader.read(filename_queue)
a, b, kind, y = tf.decode_csv(value, record_defaults=[[0.0], [0.0], [''], [0.0]])
odd = tf.cond(tf.equal(kind, tf.constant('odd')), lambda: tf.constant(1.0), lambda: tf.constant(0.0))
features = tf.stack([a, b, odd])
key_batch, x_batch, y_batch = tf.train.batch([key, features, y], batch_size=6)

w = tf.Variable(tf.zeros([3, 1]))
error = tf.reduce_mean(tf.square(tf.squeeze(tf.matmul(x_batch, w), 1) - y_batch))
train = tf.train.GradientDescentOptimizer(0.4).minimize(error)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=sess, coord=coord)
    print(sess.run(key_batch).tolist())
    for step in range(41):
        _, e = sess.run([train, error])
        if step % 10 == 0:
            print(step, 'error %.6f' % e)
    print(sess.run(w).ravel())
    coord.request_stop()
    coord.join(threads)
    print(len(threads), coord.should_stop(), [q.name for q in tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)])
