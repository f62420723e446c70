"""`tf.nn`: activations, convolutions, pooling and softmax."""
