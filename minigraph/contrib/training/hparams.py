"""`HParams`: hyperparameters by name, each with a type, read from texts such as "rate=0.1,layers=[64,32]"."""

from __future__ import annotations

import json
import numbers
import re
from typing import Any, NoReturn

__all__ = ["HParams", "parse_values"]

_NAME, _INDEX = r"(?P<name>[a-zA-Z][\w.]*)", r"(?:\[\s*(?P<index>\d+)\s*\])?"
_CLAUSE = re.compile(rf"{_NAME}{_INDEX}\s*=\s*(?:(?P<value>[^,\[]*)|\[(?P<list>[^\]]*)\])(?:$|,\s*)")
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}


def parse_values(values: str, type_map: dict, ignore_unknown: bool = False) -> dict:
    """Parse a text of names and values.

    Args:
        values: clauses "name=value", "name[index]=value" or "name=[value,value]", separated by commas.
        type_map: the type of each name, that of the elements for a list.
        ignore_unknown: leave out names that `type_map` does not have.

    Returns:
        A dict of values; of lists, and of dicts {index: value} for those with an index.

    Raises:
        ValueError: if the text cannot be read, a name has no type, or a value is given twice.

    Example:
        >>> tf.contrib.training.parse_values("rate=0.5,layers=[3,4]", {"rate": float, "layers": int})
        {'rate': 0.5, 'layers': [3, 4]}
    """
    found: dict[str, Any] = {}
    position = 0
    while position < len(values):
        clause = _CLAUSE.match(values, position)
        if clause is None:
            raise ValueError(f"Malformed hyperparameter value: {values[position:]}")
        position = clause.end()
        if clause["name"] in type_map:
            _take(clause, type_map[clause["name"]], values, found)
        elif not ignore_unknown:
            raise ValueError(f"Unknown hyperparameter type for {clause['name']}")
    return found


def _take(clause: re.Match, kind: type, values: str, found: dict) -> None:
    """Put the value of one clause with those found."""
    name, index = clause["name"], clause["index"]
    if clause["list"] is not None and index is not None:
        raise ValueError("Assignment of a list to a list index.")
    if name in found and (index is None or not isinstance(found[name], dict)):
        _twice(name, values)
    if clause["list"] is not None:
        texts = filter(None, re.split("[ ,]", clause["list"]))
        found[name] = [_read(name, kind, text, clause["list"], values) for text in texts]
        return
    value = _read(name, kind, clause["value"], clause["value"], values)
    if index is None:
        found[name] = value
    elif int(index) in found.setdefault(name, {}):
        _twice(f"{name}[{int(index)}]", values)
    else:
        found[name][int(index)] = value


def _read(name: str, kind: Any, text: str, shown: str, values: str) -> Any:
    try:
        if kind is not bool:
            return kind(text)
        return _BOOLEANS[text] if text in _BOOLEANS else bool(int(text))
    except ValueError:
        raise ValueError(
            f"Could not parse hparam '{name}' of type '{kind.__name__}' with value '{shown}' in {values}"
        ) from None


def _twice(name: str, values: str) -> NoReturn:
    raise ValueError(f"Multiple assignments to variable '{name}' in {values}")


def _cast(name: str, kind: type, value: Any) -> Any:
    """Return a value as one of a type, where that loses nothing: an int as a float, but not the reverse.

    Raises:
        ValueError: otherwise.
    """
    if type(value) is kind or kind is type(None):
        return value
    texts = (str, bytes)
    fits = (
        (not issubclass(kind, texts) or isinstance(value, texts))
        and issubclass(kind, bool) == isinstance(value, bool)
        and (not issubclass(kind, numbers.Integral) or isinstance(value, numbers.Integral))
        and (not issubclass(kind, numbers.Number) or isinstance(value, numbers.Number))
    )
    if not fits:
        raise ValueError(f"Could not cast hparam '{name}' of type '{kind}' from value {value!r}")
    return kind(value)


class HParams:
    """Hyperparameters: attributes with names, types and values.

    Args:
        hparam_def: must be None: a protocol buffer is not read here.
        model_structure: anything, kept for `get_model_structure`.
        **kwargs: the names and values; a list is a parameter of several values of the type of the first.

    Raises:
        ValueError: if a name is an attribute already, or a list is empty.

    Example:
        >>> hparams = tf.contrib.training.HParams(rate=0.1, layers=[64, 32], name="small")
        >>> hparams.parse("rate=0.5,layers=[16]").values()
        {'rate': 0.5, 'layers': [16], 'name': 'small'}
        >>> hparams.rate, "depth" in hparams, hparams.get("depth", 3)
        (0.5, False, 3)
    """

    def __init__(self, hparam_def: Any = None, model_structure: Any = None, **kwargs: Any):
        if hparam_def is not None:
            raise TypeError("hparam_def must be None: MiniGraph reads no HParamDef protos\nGive the values by name.")
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        for name, value in kwargs.items():
            self.add_hparam(name, value)

    def __getattr__(self, name: str) -> Any:  # what type checkers see; a name that is missing gets here
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def add_hparam(self, name: str, value: Any) -> None:
        """Add a parameter, whose type is that of the value."""
        if getattr(self, name, None) is not None:
            raise ValueError(f"Hyperparameter name is reserved: {name}")
        is_list = isinstance(value, (list, tuple))
        if is_list and not value:
            raise ValueError(f"Multi-valued hyperparameters cannot be empty: {name}")
        self._hparam_types[name] = (type(value[0] if is_list else value), is_list)
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Set a parameter; ValueError if the value is of another type.

        Raises:
            KeyError: if there is no such parameter.
        """
        kind, is_list = self._hparam_types[name]
        if isinstance(value, list) and not is_list:
            raise ValueError(f"Must not pass a list for single-valued parameter: {name}")
        if not isinstance(value, list) and is_list:
            raise ValueError(f"Must pass a list for multi-valued parameter: {name}.")
        setattr(self, name, [_cast(name, kind, each) for each in value] if is_list else _cast(name, kind, value))

    def del_hparam(self, name: str) -> None:
        """Remove a parameter, if there is one of that name."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Set parameters by a text; see `parse_values`. Returns this object."""
        return self.override_from_dict(
            parse_values(values, {name: kind for name, (kind, _) in self._hparam_types.items()})
        )

    def override_from_dict(self, values_dict: dict) -> HParams:
        """Set parameters by a dict. Returns this object."""
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: dict) -> HParams:
        """Set parameters by a dict; the older name of `override_from_dict`."""
        return self.override_from_dict(values_map)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keep anything for `get_model_structure`."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """Return what was kept."""
        return self._model_structure

    def to_json(self, indent: Any = None, separators: Any = None, sort_keys: bool = False) -> str:
        """Return the values as a text in JSON."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def parse_json(self, values_json: str) -> HParams:
        """Set parameters by a text in JSON. Returns this object."""
        return self.override_from_dict(json.loads(values_json))

    def values(self) -> dict:
        """Return the values by name."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or `default` where there is no such parameter; ValueError if `default` is of another type."""
        if key not in self._hparam_types:
            return default
        if default is not None:
            self._check_default(key, default)
        return getattr(self, key)

    def _check_default(self, key: str, default: Any) -> None:
        kind, is_list = self._hparam_types[key]
        words = (
            f"Hparam '{key}' of type '{f'list<{kind}>' if is_list else kind}' is incompatible with default={default}"
        )
        if is_list != isinstance(default, list):
            raise ValueError(words)
        try:
            for each in default if is_list else [default]:
                _cast(key, kind, each)
        except ValueError as error:
            raise ValueError(f"{words}. {error}") from None

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sorted(self.values().items())})"
