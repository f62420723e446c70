"""compute_gradients and apply_gradients apart: None gradients, grad_loss, var_list, gate, colocation."""
import minigraph as tf

a = tf.Variable(2.0, name="a")
b = tf.Variable([1.0, 2.0], name="b")
unused = tf.Variable(1.0, name="unused")
loss = tf.reduce_sum(a * b)
sgd = tf.train.GradientDescentOptimizer(tf.constant(0.1, name="rate"))
pairs = sgd.compute_gradients(loss, [a, b, unused], gate_gradients=tf.train.Optimizer.GATE_GRAPH)
train = sgd.apply_gradients(pairs, name="mine")
colocated = tf.gradients(loss * loss, [a, b], colocate_gradients_with_ops=True)
ungated = tf.train.MomentumOptimizer(0.1, 0.9).compute_gradients(loss, [b], gate_gradients=0,
                                                                 grad_loss=tf.constant(3.0))
shared = tf.train.AdamOptimizer(0.1)
first = shared.minimize(loss, var_list=[a])
second = shared.minimize(loss * 2.0, var_list=[b])
try:
    sgd.minimize(tf.constant(1.0))
except ValueError as error:
    message = str(error).split(":")[0]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"ungated": sess.run(ungated[0][0]), "colocated": sess.run(colocated), "message": message,
               "none": str(pairs[2][0])}
    for op in (train, first, second):
        sess.run(op)
        results[op.name] = sess.run([a, b])

for name, value in results.items():
    print(name, value)
