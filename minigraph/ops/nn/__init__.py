"""`tf.nn`: activations, convolutions, pooling, softmax."""
