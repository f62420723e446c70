"""Matrix products: plain, transposed, batched, tensordot, bias, with gradients."""
import minigraph as tf

a = tf.Variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], name="a")
b = tf.Variable([[1.0, 0.5], [0.25, -1.0], [2.0, 3.0]], name="b")
batch = tf.stack([a, a * 2.0])
made = [tf.matmul(a, b), tf.matmul(b, a, transpose_a=True, transpose_b=True),
        tf.matmul(a, a, transpose_b=True), tf.matmul(a, a, transpose_a=True),
        tf.matmul(batch, tf.stack([b, b])), tf.matmul(batch, batch, transpose_b=True), tf.tensordot(a, b, 1),
        tf.tensordot(batch, b, [[2], [0]]), tf.nn.bias_add(a, [1.0, 2.0, 3.0]),
        tf.nn.xw_plus_b(a, b, [0.5, 0.5]), tf.matmul(a, tf.transpose(a)), tf.nn.relu_layer(a, b, [0.5, 0.5])]
grads = [tf.gradients(tensor, a)[0] for tensor in made]
square = tf.constant([[4.0, 1.0], [1.0, 3.0]], name="square")
linear = [tf.matrix_inverse(square), tf.matrix_determinant(square), tf.cholesky(square), tf.trace(square),
          tf.matrix_solve(square, [[1.0], [2.0]])]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"made": sess.run(made), "grads": sess.run(grads), "linear": sess.run(linear)}

for name, value in results.items():
    print(name, value)
