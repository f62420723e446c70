"""`tf.linalg`: products, solvers, decompositions, diagonals, norms."""
