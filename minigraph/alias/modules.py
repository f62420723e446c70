"""The modules `tensorflow`, `tensorflow.contrib.layers`, `tensorflow.python.framework.ops`…, made of MiniGraph's.

A module that MiniGraph has under the same name is that one, with the names of before 1.0 added. TensorFlow's inner
modules (`tensorflow.python…`) are looked up by name: what `array_ops.shape` and `ops.reset_default_graph` are, some
public module of MiniGraph knows.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import urllib.request  # noqa: F401  (programs rely on it: TensorFlow had imported it)
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import minigraph
from minigraph.alias.old_names import old_name
from minigraph.graph import protos
from minigraph.graph.absent import missing

__all__ = ["install_as_tensorflow", "installed"]

VERSION = "1.15.5"
_INNER = ("python", "core", "models", "tools")  # packages of TensorFlow whose modules are found by their names
_MNIST = "minigraph.datasets.mnist"
_ELSEWHERE = {  # modules that have another name here
    "examples.tutorials.mnist.input_data": _MNIST,
    "contrib.learn.python.learn.datasets.mnist": _MNIST,
    "contrib.learn.datasets.mnist": _MNIST,
    "g3doc.tutorials.mnist.input_data": _MNIST,
    "models.image.mnist.input_data": _MNIST,
    "python.framework.test_util": "minigraph.alias.test_util",
}
_ROOMS = """nn train layers losses metrics math linalg initializers random summary gfile logging compat app flags
    contrib.layers contrib.framework contrib.lookup nn.rnn_cell contrib.rnn contrib.legacy_seq2seq""".split()
_NEAR = {  # for a word of an inner module: the room in which its names are looked for first, if it is called otherwise
    "rnn": "nn",
    "convolutional": "layers",
    "core": "layers",
    "pooling": "layers",
    "normalization": "layers",
    "metrics_impl": "metrics",
    "training": "train",
    "saver": "train",
    "optimizer": "train",
    "tf_logging": "logging",
    "init_ops": "initializers",
    "file_io": "gfile",
    "graph_util_impl": "graph_util",
    "graph_io": "io",
    "builder": "saved_model.builder",
    "builder_impl": "saved_model.builder",
    "loader": "saved_model.loader",
    "main_op": "saved_model.main_op",
    "signature_constants": "saved_model.signature_constants",
    "signature_def_utils": "saved_model.signature_def_utils",
    "simple_save": "saved_model",
    "tag_constants": "saved_model.tag_constants",
    "utils": "saved_model.utils",
    "lookup_ops": "contrib.lookup",
    "sparse_ops": "sparse",
    "string_ops": "strings",
    "errors": "graph.errors",
    "tf_record": "python_io",
    "meta_graph": "train.meta_graph_import",
    "constants": "saved_model.constants",
    "googletest": "test",
    "gradient_checker": "test",
    "benchmark": "test",
}


class Alias(ModuleType):
    """A module of TensorFlow's name.

    Args:
        name: its name, such as "tensorflow.nn".
        rooms: the modules of MiniGraph in which its names are looked for, by their names.
        room: the name under which `old_name` knows it, and errors name it.
    """

    def __init__(self, name: str, rooms: list[str], room: str):
        super().__init__(name)
        self.__path__: list[str] = []  # a package: it may have submodules
        self.__dict__["_rooms"], self.__dict__["_room"] = rooms, room

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)
        found = old_name(self._room, name)
        if found is None:
            found = self._look_up(name)
        self.__dict__[name] = found
        return found

    def _look_up(self, name: str) -> Any:
        for room in self._rooms:
            module = importlib.import_module(room)
            if name in getattr(module, "__all__", vars(module)):
                found = getattr(module, name)
                if isinstance(found, ModuleType) and found.__name__.startswith("minigraph."):
                    return _module(f"tensorflow{room.removeprefix('minigraph')}.{name}")  # by its public name
                return found
        if _spec_of(f"{self.__name__}.{name}") is not None:
            return _module(f"{self.__name__}.{name}")
        raise missing(name, self._room)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raise the error of a name that is lacking: what a program calls was no module, and not found."""
        parent, _, name = self.__name__.partition(".")[2].rpartition(".")
        raise missing(name, parent)

    def __dir__(self) -> list[str]:
        names = {name for room in self._rooms for name in getattr(importlib.import_module(room), "__all__", ())}
        return sorted(names | set(vars(self)))


class Messages(Alias):
    """A module of protocol messages, such as `tensorflow.core.framework.graph_pb2`.

    Of `ConfigProto` and its like, MiniGraph's own classes are meant; all others are TensorBoard's messages.
    """

    def _look_up(self, name: str) -> Any:
        for room in (minigraph, minigraph.train):
            if name in room.__all__:
                return getattr(room, name)
        found = getattr(protos.file(self.__name__.rpartition(".")[2]), name, None)
        if found is None and name not in dir(protos):
            raise missing(name, self._room)
        return found or getattr(protos, name)


def _module(name: str) -> ModuleType:
    return importlib.import_module(name)


def _spec_of(name: str) -> tuple[list[str], str] | str | None:
    """Return what a module of TensorFlow is: the rooms and the name of an `Alias`, the name of a module, or None."""
    parts = name.split(".")[1:]
    if parts[:2] == ["compat", "v1"]:
        parts = parts[2:]
    path = ".".join(parts)
    if path in _ELSEWHERE:
        return _ELSEWHERE[path]
    if any(key.startswith(path + ".") for key in _ELSEWHERE) and _public_module(path) is None:
        return [], path
    if parts and parts[0] in _INNER:
        return (_rooms_near(parts) if len(parts) > 2 else []), ""  # `python.ops` has modules only
    if len(parts) > 2 and parts[0] == "contrib" and parts[2] == "python" and _public_module(".".join(parts[:2])):
        return ["minigraph." + ".".join(parts[:2]), *_rooms_near(parts)], ".".join(parts[:2])
    found = _public_module(path)
    return None if found is None else ([found.__name__], path)


def _public_module(path: str) -> ModuleType | None:
    """Return the module that MiniGraph has under a public name, or None."""
    module: Any = minigraph
    for part in filter(None, path.split(".")):
        if part not in getattr(module, "__all__", ()):
            return None
        module = getattr(module, part)
    return module if isinstance(module, ModuleType) else None


def _rooms_near(parts: list[str]) -> list[str]:
    words = [word for part in reversed(parts) for word in (part, *part.split("_"))]
    near = [_NEAR.get(word, word) for word in words if word in _NEAR or _public_module(word) is not None]
    rooms = [f"minigraph.{room}" for room in dict.fromkeys([*near, "", *_ROOMS])]
    return ["minigraph.alias.inner", *[room.rstrip(".") for room in rooms]]


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Find the modules of TensorFlow's names in MiniGraph."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return how to make a module of TensorFlow's name; None for any other.

        Raises:
            ModuleNotFoundError: if there is no such module; the message says what there is instead.
        """
        if name != "tensorflow" and not name.startswith("tensorflow."):
            return None
        if _spec_of(name) is None:
            room, _, last = name.partition(".")[2].rpartition(".")
            advice = str(missing(last, room)).partition("\n")[2]
            text = f"No module named {name!r}" + (f"\n{advice}" if advice else "")
            raise ModuleNotFoundError(text, name=name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> ModuleType:
        """Make the module."""
        found: Any = _spec_of(spec.name)
        if isinstance(found, str):
            return importlib.import_module(found)
        module = (Messages if spec.name.endswith("_pb2") else Alias)(spec.name, *found)
        if spec.name in ("tensorflow", "tensorflow.compat.v1"):
            vars(module).update(__version__=VERSION, VERSION=VERSION, GIT_VERSION=f"minigraph-{minigraph.__version__}")
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: names are looked up when they are asked for."""


_FINDER = _Finder()


def install_as_tensorflow() -> None:
    """Make `import tensorflow` mean MiniGraph, in this process only.

    From then on `import tensorflow as tf`, `import tensorflow.compat.v1 as tf`, `from tensorflow.contrib import layers`
    and `from tensorflow.python.framework import ops` find what MiniGraph has under these names, those of before
    TensorFlow 1.0 included. `tf.__version__` is "1.15.5".

    Raises:
        RuntimeError: if the real TensorFlow has been imported already.

    Example:
        >>> from minigraph.alias.modules import installed
        >>> with installed():  # for these lines; install_as_tensorflow() is for good
        ...     import tensorflow as tensors
        ...     print(tensors.__version__, tensors.constant(1.0).dtype)
        1.15.5 <dtype: 'float32'>
    """
    found = sys.modules.get("tensorflow")
    if found is not None and not isinstance(found, Alias):
        raise RuntimeError("tensorflow has been imported already: install MiniGraph under its name before that.")
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
    # TensorBoard uses the TensorFlow that it finds, and parts of one that MiniGraph does not have; this module is by
    # which it lets itself be told that there is none.
    sys.modules.setdefault("tensorboard.compat.notf", ModuleType("tensorboard.compat.notf"))


@contextmanager
def installed() -> Iterator[None]:
    """Make `import tensorflow` mean MiniGraph inside the block."""
    before = {name: module for name, module in sys.modules.items() if _is_tensorflow(name)}
    was_there = _FINDER in sys.meta_path
    install_as_tensorflow()
    try:
        yield
    finally:
        if not was_there:
            sys.meta_path.remove(_FINDER)
            for name in [name for name in sys.modules if _is_tensorflow(name)]:
                del sys.modules[name]
            sys.modules.update(before)


def _is_tensorflow(name: str) -> bool:
    return name.partition(".")[0] == "tensorflow" or name == "tensorboard.compat.notf"
