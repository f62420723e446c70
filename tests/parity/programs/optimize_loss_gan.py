"""Two optimize_loss that take turns, neither of which moves the global step."""
import minigraph as tf

real = tf.constant([[1.0], [2.0], [3.0]], name="real")
noise = tf.constant([[-1.0], [0.0], [1.0]], name="noise")
ones = tf.ones_initializer()


def discriminate(value, reuse):
    with tf.variable_scope("discriminator", reuse=reuse):
        return tf.layers.dense(value, 1, kernel_initializer=ones, name="out")


with tf.variable_scope("generator"):
    fake = tf.layers.dense(noise, 1, kernel_initializer=ones, name="out")
on_real, on_fake = discriminate(real, None), discriminate(fake, True)
d_loss = tf.reduce_mean(tf.nn.softplus(-on_real)) + tf.reduce_mean(tf.nn.softplus(on_fake))
g_loss = tf.reduce_mean(tf.nn.softplus(-on_fake))
step = tf.train.get_or_create_global_step()
trains = [tf.contrib.layers.optimize_loss(loss, step, 0.1, "Adam", name="train_" + who,
                                          increment_global_step=False, variables=tf.trainable_variables(who),
                                          summaries=["loss"])
          for who, loss in (("discriminator", d_loss), ("generator", g_loss))]
advance = tf.assign_add(step, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        for train in trains:
            sess.run(train)
        sess.run(advance)
    results = {v.name: sess.run(v) for v in tf.global_variables()}

for name, value in results.items():
    print(name, value)
