"""`tf.math`: arithmetic, functions, comparisons, reductions, segments."""
