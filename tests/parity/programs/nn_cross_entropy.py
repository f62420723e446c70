"""tf.nn's cross-entropies with unknown batch size, rank three, and gradients."""
import minigraph as tf

logits = tf.placeholder(tf.float32, [None, 3], name="logits")
dense = tf.placeholder(tf.float32, [None, 3], name="dense")
sparse = tf.placeholder(tf.int64, [None], name="sparse")
made = [tf.nn.softmax_cross_entropy_with_logits(labels=dense, logits=logits),
        tf.nn.softmax_cross_entropy_with_logits_v2(labels=dense, logits=logits),
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=sparse, logits=logits),
        tf.nn.sigmoid_cross_entropy_with_logits(labels=dense, logits=logits),
        tf.nn.weighted_cross_entropy_with_logits(targets=dense, logits=logits, pos_weight=2.0),
        tf.nn.softmax(logits), tf.nn.log_softmax(logits), tf.nn.softmax(logits, axis=0)]
cube = tf.reshape(logits, [1, -1, 3], name="cube")
made.append(tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.expand_dims(dense, 0), logits=cube))
made.append(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.expand_dims(sparse, 0), logits=cube))
made.append(tf.nn.softmax(cube))
grads = [tf.gradients(tensor, logits)[0] for tensor in made]
label_grad = tf.gradients(made[1], dense)
hits = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), sparse), tf.float32))
top = tf.nn.in_top_k(logits, sparse, 2)
feed = {logits: [[1.0, 2.0, 0.5], [0.1, -1.0, 3.0]], dense: [[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]],
        sparse: [1, 0]}
with tf.Session() as sess:
    results = {"made": sess.run(made, feed), "grads": sess.run(grads, feed),
               "label": sess.run(label_grad, feed), "hits": sess.run(hits, feed), "top": sess.run(top, feed)}

for name, value in results.items():
    print(name, value)
