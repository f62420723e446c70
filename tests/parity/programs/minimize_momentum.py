"""minimize by MomentumOptimizer, and the slots that it makes."""
import minigraph as tf

a = tf.Variable([1.0, -2.0, 3.0], name="a")
b = tf.Variable(0.5, name="b")
loss = tf.reduce_sum(tf.square(a) * b + a, name="loss")
step = tf.train.create_global_step()
optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
train = optimizer.minimize(loss, global_step=step)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train)
    results = {v.name: sess.run(v) for v in tf.global_variables()}
    results["slots"] = [[name, optimizer.get_slot(a, name).name] for name in optimizer.get_slot_names()]
    results["name"] = optimizer.get_name()

for name, value in results.items():
    print(name, value)
