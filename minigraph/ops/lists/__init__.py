"""Lists of tensors, each one variant tensor, and `TensorArray`, which is made of them."""
