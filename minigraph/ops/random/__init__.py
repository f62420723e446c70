"""`tf.random`: TensorFlow's generator, Philox, and the operations that draw from it."""
