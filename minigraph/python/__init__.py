"""Where TensorFlow 1.x programs look for what `tf` itself does not name."""
