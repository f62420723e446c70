"""Metrics that are gathered over batches, and begun anew."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(19)
labels = tf.placeholder(tf.int64, [None])
scores = tf.placeholder(tf.float32, [None])
predictions = tf.cast(scores > 0.5, tf.int64)

with tf.name_scope('metrics') as scope:
    metrics = {
        'accuracy': tf.metrics.accuracy(labels, predictions),
        'precision': tf.metrics.precision(labels, predictions),
        'recall': tf.metrics.recall(labels, predictions),
        'auc': tf.metrics.auc(labels, scores),
        'mean': tf.metrics.mean(scores, weights=tf.cast(labels + 1, tf.float32)),
        'rmse': tf.metrics.root_mean_squared_error(tf.cast(labels, tf.float32), scores),
        'mean_iou': tf.metrics.mean_iou(labels, predictions, num_classes=2),
        'false_positives': tf.metrics.false_positives(labels, predictions),
    }
names, (values, updates) = sorted(metrics), zip(*[metrics[name] for name in sorted(metrics)])
running = tf.get_collection(tf.GraphKeys.LOCAL_VARIABLES, scope='metrics')
reset = tf.variables_initializer(running)
confusion = tf.confusion_matrix(labels, predictions, num_classes=2)

with tf.Session() as sess:
    for run in range(2):
        sess.run(reset)
        for batch in range(3):
            truth = rng.randint(0, 2, 20)
            guess = np.clip(truth * 0.4 + rng.rand(20) * 0.6, 0, 1)
            feed = {labels: truth, scores: guess}
            sess.run(updates, feed)
            print(sess.run(confusion, feed).tolist())
        for name, value in zip(names, sess.run(values)):
            print('%-16s %.6f' % (name, value))
    print(len(running), sum(int(np.prod(v.shape.as_list())) for v in running))
