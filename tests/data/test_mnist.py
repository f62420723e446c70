"""MNIST as TensorFlow's tutorials read it: from files of both kinds, in batches of TensorFlow's order."""

import gzip
import struct

import numpy as np
import pytest

import minigraph as tf
from minigraph.datasets import mnist

RECORDED = [
    [22, 49, 19, 57, 41, 38, 23, 58, 55, 16, 46, 33, 47, 28, 14, 35, 26, 25, 40, 21],
    [17, 50, 37, 44, 56, 15, 53, 11, 45, 12, 32, 43, 27, 36, 24, 39, 30, 42, 48, 54],
    [59, 51, 20, 29, 31, 10, 18, 13, 34, 52, 21, 32, 23, 31, 56, 53, 57, 24, 15, 35],
    [45, 16, 14, 22, 13, 52, 37, 44, 59, 29, 12, 47, 55, 41, 19, 51, 25, 17, 10, 20],
]

pytestmark = pytest.mark.usefixtures("graph")


def idx(array):
    return bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with 60 digits to train with and 12 to test with, each of one value."""
    for name, count in (("train", 60), ("t10k", 12)):
        images = np.arange(count, dtype=np.uint8)[:, None, None] * np.ones((1, 28, 28), np.uint8)
        (tmp_path / f"{name}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
        (tmp_path / f"{name}-labels-idx1-ubyte").write_bytes(idx(np.arange(count, dtype=np.uint8) % 10))
    return tmp_path


def test_files_are_read(folder):
    data = mnist.read_data_sets(folder, one_hot=True, validation_size=10)
    assert [part.num_examples for part in data] == [50, 10, 12]
    assert data.train.images.shape == (50, 784) and data.train.images.dtype == np.float32
    np.testing.assert_allclose(data.train.images[:, 0] * 255, np.arange(10, 60), rtol=1e-6)
    assert data.test.labels[3].tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0] and data.test.labels.dtype == np.float64


def test_options(folder):
    data = mnist.read_data_sets(folder, dtype=tf.uint8, reshape=False, validation_size=0)
    assert data.train.images.shape == (60, 28, 28, 1) and data.train.images.dtype == np.uint8
    assert data.train.labels.dtype == np.uint8
    with pytest.raises(ValueError, match="Validation size should be between 0 and 60. Received: 61."):
        mnist.read_data_sets(folder, validation_size=61)
    with pytest.raises(TypeError, match="Invalid image dtype"):
        mnist.read_data_sets(folder, dtype=tf.int32, validation_size=1)


def test_batches_have_tensorflows_order(folder):
    # What TensorFlow 1.15.5 gives for these files and this seed.
    data = mnist.read_data_sets(folder, validation_size=10, seed=7, dtype=tf.uint8)
    np.random.seed(3)
    found = [data.train.next_batch(20)[0][:, 0].tolist() for _ in range(4)]
    assert found == RECORDED
    assert data.train.epochs_completed == 1


def test_numpys_seed_is_set_as_tensorflow_does(folder):
    mnist.read_data_sets(folder, validation_size=10, seed=7)
    np.testing.assert_allclose(np.random.rand(2), [0.07630829, 0.77991879], atol=1e-8)
    tf.set_random_seed(3)
    mnist.read_data_sets(folder, validation_size=10)
    np.testing.assert_allclose(np.random.rand(2), [0.5507979, 0.70814782], atol=1e-8)


def test_keras_file(tmp_path):
    images = np.zeros((60, 28, 28), np.uint8)
    np.savez(tmp_path / "mnist.npz", x_train=images, y_train=np.arange(60), x_test=images[:5], y_test=np.arange(5))
    data = mnist.read_data_sets(str(tmp_path), validation_size=20)
    assert [part.num_examples for part in data] == [40, 20, 5]


def test_what_is_missing_or_damaged_is_named(tmp_path, folder):
    with pytest.raises(FileNotFoundError, match=r"train-images-idx3-ubyte.gz.*minigraph run --fake-data"):
        mnist.read_data_sets(tmp_path / "nowhere")
    (folder / "train-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01\0\0\0\x09abc")
    with pytest.raises(ValueError, match="train-labels-idx1-ubyte is cut off or too long"):
        mnist.read_data_sets(folder)
    (folder / "train-labels-idx1-ubyte").write_bytes(b"GIF89a--")
    with pytest.raises(ValueError, match="is no file of MNIST with 1 dimension"):
        mnist.read_data_sets(folder)


def test_fake_data():
    data = mnist.read_data_sets("nowhere", fake_data=True, one_hot=True)
    images, labels = data.train.next_batch(2)
    assert np.shape(images) == (2, 784) and labels == [[1] + [0] * 9] * 2


def test_made_up_digits_can_be_told_apart(monkeypatch):
    monkeypatch.setattr(mnist, "use_fake_digits", True)
    images, labels = mnist.fake_digits(2000, 1)
    assert images.shape == (2000, 28, 28, 1) and set(labels) == set(range(10))
    np.testing.assert_array_equal(images, mnist.fake_digits(2000, 1)[0])
    assert not np.array_equal(images, mnist.fake_digits(2000, 2)[0])
