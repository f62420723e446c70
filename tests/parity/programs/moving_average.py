"""ExponentialMovingAverage of tensors: decay by num_updates, zero_debias, names."""
import minigraph as tf

v = tf.Variable([1.0, 2.0], name="v")
step = tf.train.create_global_step()
plain = tf.train.ExponentialMovingAverage(0.9)
debiased = tf.train.ExponentialMovingAverage(0.9, num_updates=step, zero_debias=True, name="Debiased")
loss = tf.reduce_sum(v * 3.0, name="loss")
first = plain.apply([loss, v * 2.0])
second = debiased.apply([loss])
average = plain.average(loss)
move = tf.group(tf.assign_add(v, [1.0, 1.0]), tf.assign_add(step, 1))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(first)
        sess.run(second)
        sess.run(move)
    results = {variable.name: sess.run(variable) for variable in tf.global_variables()}
    results["names"] = [plain.average_name(loss), debiased.average_name(loss), average.name]
    results["averages"] = [variable.name for variable in tf.moving_average_variables()]

for name, value in results.items():
    print(name, value)
