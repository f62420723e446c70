"""Unit tests of a small library of layers, run by tf.test.main."""
import os

import numpy as np
import tensorflow as tf


def linear(x, size, scope):
    with tf.variable_scope(scope, reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [x.shape[-1], size], initializer=tf.truncated_normal_initializer(stddev=0.1))
        b = tf.get_variable("b", [size], initializer=tf.zeros_initializer())
    return tf.nn.bias_add(tf.matmul(x, w), b)


def normalized(x, epsilon=1e-6):
    mean, variance = tf.nn.moments(x, [-1], keep_dims=True)
    return (x - mean) * tf.rsqrt(variance + epsilon)


def checked_log(x):
    with tf.control_dependencies([tf.assert_positive(x, message="log of no positive number")]):
        return tf.log(x)


class LinearTest(tf.test.TestCase):
    def setUp(self):
        super(LinearTest, self).setUp()
        self.x = tf.constant(np.random.rand(3, 4).astype(np.float32))

    def testShapeAndVariables(self):
        y = linear(self.x, 2, "fc")
        self.assertEqual([3, 2], y.get_shape().as_list())
        self.assertItemsEqual(["fc/w:0", "fc/b:0"], [v.name for v in tf.trainable_variables()])
        self.assertShapeEqual(np.zeros([3, 2]), y)

    def testReuse(self):
        y, z = linear(self.x, 2, "fc"), linear(self.x, 2, "fc")
        with self.test_session() as sess:
            sess.run(tf.global_variables_initializer())
            y_value, z_value = sess.run([y, z])
            self.assertAllEqual(y_value, z_value)
            print("linear", np.round(y_value, 5).tolist())

    def testGradient(self):
        with self.test_session():
            y = linear(self.x, 2, "fc")
            tf.global_variables_initializer().run()
            error = tf.test.compute_gradient_error(self.x, [3, 4], y, [3, 2])
            self.assertLess(error, 1e-2)

    def testSavesAndRestores(self):
        path = os.path.join(self.get_temp_dir(), "model.ckpt")
        y = linear(self.x, 2, "fc")
        saver = tf.train.Saver()
        with self.session() as sess:
            sess.run(tf.global_variables_initializer())
            before = sess.run(y)
            saver.save(sess, path)
        with self.session() as sess:
            saver.restore(sess, path)
            self.assertAllClose(before, sess.run(y))


class NormalizedTest(tf.test.TestCase):
    def testMoments(self):
        with self.cached_session():
            y = self.evaluate(normalized(tf.random_normal([5, 16], 3.0, 2.0)))
        self.assertAllClose(y.mean(1), np.zeros(5), atol=1e-5)
        self.assertAllClose(y.std(1), np.ones(5), rtol=1e-4)
        self.assertAllInRange(y, -5.0, 5.0)
        print("normalized", np.round(y[0, :4], 4).tolist())

    def testAgainstNumpy(self):
        x = np.arange(6.0).reshape(2, 3)
        with self.cached_session():
            self.assertAllCloseAccordingToType((x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True), normalized(tf.constant(x)))


class LogTest(tf.test.TestCase):
    def testValue(self):
        with self.test_session():
            y = checked_log(tf.constant([1.0, np.e], tf.float32)).eval()
            self.assertAllClose(y, [0.0, 1.0])
            self.assertDTypeEqual(y, np.float32)
            self.assertArrayNear(y, [0.0, 1.0], 1e-6)

    def testRefuses(self):
        x = tf.placeholder(tf.float32, [2])
        with self.test_session() as sess:
            with self.assertRaisesOpError("log of no positive number"):
                sess.run(checked_log(x), {x: [1.0, -1.0]})
            with self.assertRaisesRegexp(ValueError, "Dimensions must be equal"):
                tf.matmul(tf.zeros([2, 3]), tf.zeros([2, 3]))

    def testFails(self):
        with self.assertRaises(AssertionError) as caught:
            self.assertAllClose(tf.constant([1.0, 2.0]), [1.0, 2.125])
        print("failed:", [line for line in str(caught.exception).split("\n") if line][0])


if __name__ == "__main__":
    print(tf.test.is_gpu_available(), repr(tf.test.gpu_device_name()), tf.test.is_built_with_cuda())
    tf.test.main()
