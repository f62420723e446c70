"""The functions of `tf.image` that are built from several operations: crops, flips, colours, measures, files."""
