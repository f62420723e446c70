"""ExponentialMovingAverage of variables: apply, average, names, variables_to_restore."""
import minigraph as tf

v = tf.Variable([1.0, 2.0], name="v")
w = tf.get_variable("w", initializer=5.0)
ema = tf.train.ExponentialMovingAverage(0.9)
update = tf.assign_add(v, [1.0, 1.0])
with tf.control_dependencies([update]):
    train = ema.apply([v, w])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {variable.name: sess.run(variable) for variable in tf.global_variables()}
    results["names"] = [ema.average_name(v), ema.average(w).name]
    results["restore"] = sorted(ema.variables_to_restore())

for name, value in results.items():
    print(name, value)
