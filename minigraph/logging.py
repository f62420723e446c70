"""`tf.logging`: messages, by Python's own logging, as lines "INFO:tensorflow:…" on standard error."""

from __future__ import annotations

import collections
import logging as python_logging
from typing import Any

__all__ = [
    "DEBUG",
    "ERROR",
    "FATAL",
    "INFO",
    "WARN",
    "debug",
    "error",
    "fatal",
    "flush",
    "get_verbosity",
    "info",
    "log",
    "log_every_n",
    "log_first_n",
    "log_if",
    "set_verbosity",
    "vlog",
    "warn",
    "warning",
]

DEBUG, INFO, WARN, ERROR, FATAL = 10, 20, 30, 40, 50

_counts: collections.Counter = collections.Counter()


def _logger() -> python_logging.Logger:
    logger = python_logging.getLogger("tensorflow")
    if not logger.handlers and not python_logging.getLogger().handlers:
        handler = python_logging.StreamHandler()
        handler.setFormatter(python_logging.Formatter(python_logging.BASIC_FORMAT))
        logger.addHandler(handler)
        logger.setLevel(WARN if logger.level == python_logging.NOTSET else logger.level)
    return logger


def log(level: int, msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of a level.

    Args:
        level: DEBUG, INFO, WARN, ERROR or FATAL.
        msg: the text, in which `%` places stand for `args`.
        *args: what to put in.
        **kwargs: those of Python's `Logger.log`.

    Example:
        >>> tf.logging.set_verbosity(tf.logging.ERROR)
        >>> tf.logging.info("step %d", 3)  # not shown: below ERROR
    """
    _logger().log(level, msg, *args, **kwargs)


vlog = log


def debug(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of level DEBUG; arguments as for `log`."""
    _logger().debug(msg, *args, **kwargs)


def info(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of level INFO; arguments as for `log`."""
    _logger().info(msg, *args, **kwargs)


def warning(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of level WARN; arguments as for `log`."""
    _logger().warning(msg, *args, **kwargs)


warn = warning


def error(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of level ERROR; arguments as for `log`."""
    _logger().error(msg, *args, **kwargs)


def fatal(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Write a message of level FATAL; the program goes on, as in TF1. Arguments as for `log`."""
    _logger().critical(msg, *args, **kwargs)


def log_if(level: int, msg: Any, condition: Any, *args: Any) -> None:
    """Write a message if a condition is true."""
    if condition:
        log(level, msg, *args)


def log_every_n(level: int, msg: Any, n: int, *args: Any) -> None:
    """Write a message at the first of each `n` calls with that text."""
    _counts["every", msg] += 1
    log_if(level, msg, (_counts["every", msg] - 1) % n == 0, *args)


def log_first_n(level: int, msg: Any, n: int, *args: Any) -> None:
    """Write a message at the first `n` calls with that text."""
    _counts["first", msg] += 1
    log_if(level, msg, _counts["first", msg] <= n, *args)


def get_verbosity() -> int:
    """Return the lowest level that is shown."""
    return _logger().getEffectiveLevel()


def set_verbosity(v: int) -> None:
    """Set the lowest level that is shown: DEBUG, INFO, WARN (the default), ERROR or FATAL."""
    _logger().setLevel(v)


def flush() -> None:
    """Do nothing: each message is written at once."""
