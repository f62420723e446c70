"""`tf.random`: TensorFlow's own generator, Philox, and what draws from it."""
