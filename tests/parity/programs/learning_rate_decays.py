"""Every learning-rate decay over several steps."""
import minigraph as tf

step = tf.train.get_or_create_global_step()
made = [tf.train.exponential_decay(0.1, step, 3, 0.5),
        tf.train.exponential_decay(0.1, step, 3, 0.5, staircase=True),
        tf.train.natural_exp_decay(0.1, step, 3, 0.5),
        tf.train.natural_exp_decay(0.1, step, 3, 0.5, staircase=True),
        tf.train.inverse_time_decay(0.1, step, 3, 0.5), tf.train.inverse_time_decay(0.1, step, 3, 0.5, True),
        tf.train.polynomial_decay(0.1, step, 5, 0.01),
        tf.train.polynomial_decay(0.1, step, 5, 0.01, 0.5, cycle=True),
        tf.train.cosine_decay(0.1, step, 6, alpha=0.1), tf.train.linear_cosine_decay(0.1, step, 6),
        tf.train.cosine_decay_restarts(0.1, step, 4), tf.train.cosine_decay_restarts(0.1, step, 4, t_mul=1.0)]
advance = tf.assign_add(step, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {}
    for _ in range(8):
        now = tf.train.global_step(sess, step)
        results["step_%d" % now] = sess.run(made)
        sess.run(advance)

for name, value in results.items():
    print(name, value)
