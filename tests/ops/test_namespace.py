"""The tables of `ops.namespace` say what the modules really define."""

import importlib
import inspect
import pkgutil

import pytest

import minigraph.ops
from minigraph.ops import namespace


def public_functions() -> dict:
    found = {}
    for info in pkgutil.walk_packages(minigraph.ops.__path__, "minigraph.ops."):
        module = importlib.import_module(info.name)
        names = [name for name in getattr(module, "__all__", ()) if inspect.isfunction(getattr(module, name))]
        if names and not info.name.endswith(".philox"):  # generators of numbers, whose names are those of operations
            found[info.name] = sorted(names)
    return found


def test_the_table_has_all_public_functions():
    assert namespace.FUNCTIONS == public_functions()


def test_a_name_has_one_home():
    names = [name for names in namespace.FUNCTIONS.values() for name in names]
    assert len(names) == len(set(names))


def test_a_name_is_the_function_of_its_module():
    for module, names in namespace.FUNCTIONS.items():
        for name in names:
            assert getattr(namespace, name) is getattr(importlib.import_module(module), name)
    assert set(dir(namespace)) >= {"cosh", "cast", "reduce_sum"}
    with pytest.raises(AttributeError, match="no attribute 'sinus'"):
        namespace.sinus  # noqa: B018
