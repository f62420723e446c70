"""`tf.linalg`: products, solvers, decompositions, diagonals and norms."""
