"""Recordings: what TensorFlow 1.15 answered, as JSON texts compressed by xz.

The scripts that record import this file too, so it keeps to Python 3.7. To see a recording, or a change of one, as text:

    xz -dc tests/parity/recorded/moments.json.xz
    git config diff.xz.textconv "xz -dc"        # once; `git diff` and `git log -p` then show the lines that changed
"""

import json
import lzma
import pathlib

SUFFIX = ".json.xz"


def names(folder):
    """Return the names of the recordings in a folder, sorted."""
    return sorted(path.name[: -len(SUFFIX)] for path in folder.glob("*" + SUFFIX))


def read(path):
    """Return the data of a recording."""
    return json.loads(text_of(path))


def write(path, text):
    """Write a recording, given as JSON; a file that holds this text already stays byte for byte what it is."""
    path = pathlib.Path(path)
    if not path.exists() or text_of(path) != text:
        path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def text_of(path):
    """Return the text of a compressed file."""
    return lzma.decompress(pathlib.Path(path).read_bytes()).decode("utf-8")
