"""`tf.math`: arithmetic, elementary functions, comparisons, reductions and segments."""
