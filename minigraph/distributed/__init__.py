"""Training on many machines: clusters and servers of TensorFlow's runtime, and graphs that are spread over them."""
