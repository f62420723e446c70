"""The file `checkpoint` of a folder, which names its checkpoints, the latest first."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from typing import Any

from minigraph.checkpoints import files
from minigraph.graph.warn import log

__all__ = [
    "CheckpointState",
    "checkpoint_exists",
    "generate_checkpoint_state_proto",
    "get_checkpoint_mtimes",
    "meta_graph_filename",
    "get_checkpoint_state",
    "latest_checkpoint",
    "remove_checkpoint",
    "update_checkpoint_state",
]

_LINE = re.compile(r'\s*(\w+)\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([-+.\w]+))\s*(?:#.*)?')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


class CheckpointState:
    """What the file `checkpoint` of a folder says; `str` gives its text.

    Attributes:
        model_checkpoint_path: the prefix of the latest checkpoint.
        all_model_checkpoint_paths: those of all that are kept, the oldest first.
        all_model_checkpoint_timestamps: when each was written, in seconds since 1970; may be empty.
        last_preserved_timestamp: when the last one was written that is kept for good; 0 if not said.
    """

    def __init__(
        self,
        model_checkpoint_path: str = "",
        all_model_checkpoint_paths: Iterable[str] = (),
        all_model_checkpoint_timestamps: Iterable[float] = (),
        last_preserved_timestamp: float = 0.0,
    ):
        self.model_checkpoint_path = model_checkpoint_path
        self.all_model_checkpoint_paths = list(all_model_checkpoint_paths)
        self.all_model_checkpoint_timestamps = list(all_model_checkpoint_timestamps)
        self.last_preserved_timestamp = last_preserved_timestamp

    def __str__(self) -> str:
        lines = [f"model_checkpoint_path: {_quoted(self.model_checkpoint_path)}"]
        lines += [f"all_model_checkpoint_paths: {_quoted(path)}" for path in self.all_model_checkpoint_paths]
        lines += [f"all_model_checkpoint_timestamps: {float(t)!r}" for t in self.all_model_checkpoint_timestamps]
        if self.last_preserved_timestamp:
            lines.append(f"last_preserved_timestamp: {float(self.last_preserved_timestamp)!r}")
        return "\n".join(lines) + "\n"

    __repr__ = __str__

    @classmethod
    def parse(cls, text: str) -> CheckpointState:
        """Return what a text says; ValueError if it is no such text."""
        found = cls()
        for line in filter(str.strip, text.splitlines()):
            match = _LINE.fullmatch(line)
            if match is None or match[1] not in vars(found):
                raise ValueError(f"{line.strip()!r} is no line of a file 'checkpoint'")
            quoted = match[2] is not None
            value = re.sub(r"\\([0-7]{3}|.)", _unescaped, match[2]) if quoted else float(match[3])
            before = getattr(found, match[1])
            setattr(found, match[1], [*before, value] if isinstance(before, list) else value)
        return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _unescaped(match: re.Match) -> str:
    return _ESCAPES.get(match[1]) or (chr(int(match[1], 8)) if match[1].isdigit() else match[1])


def _state_file(folder: Any, latest_filename: Any) -> str:
    return os.path.join(os.fspath(folder), latest_filename or "checkpoint")


def generate_checkpoint_state_proto(
    save_dir: Any,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Any = None,
    all_model_checkpoint_timestamps: Any = None,
    last_preserved_timestamp: float | None = None,
) -> CheckpointState:
    """Return the state of a folder with these checkpoints.

    Args:
        save_dir: the folder. Where it is a relative path, the paths are made relative to it.
        model_checkpoint_path: the prefix of the latest.
        all_model_checkpoint_paths: the prefixes of all, the oldest first; the latest is added if it is not the last.
        all_model_checkpoint_timestamps: when each was written, as many as there are paths.
        last_preserved_timestamp: when the last one was written that is kept for good.

    Raises:
        ValueError: if there are not as many timestamps as paths.

    Example:
        >>> print(tf.train.generate_checkpoint_state_proto("/models", "/models/m-2", ["/models/m-1"]))
        model_checkpoint_path: "/models/m-2"
        all_model_checkpoint_paths: "/models/m-1"
        all_model_checkpoint_paths: "/models/m-2"
        <BLANKLINE>
    """
    folder = os.fspath(save_dir)
    paths = list(all_model_checkpoint_paths or [])
    times = list(all_model_checkpoint_timestamps or [])
    if not paths or paths[-1] != model_checkpoint_path:
        paths.append(model_checkpoint_path)
    if times and len(times) != len(paths):
        raise ValueError("Checkpoint timestamps, if provided, must match checkpoint paths")
    if not os.path.isabs(folder):
        paths = [os.path.relpath(path, folder) if not os.path.isabs(path) else path for path in paths]
        if not os.path.isabs(model_checkpoint_path):
            model_checkpoint_path = os.path.relpath(model_checkpoint_path, folder)
    return CheckpointState(model_checkpoint_path, paths, times, last_preserved_timestamp or 0.0)


def update_checkpoint_state(
    save_dir: Any,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Any = None,
    latest_filename: str | None = None,
    all_model_checkpoint_timestamps: Any = None,
    last_preserved_timestamp: float | None = None,
) -> None:
    """Write the file `checkpoint` of a folder; it is the old one or the new one, whole, at every moment.

    Args:
        save_dir, model_checkpoint_path, all_model_checkpoint_paths, all_model_checkpoint_timestamps,
        last_preserved_timestamp: those of `generate_checkpoint_state_proto`.
        latest_filename: another name for the file.

    Raises:
        RuntimeError: if a checkpoint has the name of the file.
        OSError: if it cannot be written.
    """
    write_state(
        save_dir,
        generate_checkpoint_state_proto(
            save_dir,
            model_checkpoint_path,
            all_model_checkpoint_paths,
            all_model_checkpoint_timestamps,
            last_preserved_timestamp,
        ),
        latest_filename,
    )


def write_state(folder: Any, state: CheckpointState, latest_filename: str | None = None) -> None:
    """Write the state of a folder; errors as for `update_checkpoint_state`."""
    path = _state_file(folder, latest_filename)
    if path == state.model_checkpoint_path:
        raise RuntimeError(
            f"Save path '{path}' conflicts with path used for checkpoint state.  Please use a different save path."
        )
    files.put(path, [str(state).encode()])
    files.sync_folder(path)


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> CheckpointState | None:
    """Return what the file `checkpoint` of a folder says, or None if it has none (or one that says nothing).

    Args:
        checkpoint_dir: the folder; relative paths in the file are relative to it.
        latest_filename: another name of the file.
    """
    path = _state_file(checkpoint_dir, latest_filename)
    try:
        with open(path, encoding="utf-8") as file:
            state = CheckpointState.parse(file.read())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log("warning", f"{path}: Checkpoint ignored: {error}")
        return None
    if not state.model_checkpoint_path:
        log("warning", f"{path}: Checkpoint ignored: it names no checkpoint")
        return None
    folder = os.fspath(checkpoint_dir)
    state.model_checkpoint_path = os.path.join(folder, state.model_checkpoint_path)
    state.all_model_checkpoint_paths = [os.path.join(folder, each) for each in state.all_model_checkpoint_paths]
    return state


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """Return the prefix of a folder's latest checkpoint, or None if it has none.

    Args:
        checkpoint_dir: the folder.
        latest_filename: another name of its file `checkpoint`.

    Example:
        >>> print(tf.train.latest_checkpoint("no/such/folder"))
        None
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state is None:
        return None
    path = state.model_checkpoint_path
    if _files_of(path):
        return path
    log("error", f"Couldn't match files for checkpoint {path}")
    return None


def _files_of(prefix: str) -> list[str]:
    """Return the file that shows that there is a checkpoint: its index, or the files of version 1."""
    index = f"{prefix}.index"
    return [index] if os.path.isfile(index) else sorted(filter(os.path.isfile, glob.glob(prefix)))


def checkpoint_exists(checkpoint_prefix: Any) -> bool:
    """Return True if there is a checkpoint with that prefix.

    Example:
        >>> tf.train.checkpoint_exists("no/such/model")
        False
    """
    return bool(_files_of(os.fspath(checkpoint_prefix)))


def get_checkpoint_mtimes(checkpoint_prefixes: Iterable[Any]) -> list[float]:
    """Return when each of some checkpoints was written, in seconds since 1970; those that do not exist are left out."""
    found = (_files_of(os.fspath(prefix)) for prefix in checkpoint_prefixes)
    return [os.stat(paths[0]).st_mtime for paths in found if paths]


def meta_graph_filename(checkpoint_filename: str, meta_graph_suffix: str = "meta") -> str:
    """Return the name of the file of a checkpoint's graph, given the checkpoint's prefix.

    Example:
        >>> meta_graph_filename("folder/model-7"), meta_graph_filename("model-7-?????-of-00002")
        ('folder/model-7.meta', 'model-7.meta')
    """
    return re.sub(r"-[\d?]+-of-\d+$", "", checkpoint_filename) + f".{meta_graph_suffix}"


def remove_checkpoint(
    checkpoint_prefix: Any, checkpoint_format_version: Any = 2, meta_graph_suffix: str = "meta"
) -> None:
    """Remove the files of a checkpoint.

    Args:
        checkpoint_prefix: their prefix.
        checkpoint_format_version: accepted, as in TF1: the files show which it is.
        meta_graph_suffix: the end of the name of its graph's file.
    """
    prefix = os.fspath(checkpoint_prefix)
    paths = [meta_graph_filename(prefix, meta_graph_suffix), *_files_of(prefix)]
    paths += glob.glob(glob.escape(prefix) + ".data-?????-of-?????")
    for path in paths:  # the index before the data, which alone are no checkpoint
        if os.path.isfile(path):
            os.remove(path)
