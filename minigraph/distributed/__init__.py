"""Training on many machines: clusters and servers of TensorFlow's runtime, and what a graph needs to be spread over them."""
