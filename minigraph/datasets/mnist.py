"""MNIST, as `tensorflow.examples.tutorials.mnist.input_data` reads it: from local files, or made up.

The files are those of the original page, `train-images-idx3-ubyte.gz` and its three fellows (packed or not), or an
`mnist.npz` as Keras has it. Nothing is loaded from the network.
"""

from __future__ import annotations

import collections
import gzip
import os
from typing import Any

import numpy as np

from minigraph.graph.dtypes import as_dtype, float32
from minigraph.graph.seeds import get_seed

__all__ = ["DataSet", "Datasets", "fake_digits", "read_data_sets"]

Datasets = collections.namedtuple("Datasets", ["train", "validation", "test"])

_PARTS = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
use_fake_digits = False  # `minigraph run --fake-data`: where no files are found, digits are made up


class DataSet:
    """Images with labels, given out in batches.

    Args:
        images: uint8, of shape [n, rows, columns, 1].
        labels: of shape [n], or [n, 10] for one-hot ones.
        fake_data: True for a set whose batches hold ones and zeros only, as in TF1.
        one_hot: whether the fake labels are one-hot.
        dtype: tf.uint8 for values from 0 to 255, tf.float32 for values from 0 to 1.
        reshape: True for images of shape [n, rows * columns].
        seed: a seed for the order of the batches; by default the graph's.

    Raises:
        TypeError: for another dtype.
    """

    def __init__(
        self,
        images: Any,
        labels: Any,
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: Any = float32,
        reshape: bool = True,
        seed: int | None = None,
    ):
        # As in TF1, whose batches come in numpy's order after numpy's own seed.
        first, second = get_seed(seed)
        np.random.seed(first if seed is None else second)
        kind = as_dtype(dtype).base_dtype
        if kind.name not in ("uint8", "float32"):
            raise TypeError(f"Invalid image dtype {kind!r}, expected uint8 or float32")
        self._fake, self._one_hot = fake_data, one_hot
        self.num_examples = 10000 if fake_data else images.shape[0]
        self.epochs_completed = self._index = 0
        if fake_data:
            return
        if len(images) != len(labels):
            raise ValueError(f"images.shape: {images.shape} labels.shape: {labels.shape}")
        if reshape:
            images = images.reshape(images.shape[0], images.shape[1] * images.shape[2])
        if kind.name == "float32":
            images = np.multiply(images.astype(np.float32), 1.0 / 255.0)
        self._images, self._labels = images, labels

    @property
    def images(self) -> Any:
        """All images, in the order of the last batches."""
        return self._images

    @property
    def labels(self) -> Any:
        """Their labels."""
        return self._labels

    def next_batch(self, batch_size: int, fake_data: bool = False, shuffle: bool = True) -> tuple[Any, Any]:
        """Return the next images and labels; at the end of all, what is left and the first of a new order.

        Args:
            batch_size: how many.
            fake_data: True for ones and zeros, as in TF1.
            shuffle: True to draw a new order for each pass.
        """
        if fake_data or self._fake:
            label: Any = [1] + [0] * 9 if self._one_hot else 0
            return [[1] * 784 for _ in range(batch_size)], [label for _ in range(batch_size)]
        start = self._index
        if self.epochs_completed == 0 and start == 0 and shuffle:
            self._reorder()
        if start + batch_size <= self.num_examples:
            self._index = start + batch_size
            return self._images[start : self._index], self._labels[start : self._index]
        self.epochs_completed += 1
        rest = self._images[start:], self._labels[start:]
        if shuffle:
            self._reorder()
        self._index = batch_size - (self.num_examples - start)
        first = self._images[: self._index], self._labels[: self._index]
        return np.concatenate((rest[0], first[0]), axis=0), np.concatenate((rest[1], first[1]), axis=0)

    def _reorder(self) -> None:
        order = np.arange(self.num_examples)
        np.random.shuffle(order)
        self._images, self._labels = self._images[order], self._labels[order]


def read_data_sets(
    train_dir: Any,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: Any = float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str | None = None,
) -> Datasets:
    """Return MNIST's digits from a folder: 55,000 to train with, 5,000 to validate with, 10,000 to test with.

    Args:
        train_dir: the folder with the files.
        fake_data: True for sets of ones and zeros, as in TF1.
        one_hot: True for labels as rows of ten.
        dtype, reshape, seed: those of `DataSet`.
        validation_size: how many of the 60,000 are for validation.
        source_url: accepted, as in TF1: nothing is loaded from the network.

    Returns:
        A named tuple of `train`, `validation` and `test`, each a `DataSet`.

    Raises:
        FileNotFoundError: if the folder has no such files; the message says which.
        ValueError: if `validation_size` is not between 0 and the number of images, or a file is none of MNIST's.
    """
    if fake_data:

        def fake() -> DataSet:
            return DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed)

        return Datasets(train=fake(), validation=fake(), test=fake())
    arrays = _from_folder(os.fspath(train_dir))
    if arrays is None and use_fake_digits:
        arrays = {"train": fake_digits(60000, 1), "test": fake_digits(10000, 2)}
    if arrays is None:
        names = ", ".join(f"{name}.gz" for names in _PARTS.values() for name in names)
        raise FileNotFoundError(
            f"{train_dir}: no MNIST there. Put its files into that folder ({names}; or mnist.npz), or have digits made "
            "up: minigraph run --fake-data"
        )
    images, labels = arrays["train"]
    if not 0 <= validation_size <= len(images):
        raise ValueError(f"Validation size should be between 0 and {len(images)}. Received: {validation_size}.")

    def part(images: np.ndarray, labels: np.ndarray) -> DataSet:
        return DataSet(images, _one_hot(labels) if one_hot else labels, dtype=dtype, reshape=reshape, seed=seed)

    # Made in this order, since each sets numpy's seed.
    train = part(images[validation_size:], labels[validation_size:])
    validation = part(images[:validation_size], labels[:validation_size])
    return Datasets(train=train, validation=validation, test=part(*arrays["test"]))


def _one_hot(labels: np.ndarray) -> np.ndarray:
    return np.eye(10)[labels]


def _from_folder(folder: str) -> dict | None:
    """Return the images and labels of both parts, or None if the folder has none."""
    packed = os.path.join(folder, "mnist.npz")
    if os.path.isfile(packed):
        with np.load(packed) as arrays:
            return {
                part: (arrays[f"x_{part}"][..., np.newaxis], arrays[f"y_{part}"].astype(np.uint8))
                for part in ("train", "test")
            }
    found = {part: [_path(folder, name) for name in names] for part, names in _PARTS.items()}
    if any(path is None for paths in found.values() for path in paths):
        return None
    return {part: (_idx(paths[0], 3)[..., np.newaxis], _idx(paths[1], 1)) for part, paths in found.items()}


def _path(folder: str, name: str) -> str | None:
    names = (name, f"{name}.gz", name.replace("-idx", ".idx"), name.replace("-idx", ".idx") + ".gz")
    paths = (os.path.join(folder, each) for each in names)
    return next((path for path in paths if os.path.isfile(path)), None)


def _idx(path: Any, rank: int) -> np.ndarray:
    """Return the array in a file of MNIST's format: a magic number, the sizes, the bytes. TF1 says which it unpacks."""
    if path.endswith(".gz"):
        print("Extracting", path)
    with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as file:
        data = file.read()
    if len(data) < 4 + 4 * rank or data[:4] != bytes((0, 0, 8, rank)):
        raise ValueError(f"{path} is no file of MNIST with {rank} dimension{'s' * (rank > 1)}")
    shape = np.frombuffer(data, ">u4", rank, 4).astype(np.int64)
    if len(data) != 4 + 4 * rank + int(shape.prod()):
        raise ValueError(f"{path} is cut off or too long")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


_GLYPHS = """
.###. ..#.. .###. ####. ...#. ##### .###. ##### .###. .###.
#...# .##.. #...# ....# ..##. #.... #.... ....# #...# #...#
#..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...#
#.#.# ..#.. ..##. .###. #..#. ....# ####. ..#.. .###. .####
##..# ..#.. .#... ....# ##### ....# #...# ..#.. #...# ....#
#...# ..#.. #.... ....# ...#. #...# #...# .#... #...# ....#
.###. .###. ##### ####. ...#. .###. .###. .#... .###. .###.
"""


def fake_digits(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return made-up digits: a glyph for each label, three times as large, moved, lightened and with noise.

    Args:
        count: how many.
        seed: numpy's seed; the same one gives the same digits.

    Returns:
        Images, uint8 of shape [count, 28, 28, 1], and labels, uint8 of shape [count].
    """
    random = np.random.RandomState(seed)
    rows = np.array([[list(word) for word in line.split()] for line in _GLYPHS.split("\n") if line]) == "#"
    glyphs = rows.transpose(1, 0, 2).repeat(3, axis=1).repeat(3, axis=2)
    labels = random.randint(0, 10, count).astype(np.uint8)
    down, right = random.randint(0, 8, count), random.randint(0, 14, count)
    images = np.zeros((count, 28, 28), np.uint8)
    strength = random.randint(120, 256, count)
    for i, label in enumerate(labels):
        images[i, down[i] : down[i] + 21, right[i] : right[i] + 15] = glyphs[label] * np.uint8(strength[i])
    noise = random.randint(0, 60, (1000, 28, 28)).astype(np.uint8)
    np.maximum(images, noise[random.randint(0, 1000, count)], out=images)
    return images[..., np.newaxis], labels
