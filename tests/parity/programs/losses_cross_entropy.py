"""tf.losses.*_cross_entropy with weights and label smoothing, and the total with its gradient."""
import minigraph as tf

logits = tf.Variable([[1.0, 2.0, 0.5], [0.1, -1.0, 3.0]], name="logits")
onehot = tf.one_hot([1, 2], 3)
tf.losses.softmax_cross_entropy(onehot, logits)
tf.losses.softmax_cross_entropy(onehot, logits, weights=[0.5, 2.0], label_smoothing=0.1, scope="smooth")
tf.losses.sparse_softmax_cross_entropy([1, 2], logits)
tf.losses.sparse_softmax_cross_entropy(tf.constant([[1], [2]], tf.int64), logits, weights=0.3)
tf.losses.sigmoid_cross_entropy(onehot, logits)
tf.losses.sigmoid_cross_entropy(onehot, logits, label_smoothing=0.2, weights=[[1.0], [0.5]])
total = tf.losses.get_total_loss()
grads = tf.gradients(total, logits)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"losses": sess.run(tf.losses.get_losses()), "total": sess.run(total), "grads": sess.run(grads)}

for name, value in results.items():
    print(name, value)
