"""Element-wise functions of one argument, and their gradients."""
import minigraph as tf

x = tf.Variable([0.3, 0.5, 0.9], name="x")
results = {}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for function in (tf.abs, tf.negative, tf.exp, tf.log, tf.log1p, tf.expm1, tf.sqrt, tf.rsqrt, tf.square,
                     tf.reciprocal, tf.sign, tf.floor, tf.ceil, tf.round, tf.rint, tf.sin, tf.cos, tf.tan,
                     tf.asin, tf.acos, tf.atan, tf.sinh, tf.cosh, tf.tanh, tf.sigmoid, tf.erf, tf.lgamma,
                     tf.digamma, tf.nn.relu, tf.nn.relu6, tf.nn.elu, tf.nn.selu, tf.nn.softplus,
                     tf.nn.softsign, tf.nn.leaky_relu, tf.log_sigmoid, tf.nn.swish, tf.nn.crelu,
                     tf.nn.softmax, tf.nn.log_softmax, tf.is_nan, tf.is_finite):
        y = function(x)
        grad = tf.gradients(y, x)[0] if y.dtype == tf.float32 else None
        results[y.name] = sess.run([y] if grad is None else [y, grad])

for name, value in results.items():
    print(name, value)
