"""`tf.flags`: arguments of the command line, by the package absl-py, whose flags TensorFlow 1.15 uses too."""

from __future__ import annotations

import importlib
import sys
from typing import Any

__all__ = [
    "DEFINE_bool",
    "DEFINE_boolean",
    "DEFINE_enum",
    "DEFINE_float",
    "DEFINE_integer",
    "DEFINE_list",
    "DEFINE_string",
    "FLAGS",
    "mark_flag_as_required",
]


def absl(module: str, name: str) -> Any:
    """Return a module of absl, which `tf` has under a name; ImportError if it is not installed."""
    try:
        return importlib.import_module(f"absl.{module}")
    except ImportError:
        raise ImportError(f"{name} needs the package absl-py: pip install 'minigraph[programs]'") from None


def absl_flags() -> Any:
    """Return the module `absl.flags`; ImportError as for `absl`."""
    return absl("flags", "tf.flags")


class _Flags:
    """The values of all flags; the arguments of the process are read when the first of them is asked for."""

    def __getattr__(self, name: str) -> Any:
        flags = absl_flags().FLAGS
        if name.startswith("__"):
            raise AttributeError(name)
        if not flags.is_parsed():
            flags(sys.argv, known_only=True)
        return getattr(flags, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(absl_flags().FLAGS, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(absl_flags().FLAGS, name)

    def __dir__(self) -> list[str]:
        return dir(absl_flags().FLAGS)

    def __getitem__(self, name: str) -> Any:
        return absl_flags().FLAGS[name]

    def __contains__(self, name: str) -> bool:
        return name in absl_flags().FLAGS

    def __iter__(self) -> Any:
        return iter(absl_flags().FLAGS)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return absl_flags().FLAGS(*args, **kwargs)


FLAGS = _Flags()


def _define(kind: str, flag_name: str, default_value: Any, docstring: str | None, **options: Any) -> None:
    getattr(absl_flags(), f"DEFINE_{kind}")(flag_name, default_value, docstring, **options)


def DEFINE_string(flag_name: str, default_value: Any, docstring: str | None = None, **options: Any) -> None:
    """Define a flag that takes a text: `--name=text`; its value is then `FLAGS.name`.

    Args:
        flag_name: the name.
        default_value: the value where the command line has none; None for none.
        docstring: the text for `--help`.
        **options: absl's.

    Raises:
        ImportError: if absl-py is not installed.
        Exception: absl's DuplicateFlagError, if there is a flag of that name.
    """
    _define("string", flag_name, default_value, docstring, **options)


def DEFINE_integer(flag_name: str, default_value: Any, docstring: str | None = None, **options: Any) -> None:
    """Define a flag that takes an integer; arguments and errors are those of `DEFINE_string`."""
    _define("integer", flag_name, default_value, docstring, **options)


def DEFINE_float(flag_name: str, default_value: Any, docstring: str | None = None, **options: Any) -> None:
    """Define a flag that takes a number; arguments and errors are those of `DEFINE_string`."""
    _define("float", flag_name, default_value, docstring, **options)


def DEFINE_boolean(flag_name: str, default_value: Any, docstring: str | None = None, **options: Any) -> None:
    """Define a flag `--name` or `--noname`; arguments and errors are those of `DEFINE_string`."""
    _define("boolean", flag_name, default_value, docstring, **options)


DEFINE_bool = DEFINE_boolean


def DEFINE_list(flag_name: str, default_value: Any, docstring: str | None = None, **options: Any) -> None:
    """Define a flag that takes texts with commas between them; the rest is as for `DEFINE_string`."""
    _define("list", flag_name, default_value, docstring, **options)


def DEFINE_enum(
    flag_name: str, default_value: Any, enum_values: list[str], docstring: str | None = None, **options: Any
) -> None:
    """Define a flag that takes one of some words; the rest is as for `DEFINE_string`."""
    absl_flags().DEFINE_enum(flag_name, default_value, enum_values, docstring, **options)


def mark_flag_as_required(flag_name: str) -> None:
    """Demand that the command line has a flag."""
    absl_flags().mark_flag_as_required(flag_name)
