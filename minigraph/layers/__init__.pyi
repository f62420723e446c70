# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.layers.base import InputSpec, Layer
from minigraph.layers.convolutional import Conv1D, Conv2D, Conv2DTranspose, conv1d, conv2d, conv2d_transpose
from minigraph.layers.dense_layer import Dense, dense
from minigraph.layers.dropout_layer import Dropout, dropout
from minigraph.layers.flatten_layer import Flatten, flatten
from minigraph.layers.normalization import BatchNormalization, batch_normalization
from minigraph.layers.pooling import AveragePooling2D, MaxPooling2D, average_pooling2d, max_pooling2d

__all__ = [
    "AveragePooling2D",
    "BatchNormalization",
    "Conv1D",
    "Conv2D",
    "Conv2DTranspose",
    "Dense",
    "Dropout",
    "Flatten",
    "InputSpec",
    "Layer",
    "MaxPooling2D",
    "average_pooling2d",
    "batch_normalization",
    "conv1d",
    "conv2d",
    "conv2d_transpose",
    "dense",
    "dropout",
    "flatten",
    "max_pooling2d",
]
