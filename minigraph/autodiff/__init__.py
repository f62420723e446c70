"""Reverse-mode differentiation: what `tf.gradients` and `tf.hessians` build."""
