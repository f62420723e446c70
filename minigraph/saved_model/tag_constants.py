"""`tf.saved_model.tag_constants`: what a graph in a SavedModel is for."""

__all__ = ["GPU", "SERVING", "TPU", "TRAINING"]

SERVING = "serve"
TRAINING = "train"
GPU = "gpu"
TPU = "tpu"
