"""Reverse-mode differentiation: `tf.gradients` and `tf.hessians`."""
