"""Values of a checkpoint for those who leave for another framework: `.npz` and `.safetensors`."""

from __future__ import annotations

import importlib
import io
import os
from typing import Any

import numpy as np

from minigraph.checkpoints import files
from minigraph.checkpoints.reader import load_checkpoint
from minigraph.graph.dtypes import string

__all__ = ["convert_checkpoint"]


def convert_checkpoint(ckpt_dir_or_file: Any, path: Any) -> list[str]:
    """Write the values of a checkpoint into one file that numpy, or PyTorch and JAX, read.

    Args:
        ckpt_dir_or_file: a folder, for its latest checkpoint, or the prefix of one.
        path: the file; its end says which: `.npz` for `numpy.load`, `.safetensors` for the package safetensors, which
            must be installed. It is there whole or not at all.

    Returns:
        The names of the values.

    Raises:
        ValueError: if the name has another end, or (safetensors) a value holds texts.
        NotFoundError: if there is no such checkpoint.
        ImportError: if safetensors is not installed.

    Example:
        >>> import os, tempfile
        >>> v = tf.Variable([1.0, 2.0], name="layer/v")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sess.run(v.initializer)
        ...     path = tf.train.Saver().save(sess, folder + "/model")
        ...     tf.train.convert_checkpoint(path, folder + "/weights.npz")
        ...     with np.load(folder + "/weights.npz") as weights:
        ...         print(weights["layer/v"])
        ['layer/v']
        [1. 2.]
    """
    target = os.fspath(path)
    end = os.path.splitext(target)[1]
    if end not in (".npz", ".safetensors"):
        raise ValueError(f"{target}: the name must end in .npz or .safetensors")
    save = _safetensors() if end == ".safetensors" else _npz
    reader = load_checkpoint(ckpt_dir_or_file)
    types = reader.get_variable_to_dtype_map()
    texts = [name for name, dtype in types.items() if dtype is string]
    if texts and end == ".safetensors":
        raise ValueError(f"safetensors holds no texts, as {texts[0]} does; write an .npz")
    files.put(target, [save({name: np.asarray(reader.get_tensor(name)) for name in sorted(types)})])
    return sorted(types)


def _npz(values: dict[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    # Texts as numpy's own type, since arrays of objects would need pickle to be read.
    arrays: Any = {name: a.astype(bytes) if a.dtype == object else a for name, a in values.items()}
    np.savez(file, **arrays)
    return file.getvalue()


def _safetensors() -> Any:
    try:
        return importlib.import_module("safetensors.numpy").save
    except ImportError:
        raise ImportError("Writing .safetensors needs that package: pip install 'minigraph[programs]'") from None
